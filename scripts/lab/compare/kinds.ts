// Says of what kind a difference between the three formats is.
import type { Row } from "./align.ts";

/** Each kind of difference, with one sentence for a person. */
export const KINDS = {
  loading: "Modules load by `require` in CommonJS, and by `import` in ES modules and TypeScript.",
  default:
    "A package that is CommonJS gives its `module.exports` as the default import; single names can be imported only where Node finds them in its source.",
  extension:
    "The name of a file has the extension of its format: `.cjs` is always CommonJS, `.mjs` always an ES module, and TypeScript imports `.ts` as it is on disk.",
  exports:
    "CommonJS collects what a file gives to others in `module.exports`; in the other two `export` stands before the thing itself.",
  folder:
    "The folder of the file is `__dirname` in CommonJS and `import.meta.dirname` in the others.",
  types:
    "Types say what a value may be, and are erased before the program runs; a line that they make too long is broken.",
  note: "A comment that begins with the name of a format is about that format alone.",
  layout: "The same code; a line that became too long is broken.",
  other: "This is more than a difference of formats: the variants are not in step here.",
} as const;

/** Why a row differs, by its feature. */
export type Kind = keyof typeof KINDS;

/** A row with the kinds of its differences; none where all columns are the same. */
export interface ComparedRow {
  lines: Row;
  kinds: Kind[];
}

/** Finds the kinds for rows of `cjs`, `esm` and `ts`, in this order. */
export function findKinds(rows: readonly Row[]): ComparedRow[] {
  return splitBlocks(rows).flatMap(describeBlock);
}

function isSame(row: Row): boolean {
  return row.every((line) => line === row[0]);
}

/** Rows that differ and follow each other explain each other. */
function splitBlocks(rows: readonly Row[]): Row[][] {
  const blocks: Row[][] = [];
  for (const row of rows) {
    const last = blocks.at(-1);
    if (last !== undefined && isSame(last[0]!) === isSame(row)) last.push(row);
    else blocks.push([row]);
  }
  return blocks;
}

function describeBlock(block: Row[]): ComparedRow[] {
  if (isSame(block[0]!)) return block.map((lines) => ({ lines, kinds: [] }));
  const found = block.map((row) => featuresOf(row));
  const hasTypes = joined(block, 1) !== joined(block, 2);
  return block.map((lines, index) => {
    const kinds = [
      ...found[index]!,
      ...(hasTypes && differsByTypes(lines) ? ["types" as const] : []),
    ];
    return { lines, kinds: kinds.length > 0 ? kinds : [inferKind(lines, found, index)] };
  });
}

// --- One row ---

const FEATURES: [Kind, RegExp][] = [
  ["loading", /\brequire\(|^\s*import\b(?!\.)|^\s*\} from "/],
  ["default", /^\s*import \w+\b.* from "[^.:]+"/],
  ["extension", /"\.[^"]*\.(cjs|mjs|ts)"/],
  ["exports", /^export\b|\bmodule\.exports\b/],
  ["folder", /\b__dirname\b|\bimport\.meta\.dirname\b/],
  ["note", /^\s*\/\/ (CommonJS|ES modules|TypeScript):/],
];

function featuresOf(row: Row): Kind[] {
  const text = row.filter((line) => line !== undefined);
  const isOnlyType = row[0] === undefined && row[1] === undefined;
  // What TypeScript alone imports or exports is there for its types.
  const features = isOnlyType ? FEATURES.filter(([kind]) => kind === "note") : FEATURES;
  return features
    .filter(([, pattern]) => text.some((line) => pattern.test(line)))
    .map(([kind]) => kind);
}

function differsByTypes([, esm, ts]: Row): boolean {
  return (
    (ts !== undefined &&
      !ts.trimStart().startsWith("// TypeScript:") &&
      plain(esm) !== plain(ts)) ||
    (ts === undefined && esm !== undefined)
  );
}

function plain(line: string | undefined): string | undefined {
  return line?.replaceAll(/\.(cjs|mjs|ts)"/g, '"');
}

/** The code of one column in one line, without what only the layout needs. */
function joined(block: Row[], column: number): string {
  return block
    .map((row) => plain(row[column]) ?? "")
    .join("")
    .replaceAll(/,(?=\s*[)\]}])|\s/g, "");
}

/** A row without a feature of its own: part of a statement that is longer than a line. */
function inferKind([cjs, esm, ts]: Row, found: Kind[][], index: number): Kind {
  const isOnlyCjs = esm === undefined && ts === undefined;
  const near = found.slice(index).concat(found.slice(0, index).toReversed());
  if (isOnlyCjs) return near.flat().find((kind) => kind === "exports") ?? "other";
  const isMissing = cjs === undefined || esm === undefined;
  return isMissing && near.flat().length > 0 ? "layout" : "other";
}
