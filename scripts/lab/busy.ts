// How much a lab does at once, and the word for it when a machine cannot keep up: load is never shown as the outcome of a lesson.
import { availableParallelism } from "node:os";
import type { Outcome } from "../model/acts.ts";
import { createGate } from "../model/gate.ts";

/** The work was not done, or its outcome means nothing, since the machine is too busy. */
export class OverloadedError extends Error {
  readonly code = "OVERLOADED";
  constructor(message = "This machine is too busy to tell: run it again.") {
    super(message);
  }
}

/** As many as one page begins at once: more on two cores takes from each the time that it has. */
const AT_ONCE = Math.max(6, 3 * availableParallelism());
const LONGEST_WAIT_MS = 60_000;
/** A quiet machine is never so late; and an attempt has so many steps that each of them must be, before its time is over. */
const LATE_MS = 200;

/** Does a part of some work once there is room for it. */
type WhenRoom = <Result>(part: () => Promise<Result>) => Promise<Result>;

/**
 * Lets a few attempts be under way at a time.
 * @returns begins to wait; what it gives throws OverloadedError (code OVERLOADED) if the room comes too late
 */
export function createLoad(longestWaitMs = LONGEST_WAIT_MS): () => WhenRoom {
  const gate = createGate(AT_ONCE);
  return () => {
    const tooLateAt = performance.now() + longestWaitMs;
    return (part) =>
      gate.run(() => {
        if (performance.now() > tooLateAt) throw new OverloadedError();
        return part();
      });
  };
}

/**
 * Whether something that is missing in an attempt may only have been late.
 * @param outcome as the client reports it
 * @param isWhole whether the trace was over in time
 * @param lateMs how late this process itself was meanwhile
 */
export function isDoubtful(outcome: Outcome, isWhole: boolean, lateMs: number): boolean {
  const gaveUp = outcome.flatMap((act) => act.lateMs ?? []);
  const isMissing = gaveUp.length > 0 || !isWhole;
  return isMissing && Math.max(lateMs, ...gaveUp) > LATE_MS;
}

/** What a client experienced, without what it says of itself. */
export function withoutLateness(outcome: Outcome): Outcome {
  return outcome.map((act) => {
    const { lateMs: _, ...rest } = act;
    return rest;
  });
}
