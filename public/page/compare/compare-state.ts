// What the compare page shows, and what a person has set on it.
import type { Comparison } from "../../../scripts/model/protocol.ts";
import type { CodeLine } from "./code-pieces.ts";

/** What stands for the comparison of `passport` with `manual` where a file's name would stand. */
export const AUTH = "auth";

/** A comparison and what it is of. */
export interface LoadedComparison {
  /** The name of a file, or `auth`. */
  what: string;
  comparison: Comparison;
  /** The lines of each column, read for colouring. */
  code: CodeLine[][];
}

export interface CompareState {
  /** What the address asks for: a file, or `auth`; undefined for the first file. */
  what: string | undefined;
  /** The files that the variants consist of, in the order of the tabs. */
  files: string[];
  loaded: LoadedComparison | undefined;
  /** Why nothing could be loaded, in a sentence. */
  error: string | undefined;
  /** How many columns fit into the window. */
  fitting: 1 | 2 | 3;
  /** The formats that were chosen, by their column; undefined: as many as fit. */
  columns: number[] | undefined;
  /** Whether lines that are the same are folded away. */
  isFolded: boolean;
  /** Runs that were opened although the others are folded, by their first row. */
  opened: number[];
  /** The difference that was chosen, by its first row. */
  current: number | undefined;
  /** The difference under the pointer. */
  pointed: number | undefined;
  /** The only kind of difference that counts; undefined for all. */
  kind: string | undefined;
}

export const FIRST_COMPARE: CompareState = {
  what: undefined,
  files: [],
  loaded: undefined,
  error: undefined,
  fitting: 3,
  columns: undefined,
  isFolded: false,
  opened: [],
  current: undefined,
  pointed: undefined,
  kind: undefined,
};

/** The columns to show: what was chosen, else what fits; where two do not fit, all of them below each other. */
export function shownColumns({ columns, fitting, loaded }: CompareState): number[] {
  const all = (loaded?.comparison.columns ?? []).map((_title, column) => column);
  if (all.length < 3) return all;
  return columns ?? (fitting === 2 ? [0, 1] : all);
}

/** Whether the columns stand beside each other; else a line that differs stands below its counterpart. */
export function isBeside(state: CompareState): boolean {
  return shownColumns(state).length <= state.fitting;
}

/** `cjs` of `cjs/tokens.cjs`; `manual` of `esm/manual.mjs`, where all are of one format. */
export function shortTitles(titles: readonly string[]): string[] {
  const parts = titles.map((title) => title.split(/[/.]/));
  const isOneFormat = parts.every(([format]) => format === parts[0]![0]);
  return parts.map(([format, file], index) => (isOneFormat ? file : format) ?? titles[index]!);
}
