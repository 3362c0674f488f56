// Puts the lines of several texts beside each other: equal lines in one row, and changed lines beside the one they are most like.
import { diffArrays } from "diff";

/** The lines of one row, column by column; undefined where a column has none. */
export type Row = (string | undefined)[];

/**
 * Aligns the columns with the middle one (of two, the first). Every line appears once, in its own order.
 * @param columns the lines of each text
 */
export function alignLines(columns: readonly (readonly string[])[]): Row[] {
  const middle = Math.floor((columns.length - 1) / 2);
  const base = columns[middle] ?? [];
  const pairings = columns.map((lines) => pairLines(base, lines));
  const rows: Row[] = [];
  for (let index = 0; index <= base.length; index += 1) {
    for (const [column, { before }] of pairings.entries())
      for (const line of before[index]!)
        rows.push(columns.map((_, at) => (at === column ? line : undefined)));
    if (index < base.length) rows.push(pairings.map(({ beside }) => beside[index]));
  }
  return rows;
}

interface Pairing {
  /** For each line of the base, the line beside it. */
  beside: Row;
  /** For each line of the base, and for its end, the lines that stand before it alone. */
  before: string[][];
}

function pairLines(base: readonly string[], lines: readonly string[]): Pairing {
  const pairing: Pairing = {
    beside: [],
    before: Array.from({ length: base.length + 1 }, () => []),
  };
  let removed: string[] = [];
  // A change is a removed part and then an added one; with an equal part, what was removed has nothing beside it.
  for (const part of diffArrays([...base], [...lines])) {
    if (part.removed) {
      removed = part.value;
      continue;
    }
    addChanged(pairing, removed, part.added ? part.value : []);
    removed = [];
    if (!part.added) pairing.beside.push(...part.value);
  }
  addChanged(pairing, removed, []);
  return pairing;
}

function addChanged({ beside, before }: Pairing, removed: string[], added: string[]): void {
  const start = beside.length;
  const partners = matchAlike(removed, added);
  beside.push(...removed.map(() => undefined));
  // A line of its own stands before the next one that has a partner, or else after all that was removed.
  let next = start + removed.length;
  for (const [index, line] of [...added.entries()].toReversed()) {
    const partner = partners[index];
    if (partner === undefined) before[next]!.unshift(line);
    else {
      next = start + partner;
      beside[next] = line;
    }
  }
}

// --- Lines that are alike ---

const LEAST_LIKENESS = 0.5;
const SAME_BEGINNING = 0.3;

/** For each added line the index of the removed line that it replaces, in order; the choice with the most likeness in all. */
function matchAlike(removed: string[], added: string[]): (number | undefined)[] {
  const best = Array.from({ length: removed.length + 1 }, () => added.map(() => 0).concat(0));
  const likeness = removed.map((one) => added.map((other) => likenessOf(one, other)));
  for (let r = removed.length - 1; r >= 0; r -= 1)
    for (let a = added.length - 1; a >= 0; a -= 1)
      best[r]![a] = Math.max(
        best[r + 1]![a]!,
        best[r]![a + 1]!,
        likeness[r]![a]! + best[r + 1]![a + 1]!,
      );

  const partners: (number | undefined)[] = added.map(() => undefined);
  for (let r = 0, a = 0; r < removed.length && a < added.length;) {
    const value = best[r]![a]!;
    if (likeness[r]![a]! > 0 && value === likeness[r]![a]! + best[r + 1]![a + 1]!)
      partners[a++] = r++;
    else if (value === best[r]![a + 1]) a += 1;
    else r += 1;
  }
  return partners;
}

// What every format says in its own way tells nothing about which lines belong together.
const FORMAT_WORDS = new Set([
  "const",
  "require",
  "import",
  "from",
  "export",
  "function",
  "module",
  "exports",
  "type",
  "cjs",
  "mjs",
  "ts",
]);

/** From 0, nothing in common (or too little), to 1.3. */
function likenessOf(one: string, other: string): number {
  const [words, otherWords] = [wordsOf(one), wordsOf(other)];
  const shared = words.filter((word) => otherWords.includes(word)).length;
  if (shared === 0) return 0;
  const ofBoth = (2 * shared) / (words.length + otherWords.length);
  const ofShorter = shared / Math.min(words.length, otherWords.length);
  const beginning = words[0] === otherWords[0] ? SAME_BEGINNING : 0;
  const likeness = (ofBoth + ofShorter) / 2 + beginning;
  return likeness < LEAST_LIKENESS ? 0 : likeness;
}

function wordsOf(line: string): string[] {
  const words = line.match(/[\p{L}\p{N}_]+/gu) ?? [];
  return [...new Set(words)].filter((word) => !FORMAT_WORDS.has(word));
}
