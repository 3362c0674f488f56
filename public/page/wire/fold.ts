// How runs of routine steps fold in two attempts that stand beside each other. Pure.
import type { Step } from "../../../scripts/model/trace.ts";
import { type OpenFolds, runsOf, type Slot, slotOf } from "../../../scripts/model/words/fold.ts";
import { routinesOf } from "../../../scripts/model/words/routine.ts";
import { type AlignedRow, commonRoutine } from "./align.ts";

/** The rows of two attempts that were aligned; a row can be folded if all that stands in it can. */
export function foldRows(
  rows: readonly AlignedRow[],
  steps: { left: readonly Step[]; right: readonly Step[] },
  open: OpenFolds,
): { left: Slot; right: Slot; rows: AlignedRow[] }[] {
  const routines = { left: routinesOf(steps.left), right: routinesOf(steps.right) };
  const items = rows.map((row) => ({ row, routine: commonRoutine(row, routines) }));
  return runsOf(items, open).map(({ run, fold }) => {
    const side = (name: "left" | "right"): Slot =>
      slotOf(
        run.flatMap(({ row }) => row[name] ?? []),
        fold,
      );
    return { left: side("left"), right: side("right"), rows: run.map(({ row }) => row) };
  });
}
