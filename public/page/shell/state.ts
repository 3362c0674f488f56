// All that the page knows, in one value; what is on the screen is a function of it.
import type { Client } from "../../../scripts/model/vocabulary.ts";
import type {
  FilledCell,
  LessonSummary,
  LessonView,
  PageSwitches,
  LogEntry,
} from "../../../scripts/model/protocol.ts";
import type { Address, CellId } from "../../../scripts/model/address.ts";
import { type BenchState, FIRST_BENCH } from "../bench/bench-state.ts";
import { type CompareState, FIRST_COMPARE } from "../compare/compare-state.ts";
import { NOTHING_SAID, type Predictions } from "../lesson/prediction.ts";
import { switchesFor } from "./switch-values.ts";

/** The attempt that the switches describe, as the last row of every matrix. */
export const OWN = "own";

export const CLIENTS: readonly Client[] = ["browser", "node"];

/** What the page knows of one cell. What was there stays until something new comes. */
export interface CellState {
  /** `lost`: the server went away meanwhile; it runs again when the server is back. */
  phase: "waiting" | "running" | "filled" | "failed" | "lost";
  filled: FilledCell | undefined;
  /** Why it failed, in a sentence. */
  error: string | undefined;
}

export type Panel = "words" | "code";

export interface State {
  /** `locked`: there is no key, or not the right one. */
  connection: "connecting" | "connected" | "lost" | "locked";
  /** Why the server did not let us in, or does not answer; undefined if there is nothing to add. */
  refusal: string | undefined;
  /** What a person types to start the sandbox again. */
  command: string;
  address: Address;
  lessons: LessonSummary[] | undefined;
  /** The heading of each column. */
  columns: Record<Client, string>;
  lesson: LessonView | undefined;
  /** Why the lesson could not be loaded. */
  lessonError: string | undefined;
  predictions: Predictions;
  /** By `cellKey`. */
  cells: Record<string, CellState>;
  /** The cell that a lesson shows first was put away. */
  isFirstCellClosed: boolean;
  /** What stands below the goal of a lesson; undefined for nothing. */
  panel: Panel | undefined;
  compare: CompareState;
  bench: BenchState;
  areSwitchesOpen: boolean;
  isLogOpen: boolean;
  log: LogEntry[];
  /** Said to screen readers. */
  announcement: string;
  /** Something that the person should know, in a sentence. */
  notice: string | undefined;
}

export interface Store {
  readonly state: State;
  update(change: Partial<State>): void;
}

/** @param onChange called after each change, with the changed state in place */
export function createStore(first: State, onChange: (state: State) => void): Store {
  let state = first;
  return {
    get state() {
      return state;
    },
    update(change) {
      state = { ...state, ...change };
      onChange(state);
    },
  };
}

/** The state before anything is known. @param browser what this browser is called */
export function firstState(browser: string, hasKey: boolean): State {
  return {
    connection: hasKey ? "connecting" : "locked",
    refusal: undefined,
    command: "npm run sandbox",
    address: { view: { page: "unknown", path: "" }, chosen: {}, cell: undefined },
    lessons: undefined,
    columns: { browser, node: "Node" },
    lesson: undefined,
    lessonError: undefined,
    predictions: NOTHING_SAID,
    cells: {},
    isFirstCellClosed: false,
    panel: undefined,
    compare: FIRST_COMPARE,
    bench: FIRST_BENCH,
    areSwitchesOpen: false,
    isLogOpen: false,
    log: [],
    announcement: "",
    notice: undefined,
  };
}

export function cellKey({ attempt, client }: CellId): string {
  return `${attempt} ${client}`;
}

/** How many cells are still to be run, or run. */
export function countUnderWay({ cells }: State): number {
  const phases = Object.values(cells).map(({ phase }) => phase);
  return phases.filter((phase) => phase === "waiting" || phase === "running").length;
}

/** The number of the lesson that the address asks for. */
export function lessonNumber({ address: { view } }: State): number | undefined {
  return view.page === "lesson" ? view.number : undefined;
}

/** The lesson on the screen; undefined while it is not loaded yet. */
export function openLesson(state: State): LessonView | undefined {
  return state.lesson?.number === lessonNumber(state) ? state.lesson : undefined;
}

/** What the switches are set to on this page. */
export function currentSwitches(state: State): PageSwitches {
  return switchesFor(state.address.chosen, openLesson(state));
}

/** Whether outcomes may be seen: in a lesson only once the person has predicted, or wished not to. */
export function isRevealed(state: State): boolean {
  return state.address.view.page === "sandbox" || state.predictions.isRevealed;
}
