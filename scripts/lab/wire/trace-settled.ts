// Decides from a trace whether an attempt is over on the wire, a little later than the client knows its outcome.
import { setImmediate } from "node:timers/promises";
import type { WireAttempt } from "./attempts.ts";
import { answerTo, type Step } from "../../model/trace.ts";

/** How far an attempt must be over: "idle" leaves connections that a browser keeps for later, "closed" does not. */
export type Settled = "idle" | "closed";

/**
 * Waits until the attempt is over on the wire, or the time is.
 * @returns whether it is over
 */
export async function waitUntilSettled(
  { trace, onChange }: Pick<WireAttempt, "trace" | "onChange">,
  settled: Settled,
  timeoutMs: number,
): Promise<boolean> {
  const isOver = (): boolean => isSettled(trace().steps, settled);
  if (!isOver()) {
    let stop: (() => void) | undefined;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      const unlisten = onChange(() => isOver() && resolve());
      stop = () => {
        clearTimeout(timer);
        unlisten();
      };
    });
    stop?.();
  }
  // What a server has printed about the attempt comes through another pipe, and is read in this turn or the next.
  await setImmediate();
  await setImmediate();
  return isOver();
}

/** Whether nothing more will come. */
export function isSettled(steps: readonly Step[], settled: Settled): boolean {
  const numbers = [...new Set(steps.map(({ connection }) => connection))];
  const connections = numbers.map((number) =>
    steps.filter(({ connection }) => connection === number),
  );
  const isOver = (each: Step[]): boolean => isClosed(each) || (settled === "idle" && isIdle(each));
  // Each request may have a connection of its own: between two of them all are closed, and the session goes on.
  return connections.every(isOver) && areSessionsOver(connections);
}

function isClosed(steps: Step[]): boolean {
  return steps.some(({ kind }) => kind === "closed");
}

function isWebSocket(steps: Step[]): boolean {
  return steps.some((step) => step.kind === "response" && step.status === 101);
}

function isIdle(steps: Step[]): boolean {
  const isAnswered = (step: Step): boolean => step.kind !== "request" || !!answerTo(steps, step);
  return steps.every(isAnswered) && !isWebSocket(steps);
}

/** A session ends with a close packet, or with the connection of its websocket. */
function areSessionsOver(connections: Step[][]): boolean {
  const packets = connections.flat().flatMap((step) => ("packets" in step ? step.packets : []));
  const opened = packets.filter(({ engine }) => engine === "open").length;
  const closed = packets.filter(({ engine }) => engine === "close").length;
  const ended = connections.filter((each) => isWebSocket(each) && isClosed(each)).length;
  return closed + ended >= opened;
}
