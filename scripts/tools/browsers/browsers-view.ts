// Shows what the browsers have seen: a row for each lesson, a column for each browser, and below a row where they differ.
import { isDeepStrictEqual } from "node:util";
import {
  type ComparedAttempt,
  type ComparedLesson,
  type FieldDifference,
  isSurprise,
  type Sum,
} from "./compare-runs.ts";
import type { Progress } from "./watched-run.ts";
import type { Attempt } from "../../model/attempt.ts";
import type { FilledCell } from "../../model/cell.ts";
import {
  describeDifferences,
  describeOutcome,
  describeVerdict,
} from "../../terminal/lesson/outcome-words.ts";
import type { Look, Paint } from "../../terminal/paint.ts";
import { cut, pad, padLeft, printableValue, widthOf, wrap } from "../../terminal/text.ts";

const GAP = 2;
const WIDEST_TITLE = 44;
const NARROWEST_TITLE = 20;
const NARROWEST_COLUMN = 12;
const INDENT = "      ";

/** The table, and under each lesson the attempts that are not the same everywhere. @param names of the browsers */
export function renderBrowsers(
  lessons: readonly ComparedLesson[],
  names: readonly string[],
  { width, paint }: Look,
): string[] {
  const column = Math.max(NARROWEST_COLUMN, ...names.map(widthOf));
  const room = width - names.length * (column + GAP);
  const title = Math.max(NARROWEST_TITLE, Math.min(WIDEST_TITLE, room));
  const row = (start: string, cells: readonly string[]): string =>
    [pad(cut(start, title), title), ...cells.map((cell) => padLeft(cell, column))].join("  ");
  return [
    paint("strong", row("As the lesson says", names)),
    ...lessons.flatMap(({ lesson, attempts }) => [
      row(
        `${lesson.number} ${lesson.title}`,
        names.map((_, at) => countExpected(attempts, at)),
      ),
      ...attempts.filter(isWorthTelling).flatMap((each) => [
        row(
          `  ${each.number} ${each.attempt.title}`,
          each.cells.map((cell) => describeCell(cell, each.attempt, paint)),
        ),
        ...explain(each, names).flatMap((sentence) =>
          wrap(sentence, width - INDENT.length).map((line) => INDENT + line),
        ),
      ]),
    ]),
  ];
}

/** How far a browser is, in a line. */
export function renderProgress({ browser, lesson, done, total }: Progress): string {
  return `… ${browser}, lesson ${lesson}: ${done} of ${total}`;
}

/** The end: what it comes to. */
export function renderSum({ browsers, attempts, againstLessons, betweenBrowsers }: Sum): string {
  const where = browsers === 1 ? "1 browser" : `${browsers} browsers`;
  const between =
    browsers === 1
      ? "and there is no other browser to compare with"
      : `${betweenBrowsers} ${betweenBrowsers === 1 ? "differs" : "differ"} between browsers`;
  const against = `${againstLessons} ${againstLessons === 1 ? "differs" : "differ"} from what the lessons say`;
  return `${attempts} attempts in ${where}: ${against}, ${between}.`;
}

function countExpected(attempts: readonly ComparedAttempt[], browser: number): string {
  const cells = attempts.map(({ cells: each }) => each[browser]!);
  return `${cells.filter((cell) => !isSurprise(cell)).length} of ${cells.length}`;
}

function isWorthTelling({ cells, fields }: ComparedAttempt): boolean {
  return fields.length > 0 || cells.some(isSurprise);
}

function describeCell(cell: FilledCell, attempt: Attempt, paint: Paint): string {
  const { sign, word, meaning } = describeOutcome(cell.outcome, attempt);
  const verdict = describeVerdict(cell.verdict);
  const mark = isSurprise(cell) ? ` ${paint(verdict.meaning, verdict.sign)}` : "";
  return paint(meaning, `${sign} ${word}`) + mark;
}

function explain({ cells, fields }: ComparedAttempt, names: readonly string[]): string[] {
  const surprises = cells.flatMap(({ differences }, at) =>
    describeDifferences(differences).map((sentence) => `! ${names[at]}: ${sentence}`),
  );
  return [...fields.map((field) => describeField(field, names)), ...surprises];
}

/** Each value once, with the browsers that gave it. */
function describeField({ field, values }: FieldDifference, names: readonly string[]): string {
  const different = values.filter(
    (value, at) => values.findIndex((other) => isDeepStrictEqual(value, other)) === at,
  );
  const parts = different.map((value) => {
    const browsers = names.filter((_, at) => isDeepStrictEqual(values[at], value));
    return `${quote(value)} in ${browsers.join(" and ")}`;
  });
  return `${field}: ${parts.join("; ")}`;
}

function quote(value: unknown): string {
  const text = printableValue(value);
  return typeof value === "string" ? `"${text}"` : text;
}
