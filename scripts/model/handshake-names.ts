// Says in a trace which of several connections of an attempt each handshake is for. Pure.
import { readPurpose } from "./words/purpose.ts";
import type { Trace } from "./trace.ts";
import { receiverName } from "./connection-words.ts";

/**
 * The connections of an attempt are opened one after the other, so that the first handshake is that of the first one.
 * @param count of the connections; where there is one handshake more or less, nothing can be said
 */
export function nameHandshakes(trace: Trace, count: number): Trace {
  const handshakes = trace.steps.filter(
    (step) => step.kind === "request" && readPurpose(step).purpose === "handshake",
  );
  if (count === 1 || handshakes.length !== count) return trace;
  const steps = trace.steps.map((step) => {
    const at = handshakes.indexOf(step);
    return at === -1 ? step : { ...step, opens: receiverName(at, count) };
  });
  return { ...trace, steps };
}
