// How runs of routine steps fold into one row: in the page's diagram and in the terminal's. Pure.
import type { Step } from "../trace.ts";
import { type Routine, routinesOf } from "./routine.ts";

/** A run of rows that can be folded into one: where it begins, counted in rows that nothing is folded in. */
export interface Fold {
  at: number;
  isOpen: boolean;
  /** The steps that it stands for, by their indexes in the trace. */
  steps: number[];
}

/** What one row stands for: a step, or a run that can be folded; none, where only the attempt beside it has one. */
export interface Slot {
  /** By their indexes in the trace; none for the head of a fold that is open, as its steps have rows of their own. */
  steps: number[];
  fold: Fold | undefined;
}

/** Which folds are open, by where they begin. */
export type OpenFolds = "all" | ReadonlySet<number>;

export const NO_FOLD_OPEN: OpenFolds = new Set();

/** Each step in a row of its own, and runs of routine in one. @param isLive only what is idle is folded */
export function foldSteps(steps: readonly Step[], open: OpenFolds, isLive = false): Slot[] {
  const routines = routinesOf(steps).map((each) => (isLive && each !== "idle" ? undefined : each));
  const rows = steps.map((_, step) => ({ step, routine: routines[step] }));
  return runsOf(rows, open).map(({ run, fold }) =>
    slotOf(
      run.map(({ step }) => step),
      fold,
    ),
  );
}

export function slotOf(steps: number[], fold: Omit<Fold, "steps"> | undefined): Slot {
  if (fold === undefined) return { steps, fold };
  return { steps: fold.isOpen ? [] : steps, fold: { ...fold, steps } };
}

interface Run<Item> {
  run: Item[];
  fold: Omit<Fold, "steps"> | undefined;
}

/** Rows of one routine stand together; where their fold is open, its head is followed by each of them. */
export function runsOf<Item extends { routine: Routine | undefined }>(
  items: readonly Item[],
  open: OpenFolds,
): Run<Item>[] {
  if (open === "all") return items.map((item) => ({ run: [item], fold: undefined }));
  const runs: { at: number; run: Item[]; routine: Routine | undefined }[] = [];
  items.forEach((item, at) => {
    const { routine } = item;
    const last = runs.at(-1);
    const isMore =
      routine !== undefined &&
      last?.routine !== undefined &&
      (routine === "idle" || last.routine === "idle" || routine === last.routine);
    if (!isMore) return void runs.push({ at, run: [item], routine });
    last.run.push(item);
    if (last.routine === "idle") last.routine = routine;
  });
  return runs.flatMap(({ at, run }) => {
    if (run.length === 1) return { run, fold: undefined };
    const fold = { at, isOpen: open.has(at) };
    const each = run.map((item) => ({ run: [item], fold: undefined }));
    return [{ run, fold }, ...(fold.isOpen ? each : [])];
  });
}
