// Says what a check has found, line by line: where the file went wrong, the rows, types, the suite.
import type { Check, CheckRow, Problem } from "../../model/exercise.ts";
import type { Meaning, Paint } from "../paint.ts";
import { printable, wrap } from "../text.ts";

/** One line, or several that belong together. */
export interface CheckEntry {
  lines: string[];
  /** What it is about, if it has a trace. */
  row?: CheckRow;
}

const SIGNS: Record<CheckRow["result"], { sign: string; meaning: Meaning }> = {
  passed: { sign: "✓", meaning: "good" },
  failed: { sign: "✗", meaning: "bad" },
  "too busy": { sign: "–", meaning: "surprise" },
  waits: { sign: "·", meaning: "quiet" },
};

/** Of so many failing rows one sees all that there is to see. */
const MOST_EXPLAINED = 3;

/** Everything that is known so far, in the order in which a person needs it. */
export function describeCheck(check: Check, width: number, paint: Paint): CheckEntry[] {
  const first = check.rows.filter(({ failedAtStart }) => failedAtStart);
  const others = check.rows.filter(({ failedAtStart }) => !failedAtStart);
  const broken = others.filter(({ result }) => result === "failed" || result === "too busy");
  const failing = [...first.filter(({ result }) => result === "failed"), ...broken];
  const explained = new Set(failing.slice(0, MOST_EXPLAINED));
  const draw = (row: CheckRow): CheckEntry => ({
    lines: describeRow(row, explained.has(row), width, paint),
    row,
  });
  return [
    describeStart(check, width, paint),
    ...first.map(draw),
    ...broken.map(draw),
    ...describeOthers(others, paint),
    ...describeTypes(check, width, paint),
    ...describeSuite(check, width, paint),
    ...(check.remark === undefined ? [] : [{ lines: wrap(check.remark, width) }]),
    ...(check.isOver && check.isSolved ? [{ lines: ["", paint("strong", "Solved.")] }] : []),
  ];
}

function describeStart({ problem, rows, isOver }: Check, width: number, paint: Paint): CheckEntry {
  if (problem !== undefined)
    return { lines: wrap(`${paint("bad", "✗")} ${placed(problem)}`, width) };
  const hasBegun = isOver || rows.some(({ result }) => result !== "waits");
  return { lines: [hasBegun ? `${paint("good", "✓")} starts` : paint("quiet", "· starts …")] };
}

/** `manual.cjs, line 8: SyntaxError: …` */
function placed({ message, file, line }: Problem): string {
  const place = [...(file ? [file] : []), ...(line ? [`line ${line}`] : [])].join(", ");
  return printable(place === "" ? message : `${place}: ${message}`);
}

function describeRow(row: CheckRow, isExplained: boolean, width: number, paint: Paint): string[] {
  const { sign, meaning } = SIGNS[row.result];
  const word = row.failedAtStart ? { passed: "passes now", waits: "" } : { failed: "broke" };
  const remark = (word as Partial<Record<CheckRow["result"], string>>)[row.result] ?? "";
  const title = `${paint(meaning, sign)} ${row.title}  ${paint("quiet", `${row.id}  ${remark}`)}`;
  if (row.result === "too busy") return [...wrap(title, width), "    too busy: run it again"];
  if (!isExplained) return wrap(title, width);
  const facts: [string, string | undefined][] = [
    ["expected", row.expected],
    ["seen", row.seen],
    row.threw === undefined
      ? ["the server says", row.reason]
      : ["your code threw", placed(row.threw)],
  ];
  return [
    ...wrap(title, width),
    ...facts.flatMap(([name, text]) =>
      text === undefined
        ? []
        : wrap(`${name}: ${printable(text)}`, width - 4).map((line) => `    ${line}`),
    ),
  ];
}

function describeOthers(others: readonly CheckRow[], paint: Paint): CheckEntry[] {
  const passed = others.filter(({ result }) => result === "passed").length;
  const waiting = others.filter(({ result }) => result === "waits").length;
  if (others.length === 0 || passed === 0) return [];
  const still = `${paint("good", "✓")} ${passed} of ${others.length} others still pass`;
  return [{ lines: [still + (waiting > 0 ? paint("quiet", `, ${waiting} not run`) : "")] }];
}

function describeTypes({ types }: Check, width: number, paint: Paint): CheckEntry[] {
  if (types === undefined) return [];
  if (types.length === 0) return [{ lines: [`${paint("good", "✓")} types`] }];
  return types.map((problem) => ({
    lines: wrap(`${paint("bad", "✗")} types: ${placed(problem)}`, width),
  }));
}

function describeSuite({ suite, rows, isOver }: Check, width: number, paint: Paint): CheckEntry[] {
  if (suite === undefined) {
    const isNext = !isOver && rows.every(({ result }) => result === "passed");
    return isNext ? [{ lines: [paint("quiet", "· the whole suite, in a fresh process …")] }] : [];
  }
  const { passed, total, failed } = suite;
  const { sign, meaning } = SIGNS[passed === total ? "passed" : "failed"];
  const whole = `${paint(meaning, sign)} the whole suite: ${passed} of ${total}`;
  return [
    { lines: [whole] },
    ...failed.map((row, at) => ({
      lines: describeRow(row, at < MOST_EXPLAINED, width, paint),
      row,
    })),
  ];
}
