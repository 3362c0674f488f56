// Reads what a server says in its log about the credentials it checked, and finds the place for it in a trace.
import { maskText } from "./masking.ts";
import type { Step } from "../../model/trace.ts";

export interface CheckLine {
  /** The port that the request came from, which is a port of the wire. */
  port: number;
  /** `GET polling handshake`, `CONNECT packet`, `GET /self`. */
  what: string;
}

export interface RefusalLine {
  port: number;
  /** Why what was checked last from that port is refused. */
  reason: string;
}

const LONGEST_WHAT = 100;
const LONGEST_REASON = 200;

/** What a line tells about a check, or about why one refused; undefined for any other line. */
export function readCheckLine(line: string): CheckLine | RefusalLine | undefined {
  const { port, checked, refused, reason } = readEntry(line);
  if (typeof port !== "number") return undefined;
  const isWhat = typeof checked === "string" && checked !== "" && checked.length <= LONGEST_WHAT;
  if (isWhat) return { port, what: checked };
  if (typeof refused !== "string" || typeof reason !== "string") return undefined;
  // Masked before it is cut, so that nothing depends on where.
  return { port, reason: maskText(reason).slice(0, LONGEST_REASON) };
}

/** The members of a line that is a JSON object; none for any other line. */
function readEntry(line: string): Record<string, unknown> {
  if (!line.startsWith("{")) return {};
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    // A line of another kind that begins the same.
    return {};
  }
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

/** @param what `GET polling handshake`, `GET websocket request` where every request is checked, or `GET /self` */
function isRequestOf(what: string): (step: Step) => boolean {
  const [method, transport = "", kind] = what.split(" ");
  return (step) =>
    step.kind === "request" &&
    step.method === method &&
    (transport.startsWith("/")
      ? step.target.replace(/\?.*$/s, "") === transport
      : kind === "handshake"
        ? // Engine.IO opens a session for each request whose sid is missing or empty.
          !/[?&]sid=[^&]/.test(step.target)
        : new RegExp(`[?&]transport=${transport}(&|$)`).test(step.target));
}
