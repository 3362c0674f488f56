// Says of what kind a difference between the three formats is. Two are printed from the third, so there are as many kinds
// as there are things that the printer does.
import { inCommonJsWords, MODULE_SYNTAX, withExtension } from "../../model/module-syntax.ts";
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
    "Types say what a value may be, and are erased before the program runs; a line that they make too long is wrapped.",
  note: "A comment that begins with the name of a format is about that format alone.",
  layout: "The same code; a line that became too long is wrapped.",
  other:
    "This is more than a difference of formats: one of the files was edited after it was printed.",
} as const;

/** Why a row differs. */
export type Kind = keyof typeof KINDS;

/** A row with the kinds of its differences; none where all columns are the same. */
export interface ComparedRow {
  lines: Row;
  kinds: Kind[];
}

/** What is replaced in the ES module, where CommonJS or TypeScript has other words. */
const REPLACED: [Kind, RegExp][] = [
  ["loading", MODULE_SYNTAX.loading],
  ["default", /^import \w+ from "[^.:]+";/gm],
  ["extension", MODULE_SYNTAX.extension],
  ["exports", MODULE_SYNTAX.exports],
  ["folder", MODULE_SYNTAX.folder],
];

/** Finds the kinds for rows of `cjs`, `esm` and `ts`, in this order. */
export function findKinds(rows: readonly Row[]): ComparedRow[] {
  const replaced = findReplaced(rows);
  const exportsStart = rows.findLastIndex(([cjs]) => cjs?.startsWith("module.exports"));
  // The list, and the blank line in front of it.
  const isInExports = (index: number): boolean => exportsStart !== -1 && index >= exportsStart - 1;
  return rows.map((lines, index) => {
    if (isSame(lines)) return { lines, kinds: [] };
    const [cjs, esm, ts] = lines;
    if (esm === undefined && ts === undefined && isInExports(index))
      return { lines, kinds: ["exports"] };
    const kinds = [...replaced[index]!, ...findErased(esm, ts)];
    if (kinds.length > 0) return { lines, kinds };
    if (isComment(cjs ?? esm)) return { lines, kinds: ["note"] };
    return { lines, kinds: [hasSameCode(blockAround(rows, index)) ? "layout" : "other"] };
  });
}

function isSame(row: Row): boolean {
  return row.every((line) => line === row[0]);
}

function isComment(line: string | undefined): boolean {
  return line?.trimStart().startsWith("//") ?? false;
}

/** For each row the kinds of what is replaced in its line of the ES module, which may be one of several of an import. */
function findReplaced(rows: readonly Row[]): Kind[][] {
  const found: Kind[][] = rows.map(() => []);
  const numbered = rows.flatMap(([, esm], index) => (esm === undefined ? [] : [{ esm, index }]));
  const source = numbered.map(({ esm }) => esm).join("\n");
  const lineAt = (position: number): number => source.slice(0, position).split("\n").length - 1;
  for (const [kind, pattern] of REPLACED)
    for (const { 0: text, index: start } of source.matchAll(pattern))
      for (let line = lineAt(start); line <= lineAt(start + text.length); line += 1)
        found[numbered[line]!.index]!.push(kind);
  return found;
}

/** TypeScript has types and notes that the printer takes out. */
function findErased(esm: string | undefined, ts: string | undefined): Kind[] {
  const [one, other] = [esm, ts].map((line) => line && withExtension("", line));
  if (one === other) return [];
  return isComment(esm ?? ts) && isComment(ts ?? esm) ? ["note"] : ["types"];
}

/** Rows that differ and follow each other explain each other. */
function blockAround(rows: readonly Row[], index: number): readonly Row[] {
  const start = rows.slice(0, index).findLastIndex(isSame) + 1;
  const length = rows.slice(index).findIndex(isSame);
  return rows.slice(start, length === -1 ? rows.length : index + length);
}

/** Whether CommonJS says in other words, or in other lines, what the ES module says. */
function hasSameCode(block: readonly Row[]): boolean {
  const [cjs, esm] = [0, 1].map((column) =>
    block
      .flatMap((row) => row[column] ?? [])
      .join("\n")
      .replace(/^module\.exports\b[^]*/m, ""),
  ) as [string, string];
  return withoutLayout(cjs) === withoutLayout(inCommonJsWords(esm));
}

function withoutLayout(code: string): string {
  return withExtension("", code).replaceAll(/,(?=\s*[)\]}])|\s/g, "");
}
