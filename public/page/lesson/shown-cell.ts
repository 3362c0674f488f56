// Which cell's trace is on the screen, and what the lesson says of it. Pure.
import type { FilledCell } from "../../../scripts/model/cell.ts";
import type { CellId } from "../../../scripts/model/address.ts";
import { type Row, rowsOf } from "./rows.ts";
import { OWN } from "../../../scripts/model/own-attempt.ts";
import { cellKey, isRevealed, type LessonState } from "./lesson-state.ts";
import { scoreOf } from "./prediction.ts";

export interface ShownCell {
  id: CellId;
  row: Row;
  filled: FilledCell;
}

/** The cell that was opened, by the person or after the first run. Undefined while it has no outcome. */
export function shownCell(state: LessonState): ShownCell | undefined {
  const id = state.address.cell ?? state.first;
  const row = rowsOf(state).find(({ attempt }) => attempt.id === id?.attempt);
  if (id === undefined || row === undefined || !isRevealed(state)) return undefined;
  const { filled } = state.cells[cellKey(id)] ?? {};
  return filled === undefined ? undefined : { id, row, filled };
}

/** What is opened after the first run: the first row that came otherwise than predicted, or the one that the lesson is about. */
export function cellToOpen(state: LessonState): CellId {
  const [attempt] = scoreOf(state)?.missed ?? [];
  if (attempt !== undefined) return { attempt, client: "browser" };
  return state.lesson?.show ?? { attempt: OWN, client: "browser" };
}

/** The row that was missed after the shown one, where that was missed too. */
export function nextMissed(state: LessonState): CellId | undefined {
  const missed = scoreOf(state)?.missed ?? [];
  const at = missed.indexOf(shownCell(state)?.row.attempt.id ?? "");
  const attempt = at < 0 ? undefined : missed[at + 1];
  return attempt === undefined ? undefined : { attempt, client: "browser" };
}

export function isShown(state: LessonState, { attempt, client }: CellId): boolean {
  const id = shownCell(state)?.id;
  return id?.attempt === attempt && id.client === client;
}

/** Why it came so, in the lesson's words; undefined where the lesson says nothing or something else came. */
export function reasonFor({ row, id, filled }: ShownCell): string | undefined {
  return filled.verdict === "as expected" ? row.attempt.why?.[id.client] : undefined;
}
