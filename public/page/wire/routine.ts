// Which steps are routine, and how runs of them fold into one row. Pure.
import type { Step } from "../../../scripts/model/trace.ts";
import type { AlignedRow } from "./align.ts";

/** What one row stands for: a step, or a run of routine ones; none, where only the attempt beside it has one. */
export interface Slot {
  steps: number[];
  /** True if the row stands for steps that are not shown by themselves. */
  isFolded: boolean;
}

/** Heartbeats, polls that end with nothing, and connections that close in good order: every attempt has some, and they decide nothing. */
export function isRoutine(step: Step): boolean {
  switch (step.kind) {
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

/** Each step in a row of its own; runs of routine steps in one row, unless they shall be shown. */
export function foldSteps(steps: readonly Step[], showsRoutine: boolean): Slot[] {
  const rows = steps.map((step, index) => ({ at: [index], isRoutine: isRoutine(step) }));
  return runsOf(rows, showsRoutine).map(({ at, isFolded }) => ({ steps: at.flat(), isFolded }));
}

/** The same for two attempts that were aligned: a row is routine if all that stands in it is. */
export function foldRows(
  rows: readonly AlignedRow[],
  { left, right }: { left: readonly Step[]; right: readonly Step[] },
  showsRoutine: boolean,
): { left: Slot; right: Slot; relation: AlignedRow["relation"] }[] {
  const marked = rows.map((row) => ({
    at: [row],
    isRoutine: [left[row.left ?? -1], right[row.right ?? -1]].every(
      (step) => step === undefined || isRoutine(step),
    ),
  }));
  return runsOf(marked, showsRoutine).map(({ at, isFolded }) => ({
    left: { steps: at.flatMap((row) => row.left ?? []), isFolded },
    right: { steps: at.flatMap((row) => row.right ?? []), isFolded },
    relation: at.length === 1 ? at[0]!.relation : "elsewhere",
  }));
}

interface Run<Item> {
  at: Item[];
  isFolded: boolean;
}

function runsOf<Item>(
  items: readonly { at: Item[]; isRoutine: boolean }[],
  showsRoutine: boolean,
): Run<Item>[] {
  const runs: { at: Item[]; isRoutine: boolean }[] = [];
  for (const item of items) {
    const last = runs.at(-1);
    if (!showsRoutine && item.isRoutine && last?.isRoutine) last.at.push(...item.at);
    else runs.push({ ...item, at: [...item.at] });
  }
  return runs.map(({ at }) => ({ at, isFolded: at.length > 1 }));
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
