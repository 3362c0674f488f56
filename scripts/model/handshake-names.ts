// Says in a trace which of several connections of an attempt each handshake is for. Pure.
import type { Act } from "./acts.ts";
import { readPurpose } from "./words/purpose.ts";
import type { Trace } from "./trace.ts";

/**
 * The connections of an attempt are opened one after the other, so that the first handshake is that of the first one; where
 * there is one more or less than the acts open, nothing can be said.
 */
export function nameHandshakes(trace: Trace, acts: readonly Act[]): Trace {
  const names = acts.flatMap((act) => {
    const opens = act.do === "connect" || act.do === "renew";
    return opens || (act.do === "wait" && act.for === "connect") ? [act.as] : [];
  });
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
