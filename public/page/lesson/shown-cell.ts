// Which cell's trace is on the screen, and what the lesson says of it. Pure.
import type { FilledCell } from "../../../scripts/model/cell.ts";
import type { CellId } from "../../../scripts/model/address.ts";
import { type Row, rowsOf } from "./rows.ts";
import { OWN } from "../../../scripts/model/own-attempt.ts";
import { cellKey, isRevealed, type LessonState } from "./lesson-state.ts";

export interface ShownCell {
  id: CellId;
  row: Row;
  filled: FilledCell;
}

/** The cell that was opened; else the one that the lesson shows first. Undefined while it has no outcome. */
export function shownCell(state: LessonState): ShownCell | undefined {
  const id = state.address.cell ?? firstCell(state);
  const row = rowsOf(state).find(({ attempt }) => attempt.id === id?.attempt);
  if (id === undefined || row === undefined || (!isRevealed(state) && row.attempt.id !== OWN))
    return undefined;
  const { filled } = state.cells[cellKey(id)] ?? {};
  return filled === undefined ? undefined : { id, row, filled };
}

function firstCell(state: LessonState): CellId | undefined {
  if (state.isFirstCellClosed) return undefined;
  return state.lesson?.show ?? { attempt: OWN, client: "browser" };
}

export function isShown(state: LessonState, { attempt, client }: CellId): boolean {
  const id = shownCell(state)?.id;
  return id?.attempt === attempt && id.client === client;
}

/** Why it came so, in the lesson's words; undefined where the lesson says nothing or something else came. */
export function reasonFor({ row, id, filled }: ShownCell): string | undefined {
  return filled.verdict === "as expected" ? row.attempt.why?.[id.client] : undefined;
}
