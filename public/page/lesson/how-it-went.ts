// Decides whether a finished run counts as progress. Pure.
import type { FilledCell } from "../../../scripts/model/cell.ts";
import type { LessonView } from "../../../scripts/model/protocol.ts";
import { cellKey, type CellState, CLIENTS } from "../shell/state.ts";

/**
 * How the lesson went, once each of its cells was compared with what the lesson says.
 * @returns undefined if some cell is empty, or ran with switches that the lesson says nothing about
 */
export function howItWent(
  lesson: LessonView,
  cells: Record<string, CellState>,
): { isAsExpected: boolean } | undefined {
  const verdicts = lesson.attempts.flatMap(({ id }) =>
    CLIENTS.map((client): FilledCell["verdict"] | undefined => {
      const cell = cells[cellKey({ attempt: id, client })];
      return cell?.phase === "filled" ? cell.filled?.verdict : undefined;
    }),
  );
  const isJudged = verdicts.every((each) => each === "as expected" || each === "surprise");
  return isJudged ? { isAsExpected: !verdicts.includes("surprise") } : undefined;
}
