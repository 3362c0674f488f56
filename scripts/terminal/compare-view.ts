// Draws a compared file: three columns where there is room, else one column in which the lines that differ stand above each other.
import type { ComparedFile } from "../lab/compare/compare.ts";
import { type ComparedRow, type Kind, KINDS } from "../lab/compare/kinds.ts";
import { VARIANTS } from "../model/vocabulary.ts";
import type { Paint } from "./paint.ts";
import { pad, wrap, wrapCode } from "./text.ts";

/** From this width on, three columns are wide enough to read code in. */
const THREE_COLUMNS_FROM = 150;

const SIGNS: Record<Kind, string> = {
  loading: "i",
  default: "p",
  extension: "x",
  exports: "e",
  folder: "d",
  types: "t",
  note: "n",
  layout: "w",
  other: "!",
};
const SIGNS_WIDTH = 4;

/** The whole comparison of one file, no line wider than `width`. */
export function renderComparison(compared: ComparedFile, width: number, paint: Paint): string[] {
  const body = width >= THREE_COLUMNS_FROM ? renderColumns : renderOneColumn;
  return [...body(compared, width, paint), "", ...renderKinds(compared.rows, width, paint)];
}

function signsOf({ kinds }: ComparedRow): string {
  return pad(kinds.map((kind) => SIGNS[kind]).join(""), SIGNS_WIDTH);
}

// --- Three columns ---

const NO_LINE = "┄";

function renderColumns({ titles, rows }: ComparedFile, width: number, paint: Paint): string[] {
  const columnWidth = Math.floor(
    (width - SIGNS_WIDTH - 3 * (VARIANTS.length - 1)) / VARIANTS.length,
  );
  const margin = " ".repeat(SIGNS_WIDTH);
  const head = VARIANTS.map((variant) => paint("strong", pad(titles[variant], columnWidth)));
  const rule = VARIANTS.map(() => "─".repeat(columnWidth));
  return [
    margin + head.join(paint("quiet", " │ ")),
    margin + paint("quiet", rule.join("─┼─")),
    ...rows.flatMap((row) => renderRow(row, columnWidth, paint)),
  ].map((line) => line.trimEnd());
}

function renderRow(row: ComparedRow, columnWidth: number, paint: Paint): string[] {
  const cells = row.lines.map((line) =>
    line === undefined ? [NO_LINE] : wrapCode(line, columnWidth),
  );
  const height = Math.max(...cells.map((cell) => cell.length));
  return Array.from({ length: height }, (_, index) => {
    const isFirst = index === 0;
    const parts = cells.map((cell, column) => {
      const text = pad(cell[index] ?? "", columnWidth);
      if (row.lines[column] === undefined) return paint("quiet", text);
      const before = row.lines[column - 1];
      return column === 0 || before === row.lines[column] ? text : paint("accent", text);
    });
    const signs = paint("surprise", isFirst ? signsOf(row) : pad("", SIGNS_WIDTH));
    return signs + joinCells(parts, row, isFirst, paint);
  });
}

/** Between two cells stands whether they are the same. */
function joinCells(
  parts: string[],
  { lines }: ComparedRow,
  isFirst: boolean,
  paint: Paint,
): string {
  return parts.reduce((line, part, column) => {
    const isSame = lines[column - 1] === lines[column];
    return line + (isSame || !isFirst ? paint("quiet", " │ ") : paint("surprise", " ≠ ")) + part;
  });
}

// --- One column ---

const LABEL_WIDTH = 8;

function renderOneColumn({ titles, rows }: ComparedFile, width: number, paint: Paint): string[] {
  const title = VARIANTS.map((variant) => titles[variant]).join(" · ");
  const hint = "Lines with no name in front are the same in all three.";
  return [
    ...wrap(paint("strong", title), width),
    ...wrap(paint("quiet", hint), width),
    "",
    ...rows.flatMap((row) => renderStack(row, width, paint)),
  ];
}

function renderStack(row: ComparedRow, width: number, paint: Paint): string[] {
  const margin = SIGNS_WIDTH + LABEL_WIDTH;
  return groupEqual(row).flatMap(({ label, line }, index) => {
    const signs = paint("surprise", index === 0 ? signsOf(row) : pad("", SIGNS_WIDTH));
    const start = signs + paint("accent", pad(label, LABEL_WIDTH));
    const [first = "", ...rest] = wrapCode(line, width - margin);
    return [start + first, ...rest.map((part) => " ".repeat(margin) + part)].map((each) =>
      each.trimEnd(),
    );
  });
}

/** The different texts of a row, each with the variants that have it; no label where all have the same. */
function groupEqual({ lines }: ComparedRow): { label: string; line: string }[] {
  const groups = new Map<string, string[]>();
  for (const [index, line] of lines.entries())
    if (line !== undefined) groups.set(line, [...(groups.get(line) ?? []), VARIANTS[index]!]);
  return [...groups].map(([line, names]) => ({
    label: names.length === VARIANTS.length ? "" : names.join(" "),
    line,
  }));
}

// --- What the signs mean ---

function renderKinds(rows: ComparedRow[], width: number, paint: Paint): string[] {
  const different = rows.filter(({ kinds }) => kinds.length > 0);
  const present = (Object.keys(KINDS) as Kind[]).filter((kind) =>
    different.some(({ kinds }) => kinds.includes(kind)),
  );
  const hanging = " ".repeat(SIGNS_WIDTH);
  return [
    `${different.length} of ${rows.length} rows differ:`,
    ...present.flatMap((kind) => {
      const sign = paint("surprise", pad(SIGNS[kind], SIGNS_WIDTH));
      return wrap(KINDS[kind], Math.min(width, 100) - SIGNS_WIDTH).map(
        (line, index) => (index === 0 ? sign : hanging) + line,
      );
    }),
  ];
}
