// Says in a trace which of several connections of an attempt each handshake is for. Pure.
import { readPurpose } from "./words/purpose.ts";
import type { Trace } from "./trace.ts";

/**
 * The connections of an attempt are opened one after the other, so that the first handshake is that of the first one.
 * @param names of the connections; where there is one handshake more or less, nothing can be said
 */
export function nameHandshakes(trace: Trace, names: readonly string[]): Trace {
  const handshakes = trace.steps.filter(
    (step) => step.kind === "request" && readPurpose(step).purpose === "handshake",
  );
  if (new Set(names).size < 2 || handshakes.length !== names.length) return trace;
  const steps = trace.steps.map((step) => {
    const at = handshakes.indexOf(step);
    return at === -1 ? step : { ...step, opens: names[at]! };
  });
  return { ...trace, steps };
}
