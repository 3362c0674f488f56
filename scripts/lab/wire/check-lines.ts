// Reads what a server says in its log about the credentials it checked, and finds the place for it in a trace.
import type { Step } from "./trace.ts";

export interface CheckLine {
  /** The port that the request came from, which is a port of the wire. */
  port: number;
  /** `GET polling handshake`, `CONNECT packet`. */
  what: string;
}

/** The check that a line tells about; undefined for any other line. */
export function readCheckLine(line: string): CheckLine | undefined {
  const [, port, what] = /^checked port (\d{1,5}): (.{1,100})$/.exec(line) ?? [];
  return what === undefined ? undefined : { port: Number(port), what };
}

/**
 * The index of the step that a check was about: the first that it can be and that has none yet, as the line comes through a
 * pipe of its own and may be late. -1 if there is no such step.
 * @param steps undefined stands for what cannot be read yet
 */
export function findChecked(
  steps: readonly (Step | undefined)[],
  { connection, what }: { connection: number; what: string },
): number {
  const isAbout = what === "CONNECT packet" ? hasConnectPacket : isRequestOf(what);
  return steps.findIndex((step, position) => {
    // The CONNECT packet of polling may come over another connection than the one that opened the session.
    const mayBe = step?.connection === connection || what === "CONNECT packet";
    return mayBe && step !== undefined && isAbout(step) && steps[position + 1]?.kind !== "check";
  });
}

function hasConnectPacket(step: Step): boolean {
  if (step.kind !== "request" && step.kind !== "frame") return false;
  return step.from === "client" && step.packets.some(({ socket }) => socket === "CONNECT");
}

/** @param what `GET polling handshake`, or `GET websocket request` where every request is checked */
function isRequestOf(what: string): (step: Step) => boolean {
  const [method, transport, kind] = what.split(" ");
  return (step) =>
    step.kind === "request" &&
    step.method === method &&
    (kind === "handshake"
      ? // Engine.IO opens a session for each request whose sid is missing or empty.
        !/[?&]sid=[^&]/.test(step.target)
      : new RegExp(`[?&]transport=${transport}(&|$)`).test(step.target));
}
