// What stands for an attempt of several acts. Pure.
import type { ActOutcome, Kind, Outcome } from "./acts.ts";

/** The last act that was done: it says how the attempt ended. */
export function decisive(outcome: Outcome): ActOutcome {
  return outcome.findLast(({ result }) => result !== "skipped") ?? outcome[0]!;
}

/** As much of an act as says whose it is. */
interface ActName {
  do: Kind;
  as?: string;
}

/** The outcomes of acts that nobody did. */
export function skipAll(acts: readonly ActName[], because: string): ActOutcome[] {
  return acts.map((act) => ({ ...nameOf(act), result: "skipped", because, durationMs: 0 }));
}

/** The outcome of an attempt whose server did not start. @param crash what the server printed, and a sentence about its end */
export function notStarted(
  { sentence, printed }: { sentence: string; printed: readonly string[] },
  [act, ...others]: readonly ActName[],
): Outcome {
  const crash = { sentence, printed: [...printed], durationMs: 0 };
  const rest = skipAll(others, "the server did not start");
  return [{ ...nameOf(act!), result: "not started", ...crash }, ...rest];
}

/** The part of an outcome that says which act it belongs to. */
export function nameOf({ do: kind, as }: ActName): ActName {
  return { do: kind, ...(as === undefined ? {} : { as }) };
}

/** Whether there is one outcome for each act. */
export function isOutcomeOf(outcome: Outcome, acts: readonly ActName[]): boolean {
  return (
    outcome.length === acts.length &&
    outcome.every(({ do: kind, as }, at) => acts[at]!.do === kind && acts[at]!.as === as)
  );
}
