// What a lesson knows besides what the shell knows. The free sandbox is a lesson without a number, and has only the own attempt.
import type { CellId } from "../../../scripts/model/address.ts";
import type { FilledCell } from "../../../scripts/model/cell.ts";
import type { LessonView } from "../../../scripts/model/protocol.ts";
import type { Shell } from "../shell/shell.ts";
import type { State } from "../shell/state.ts";
import { NOTHING_SAID, type Predictions } from "./answers.ts";
import type { resultsView } from "./results.ts";

/** What the page knows of one cell. What was there stays until something new comes. */
export interface CellState {
  /** `lost`: the server went away meanwhile; it runs again when the server is back. */
  phase: "waiting" | "running" | "filled" | "failed" | "lost";
  filled: FilledCell | undefined;
  /** Why it failed, in a sentence. */
  error: string | undefined;
}

/** What stands in the left column: the words, the code, or the rows beside a trace. */
export type Panel = "words" | "code" | "rows";

/** A part of the code, as a link in the words names it; the first one of its file, if the heading is empty. */
export interface Part {
  file: string;
  overlay: string;
  heading: string;
}

interface Own {
  /** Undefined in the free sandbox. */
  number: number | undefined;
  /** Undefined while it is not loaded yet. */
  lesson: LessonView | undefined;
  /** Why the lesson could not be loaded. */
  lessonError: string | undefined;
  predictions: Predictions;
  /** By `cellKey`. */
  cells: Record<string, CellState>;
  /** Which of its questions is asked, from 0; as many as there are: all were asked. Undefined while the person reads. */
  asking: number | undefined;
  /** The cell that the page opens after the first run, until it is closed. */
  first: CellId | undefined;
  panel: Panel;
  /** A part of the code stands beside the words that name it, until another cell is opened than this one. */
  beside: { part: Part; cell: CellId | undefined } | undefined;
  /** The person was led to what to take away. */
  isEnding: boolean;
  /** What shows the outcomes; undefined until they may be seen. */
  results?: typeof resultsView;
}

export type LessonState = State & Own;

/** Both stores as one. */
export interface LessonStore {
  readonly shell: Shell;
  readonly state: LessonState;
  readonly update: (change: Partial<Own>) => void;
}

/** Before anything is loaded. */
export const EMPTY_LESSON: Own = {
  number: undefined,
  lesson: undefined,
  lessonError: undefined,
  predictions: NOTHING_SAID,
  cells: {},
  asking: undefined,
  first: undefined,
  panel: "words",
  beside: undefined,
  isEnding: false,
};

export function createLessonStore(shell: Shell): LessonStore {
  const own = shell.storeFor(EMPTY_LESSON);
  return {
    shell,
    get state() {
      return { ...shell.store.state, ...own.state };
    },
    update: own.update,
  };
}

export function cellKey({ attempt, client }: CellId): string {
  return `${attempt} ${client}`;
}

/** How many cells are still to be run, or run. */
export function countUnderWay({ cells }: LessonState): number {
  const phases = Object.values(cells).map(({ phase }) => phase);
  return phases.filter((phase) => phase === "waiting" || phase === "running").length;
}

/** Whether the first run is over: until then, words that tell of it would take the surprise away. */
export function isFirstRunOver({ cells }: LessonState): boolean {
  const all = Object.values(cells);
  return (
    all.length > 0 && all.every(({ phase, filled }) => filled !== undefined || phase === "failed")
  );
}

/** Whether outcomes may be seen: in a lesson only once the person has predicted, or wished not to. */
export function isRevealed({ number, predictions }: LessonState): boolean {
  return number === undefined || predictions.isRevealed;
}

/** Whether code stands where the rows and a trace would. */
export function isCodeBeside({ beside, address }: LessonState): boolean {
  return beside !== undefined && beside.cell === address.cell;
}

/** Where on its path the lesson is. */
export type Stage = "read" | "predict" | "run" | "wire" | "end";

export function stageOf(state: LessonState): Stage {
  if (!isRevealed(state)) return state.asking === undefined ? "read" : "predict";
  if (countUnderWay(state) > 0 || !isFirstRunOver(state)) return "run";
  return state.isEnding ? "end" : "wire";
}
