// What becomes of the attempt that an address names, once the lesson is loaded.
import type { LessonStore } from "./lesson-state.ts";
import { rowsOf } from "./rows.ts";
import { storePredictions } from "./answers.ts";

/** A link may have a slip in it, or name a row that another version of the lesson has. */
export function leaveOutUnknownCell({ shell: { store }, state }: LessonStore): void {
  const { cell } = state.address;
  const hasRows = state.number === undefined || state.lesson !== undefined;
  if (
    cell === undefined ||
    !hasRows ||
    rowsOf(state).some(({ attempt }) => attempt.id === cell.attempt)
  )
    return;
  const sentence = `There is no attempt "${cell.attempt.slice(0, 40)}" here; that part of the address was ignored.`;
  const notice = state.notice === undefined ? sentence : `${state.notice} ${sentence}`;
  store.update({ address: { ...state.address, cell: undefined }, notice });
}

/** A link to an attempt is sent to be seen; and what was seen cannot be predicted any more. */
export function revealLinkedCell({ state, update }: LessonStore): void {
  const { address, lesson, number } = state;
  // Until the lesson is loaded, nobody knows whether it has such an attempt.
  if (address.cell === undefined || (number !== undefined && lesson === undefined)) return;
  update({ panel: "rows" });
  if (lesson === undefined || state.predictions.isRevealed) return;
  const predictions = { ...state.predictions, isRevealed: true };
  storePredictions(lesson.number, predictions);
  update({ predictions });
}
