// The rows of the matrix: which there are, and what each is called. Pure.
import type { Attempt } from "../../../scripts/model/attempt.ts";
import { ownAttempt } from "../../../scripts/model/own-attempt.ts";
import { currentSwitches, hasOwnAttempt } from "../shell/state.ts";
import type { LessonState } from "./lesson-state.ts";

/** One row: an attempt of the lesson, or the own one. */
export interface Row {
  attempt: Attempt;
  /** What the rows from here on try, where that has a heading. */
  heading: string | undefined;
}

/** The rows of the open page, top to bottom. */
export function rowsOf(state: LessonState): Row[] {
  const own = hasOwnAttempt(state) ? [ownAttempt(currentSwitches(state))] : [];
  const attempts: Attempt[] = [...(state.lesson?.attempts ?? []), ...own];
  return attempts.map((attempt, at) => ({
    attempt,
    heading: attempt.group === attempts[at - 1]?.group ? undefined : attempt.group,
  }));
}
