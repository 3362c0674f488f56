// Which steps every attempt has, and how runs of them fold into one row. Pure.
import type { Step } from "../../../scripts/model/trace.ts";
import type { AlignedRow } from "./align.ts";

/** What one row stands for: a step, or a run that is folded; none, where only the attempt beside it has one. */
export interface Slot {
  /** By their indexes in the trace. */
  steps: number[];
  /** True if the row stands for steps without rows of their own. */
  isFolded: boolean;
}

/** Heartbeats, polls that end with nothing, and connections that close cleanly: every attempt has some, and they decide nothing. */
function isFoldable(step: Step | undefined): boolean {
  switch (step?.kind) {
    case undefined:
      return true;
    case "closed":
      return !step.isCut;
    case "frame":
      return /^(?:ping|pong)$/.test(step.opcode) || isHeartbeat(step);
    case "request":
      return isHeartbeat(step);
    case "response":
      return step.status === 200 && isHeartbeat(step);
    case "check":
      return false;
  }
}

/** A ping or pong with a text (`probe`) belongs to an upgrade, and is none. */
function isHeartbeat({ packets }: Extract<Step, { packets: unknown }>): boolean {
  return (
    packets.length > 0 &&
    packets.every(({ engine, text }) => /^(?:ping|pong|noop)$/.test(engine) && text === undefined)
  );
}

/** Each step in a row of its own; runs that can be folded in one row, unless all shall be shown. */
export function foldSteps(steps: readonly Step[], showsAll: boolean): Slot[] {
  const indexes = steps.map((_, index) => index);
  return runsOf(indexes, (index) => !showsAll && isFoldable(steps[index])).map((run) => ({
    steps: run,
    isFolded: run.length > 1,
  }));
}

/** The same for two attempts that were aligned: a row can be folded if all that stands in it can. */
export function foldRows(
  rows: readonly AlignedRow[],
  { left, right }: { left: readonly Step[]; right: readonly Step[] },
  showsAll: boolean,
): { left: Slot; right: Slot; relation: AlignedRow["relation"] }[] {
  const canFold = (row: AlignedRow): boolean =>
    !showsAll && isFoldable(left[row.left ?? -1]) && isFoldable(right[row.right ?? -1]);
  return runsOf(rows, canFold).map((run) => {
    const isFolded = run.length > 1;
    return {
      left: { steps: run.flatMap((row) => row.left ?? []), isFolded },
      right: { steps: run.flatMap((row) => row.right ?? []), isFolded },
      relation: isFolded ? "elsewhere" : run[0]!.relation,
    };
  });
}

/** What can be folded stands together with what it follows on, if that can be as well. */
function runsOf<Item>(items: readonly Item[], canFold: (item: Item) => boolean): Item[][] {
  const runs: Item[][] = [];
  for (const item of items) {
    const last = runs.at(-1);
    if (last !== undefined && canFold(item) && canFold(last[0]!)) last.push(item);
    else runs.push([item]);
  }
  return runs;
}

/** `2 connections closed, 1 heartbeat`; shorter where there is little room. */
export function foldWords(
  steps: readonly Step[],
  run: readonly number[],
  isShort: boolean,
): string {
  const closed = run.filter((index) => steps[index]?.kind === "closed").length;
  const beats = run.length - closed;
  const closedWords = isShort ? `${closed} closed` : `${counted(closed, "connection")} closed`;
  return [
    ...(closed > 0 ? [closedWords] : []),
    ...(beats > 0 ? [counted(beats, "heartbeat")] : []),
  ].join(", ");
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
