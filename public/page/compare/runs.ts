// Cuts the rows of a comparison into runs: lines that are the same, and differences of one kind each. Pure.
import type { ComparedRow } from "../../../scripts/model/protocol.ts";

export interface RunRow {
  /** The index of each column's line, counted from 0; undefined where a column has none. */
  lines: (number | undefined)[];
  /** The same text for the columns that have the same; what stands beside each other is compared by it. */
  texts: (string | undefined)[];
}

export interface Run {
  /** The row of the comparison that it begins with: its name. */
  start: number;
  /** None where all columns are the same. */
  kinds: string[];
  rows: RunRow[];
}

/** The column without which a kind of difference cannot be: TypeScript for its types, CommonJS for `require`. */
const ONLY_WITH: Record<string, number> = {
  types: 2,
  loading: 0,
  default: 0,
  exports: 0,
  folder: 0,
};

/**
 * The runs as the chosen columns show them, in order; rows that none of them has are left out.
 * @param columns of three formats some, of anything else all
 */
export function findRuns(rows: readonly ComparedRow[], columns: readonly number[]): Run[] {
  const counts = rows[0]?.lines.map(() => 0) ?? [];
  const runs: Run[] = [];
  for (const [start, row] of rows.entries()) {
    const indexes = row.lines.map((line, column) =>
      line === undefined ? undefined : counts[column]!++,
    );
    const texts = columns.map((column) => row.lines[column]);
    if (texts.every((text) => text === undefined)) continue;
    const kinds = kindsBetween(row, columns);
    const shown = { lines: columns.map((column) => indexes[column]), texts };
    const last = runs.at(-1);
    if (last !== undefined && last.kinds.join() === kinds.join()) last.rows.push(shown);
    else runs.push({ start, kinds, rows: [shown] });
  }
  return runs;
}

function kindsBetween({ lines, kinds }: ComparedRow, columns: readonly number[]): string[] {
  const texts = columns.map((column) => lines[column]);
  if (texts.every((text) => text === texts[0])) return [];
  const isAll = columns.length === lines.length;
  const between = kinds.filter((kind) => isAll || columns.includes(ONLY_WITH[kind] ?? columns[0]!));
  return between.length > 0 ? between : kinds;
}

/** Those that differ, of one kind or of any. */
export function differencesIn(runs: readonly Run[], kind: string | undefined): Run[] {
  return runs.filter(
    ({ kinds }) => kinds.length > 0 && (kind === undefined || kinds.includes(kind)),
  );
}

/** How many rows differ for each kind, in the order in which the kinds are explained. */
export function countKinds(
  runs: readonly Run[],
  kinds: readonly string[],
): { kind: string; count: number }[] {
  return kinds
    .map((kind) => ({ kind, count: rowsIn(differencesIn(runs, kind)) }))
    .filter(({ count }) => count > 0);
}

/** How many rows they have in all. */
export function rowsIn(runs: readonly Run[]): number {
  return runs.reduce((count, { rows }) => count + rows.length, 0);
}

/** The difference after (or before) the one that begins with this row; round at the end. */
export function nextDifference(
  differences: readonly Run[],
  current: number | undefined,
  step: 1 | -1,
): Run | undefined {
  if (current === undefined) return differences.at(step === 1 ? 0 : -1);
  const ordered = step === 1 ? differences : differences.toReversed();
  return ordered.find(({ start }) => (start - current) * step > 0) ?? ordered[0];
}

// --- Folding ---

/** So many lines stay beside a difference. */
const CONTEXT = 3;
/** Fewer are not worth a fold. */
const SMALLEST_FOLD = 4;

interface FoldedRun {
  before: RunRow[];
  hidden: RunRow[];
  after: RunRow[];
}

/** What of a run of equal lines is folded away; at the ends of the file nothing stays. */
export function foldRun(
  { rows }: Run,
  { isFirst, isLast }: { isFirst: boolean; isLast: boolean },
): FoldedRun {
  const start = isFirst ? 0 : CONTEXT;
  const end = rows.length - (isLast ? 0 : CONTEXT);
  if (end - start < SMALLEST_FOLD) return { before: rows, hidden: [], after: [] };
  return { before: rows.slice(0, start), hidden: rows.slice(start, end), after: rows.slice(end) };
}
