// The rows of the matrix: which there are, and what each is called. Pure.
import type { LessonAttempt } from "../../../scripts/model/lesson.ts";
import { type LessonState, OWN } from "./lesson-state.ts";

/** One row: an attempt of the lesson, or the own one. */
export interface Row {
  id: string;
  /** What the rows from here on try, where that has a heading. */
  heading: string | undefined;
  /** What stands in the row. */
  label: string;
  /** Where it stands alone. */
  title: string;
  attempt: LessonAttempt | undefined;
}

/** The rows of the open page, top to bottom. */
export function rowsOf({ lesson }: LessonState): Row[] {
  const attempts = lesson?.attempts ?? [];
  const own = { id: OWN, label: "Your own attempt", title: "Your own attempt" };
  return [
    ...attempts.map((attempt, at) => {
      const { id, label, title, group } = attempt;
      const heading = group === attempts[at - 1]?.group ? undefined : group;
      return { id, label, title, heading, attempt };
    }),
    { ...own, heading: undefined, attempt: undefined },
  ];
}
