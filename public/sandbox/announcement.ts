// What is said to a screen reader when a run is over. Pure.
import type { CellId } from "../../scripts/lab/sandbox/address.ts";
import { outcomeWords } from "./outcome-words.ts";
import { predictionScore } from "./prediction-score.ts";
import { cellKey, OWN, type State } from "./state.ts";

/** The outcomes of the own attempt one by one; those of a lesson in numbers. */
export function runWords(state: State, cells: CellId[]): string {
  const isOwn = cells.every(({ attempt }) => attempt === OWN);
  return isOwn ? ownWords(state, cells) : lessonWords(state, cells);
}

function ownWords({ cells, columns }: State, ran: CellId[]): string {
  const said = ran.map((cell) => {
    const { filled, error } = cells[cellKey(cell)] ?? {};
    if (filled === undefined) return `${columns[cell.client]}: ${error ?? "lost"}`;
    const { word, detail } = outcomeWords(filled.outcome);
    return `${columns[cell.client]} ${word}: ${detail}`;
  });
  return `Your own attempt. ${said.join(". ")}.`;
}

function lessonWords(state: State, ran: CellId[]): string {
  const states = ran.flatMap((cell) => state.cells[cellKey(cell)] ?? []);
  const surprises = states.filter(({ filled }) => filled?.verdict === "surprise").length;
  const failed = states.filter(({ phase }) => phase !== "filled").length;
  return [
    `${states.length} cells ran.`,
    surprises === 0 ? "None differs from the lesson." : `${surprises} differ from the lesson.`,
    ...(failed === 0 ? [] : [`${failed} could not be run.`]),
    predictionScore(state) ?? "",
  ]
    .join(" ")
    .trim();
}
