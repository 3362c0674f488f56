// What a screen reader says when a run is over, or a trace opens. Pure.
import { outcomeWords } from "../../../scripts/model/words/acts.ts";
import type { CellId } from "../../../scripts/model/address.ts";
import { OWN } from "../../../scripts/model/own-attempt.ts";
import { scoreWords } from "../../../scripts/model/prediction.ts";
import { scoreOf } from "./prediction.ts";
import { resultWords } from "./result-words.ts";
import { shownCell } from "./shown-cell.ts";
import { cellKey, type LessonState } from "./lesson-state.ts";

/** Whose trace is on the screen now, and how one gets to it. */
export function traceWords(state: LessonState): string | undefined {
  const shown = shownCell(state);
  if (shown === undefined) return undefined;
  const { row, id, filled } = shown;
  const { word, detail } = outcomeWords(filled.outcome, row.attempt);
  return `Trace of ${row.attempt.title}, ${state.columns[id.client]} ${word}: ${detail.replace(/\.$/, "")}. Press d to go to it.`;
}

/** The outcomes of the own attempt one by one; those of a lesson in numbers. */
export function runWords(state: LessonState, cells: CellId[]): string {
  const isOwn = cells.every(({ attempt }) => attempt === OWN);
  return isOwn ? ownWords(state, cells) : lessonWords(state, cells);
}

function ownWords({ cells, columns }: LessonState, ran: CellId[]): string {
  const said = ran.map((cell) => {
    const { filled, error } = cells[cellKey(cell)] ?? {};
    if (filled === undefined) return `${columns[cell.client]}: ${error ?? "lost"}`;
    const { word, detail } = outcomeWords(filled.outcome);
    return `${columns[cell.client]} ${word}: ${detail}`;
  });
  return `Your own attempt. ${said.join(". ")}.`;
}

function lessonWords(state: LessonState, ran: CellId[]): string {
  const score = scoreOf(state);
  return [
    `${ran.length} cells ran.`,
    resultWords(state),
    ...(score ? [scoreWords(score)] : []),
  ].join(" ");
}
