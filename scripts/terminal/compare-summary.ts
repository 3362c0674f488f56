// Draws the summary of all compared files: one line for each.
import type { ComparedFile } from "../lab/compare/compare.ts";
import { type ComparedRow, type Kind, KINDS } from "../lab/compare/kinds.ts";
import type { Paint } from "./paint.ts";
import { pad, padLeft, wrap } from "./text.ts";

const NUMBER_WIDTH = 8;

/** How long each file is, how many of its rows differ, and why; no line wider than `width`. */
export function renderSummary(
  files: readonly ComparedFile[],
  width: number,
  paint: Paint,
): string[] {
  const nameWidth = Math.max(...files.map(({ file }) => file.length));
  const margin = nameWidth + 2 * NUMBER_WIDTH + 3;
  const describe = (name: string, lines: string, differ: string, why: string): string[] =>
    wrap(why, width - margin).map((part, index) => {
      const numbers = padLeft(lines, NUMBER_WIDTH) + padLeft(differ, NUMBER_WIDTH);
      return index === 0
        ? `${pad(name, nameWidth)}${numbers}   ${part}`
        : " ".repeat(margin) + part;
    });
  const describeRows = (name: string, rows: ComparedRow[]): string[] =>
    describe(name, String(rows.length), String(countDifferent(rows)), listKinds(rows));

  const all = files.flatMap(({ rows }) => rows);
  return [
    ...describe("file", "lines", "differ", "because of").map((line) => paint("quiet", line)),
    ...files.flatMap(({ file, rows }) => describeRows(file, rows)),
    ...describeRows("all", all).map((line) => paint("strong", line)),
    "",
    ...(all.some(({ kinds }) => kinds.includes("other"))
      ? wrap(`other: ${KINDS.other}`, width)
      : []),
    ...wrap("One of them, the three formats beside each other: npm run compare tokens", width),
  ];
}

function countDifferent(rows: ComparedRow[]): number {
  return rows.filter(({ kinds }) => kinds.length > 0).length;
}

function listKinds(rows: ComparedRow[]): string {
  return (Object.keys(KINDS) as Kind[])
    .map((kind) => ({ kind, count: rows.filter(({ kinds }) => kinds.includes(kind)).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${kind} ${count}`)
    .join(", ");
}
