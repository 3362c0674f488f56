// Decides what a change of the page asks to be run, and whether a finished run counts as progress. Pure.
import type { FilledCell, LessonView, PageSwitches } from "../../../scripts/model/protocol.ts";
import { textOf } from "../../../scripts/model/choices.ts";
import { cellKey, type CellState, CLIENTS } from "../shell/state.ts";

/** The server's switches concern every row, the others only the own attempt. */
export function whatToRun(before: PageSwitches, after: PageSwitches): "all" | "own" | "nothing" {
  const isServerChanged = (["variant", "auth", "serverTransports"] as const).some(
    (name) => textOf(before[name]) !== textOf(after[name]),
  );
  if (isServerChanged) return "all";
  return JSON.stringify(before) === JSON.stringify(after) ? "nothing" : "own";
}

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
