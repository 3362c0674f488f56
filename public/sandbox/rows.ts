// The rows of the matrix: which there are, and what each is called. Pure.
import type { LessonAttempt } from "../../scripts/lab/lesson/lesson.ts";
import { openLesson, OWN, type State } from "./state.ts";

/** One row: an attempt of the lesson, or the own one. */
export interface Row {
  id: string;
  title: string;
  attempt: LessonAttempt | undefined;
}

/** The rows of the open page, top to bottom. */
export function rowsOf(state: State): Row[] {
  const attempts = openLesson(state)?.attempts ?? [];
  return [
    ...attempts.map((attempt) => ({ id: attempt.id, title: attempt.title, attempt })),
    { id: OWN, title: "Your own attempt", attempt: undefined },
  ];
}
