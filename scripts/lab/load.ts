// How much a lab does at once, and the word for it when a machine cannot keep up: load is never shown as what a lesson is about.
import { availableParallelism } from "node:os";
import type { Answered, Outcome } from "../model/outcome.ts";
import { createGate } from "../model/gate.ts";

/** What came of an attempt says nothing: the machine has too much to do. */
export class OverloadedError extends Error {
  readonly code = "OVERLOADED";
  constructor(message = "This machine is too busy to tell: run it again.") {
    super(message);
  }
}

/** As many as one page begins at once: more on two cores takes from each the time that it has. */
const AT_ONCE = Math.max(6, 3 * availableParallelism());
/** Thirty pages that run a lesson at once have 180 in hand. */
const MOST_IN_HAND = 500;
const LONGEST_WAIT_MS = 60_000;
/** A quiet machine is never so late; and an attempt has so many steps that each of them must be, before its time is over. */
const LATE_MS = 200;

export interface Load {
  /**
   * Takes work in hand.
   * @param work is given what does its main part once there is room for that
   * @throws OverloadedError (code OVERLOADED) if too much is in hand already, or the room comes too late
   */
  take<Result>(work: (whenRoom: WhenRoom) => Promise<Result>): Promise<Result>;
}

type WhenRoom = <Result>(part: () => Promise<Result>) => Promise<Result>;

export function createLoad(longestWaitMs = LONGEST_WAIT_MS): Load {
  const gate = createGate(AT_ONCE);
  let inHand = 0;
  return {
    async take(work) {
      if (inHand >= MOST_IN_HAND) throw new OverloadedError();
      inHand += 1;
      const tooLateAt = performance.now() + longestWaitMs;
      const whenRoom: WhenRoom = (part) =>
        gate.run(() => {
          if (performance.now() > tooLateAt) throw new OverloadedError();
          return part();
        });
      try {
        return await work(whenRoom);
      } finally {
        inHand -= 1;
      }
    },
  };
}

/**
 * Whether to believe what came of an attempt.
 * @param isWhole whether the trace was over in time
 * @param lateMs how late this process itself was meanwhile
 * @throws OverloadedError (code OVERLOADED) if something is missing, and may only have been late
 */
export function refuseIfLate(outcome: Outcome | Answered, isWhole: boolean, lateMs: number): void {
  const cutShort = "cutShort" in outcome ? outcome.cutShort : undefined;
  const isMissing = cutShort !== undefined || !isWhole;
  if (isMissing && Math.max(lateMs, cutShort?.lateMs ?? 0) > LATE_MS) throw new OverloadedError();
}

/** Waits for the client. @throws OverloadedError (code OVERLOADED) if it does not say in time what it saw */
export async function beforeDeadline<Result>(
  work: Promise<Result>,
  limitMs: number,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const seconds = Math.round(limitMs / 1_000);
    const sentence = `The client did not say within ${seconds} s what it saw: run it again.`;
    timer = setTimeout(() => reject(new OverloadedError(sentence)), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
