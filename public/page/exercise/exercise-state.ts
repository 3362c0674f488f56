// What the page of an exercise knows.
import type { Check, CheckRow } from "../../../scripts/model/exercise.ts";
import type {
  ExercisePlace,
  ExerciseView,
  RowDetails,
  ShownFile,
} from "../../../scripts/model/protocol.ts";
import { type CheckLine, checkLines } from "../../../scripts/model/words/check-words.ts";
import type { wireView } from "../wire/wire-element.ts";
import { isDirty, type OwnFile } from "./own-file.ts";
import type { Undo } from "./undo.ts";

export interface Edited {
  own: OwnFile;
  undo: Undo;
}

/** What is opened below the editor. */
export type Panel =
  | { is: "comparison"; title: string }
  | { is: "versions"; storedAt: string[] }
  | { is: "row"; row: CheckRow; details: RowDetails; wire: typeof wireView };

/** What is done only after a second click. */
interface Question {
  ask: string;
  yes: string;
  act: () => void;
}

export interface ExerciseState {
  place: ExercisePlace | undefined;
  view: ExerciseView | undefined;
  /** Why it could not be opened. */
  error: string | undefined;
  /** By name. */
  files: Record<string, Edited>;
  /** Files that the page cannot show, each with the reason. */
  unshown: Record<string, string>;
  /** The name of the file in the editor. */
  name: string;
  /** Of the last save. */
  check: Check | undefined;
  /** How many hints are shown. */
  hints: number;
  panel: Panel | undefined;
  question: Question | undefined;
  /** The sandbox went away before the text was saved. */
  isSaveDue: boolean;
}

export const FIRST_EXERCISE: ExerciseState = {
  place: undefined,
  view: undefined,
  error: undefined,
  files: {},
  unshown: {},
  name: "",
  check: undefined,
  hints: 0,
  panel: undefined,
  question: undefined,
  isSaveDue: false,
};

export function isShown(file: ShownFile): file is Exclude<ShownFile, { problem: string }> {
  return !("problem" in file);
}

export function dirtyNames({ files }: ExerciseState): string[] {
  return Object.keys(files).filter((name) => isDirty(files[name]!.own));
}

/** What the last check says; undefined until it begins. */
export function linesOf({ check }: ExerciseState): CheckLine[] | undefined {
  return check && checkLines(check);
}

/** Where the code in the editor went wrong; undefined once it is typed over. */
export function problemIn(state: ExerciseState): CheckLine["problem"] {
  const edited = state.files[state.name];
  if (edited === undefined || isDirty(edited.own)) return undefined;
  return linesOf(state)?.find(({ problem }) => problem?.file === state.name && problem.line)
    ?.problem;
}

/** What a screen reader says when a check is over. */
export function announcementOf(state: ExerciseState): string {
  if (state.check?.isSolved) return "Solved.";
  const failed = (linesOf(state) ?? []).filter(({ result }) => result === "failed");
  return failed.length === 0
    ? "Checked."
    : `${failed.length} failed: ${failed.map(({ text }) => text).join("; ")}`;
}
