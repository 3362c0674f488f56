// What a check of an exercise says, line by line, in the order in which a person needs it; for the terminal and for the page.
import type { Check, CheckRow, Problem } from "../exercise.ts";

/** One line, and what stands below it. */
export interface CheckLine {
  result: CheckRow["result"];
  text: string;
  /** Said less loudly: `scheme-ours  passes now`. */
  remark?: string;
  /** What was expected, what was seen, why: `["seen", "connect: refused"]`. */
  facts: readonly (readonly [name: string, text: string])[];
  /** What it is about, if it has a trace. */
  row?: CheckRow;
  /** Where the code went wrong. */
  problem?: Problem;
}

/** Of so many failing rows one sees all that there is to see. */
const MOST_EXPLAINED = 3;

/** Everything that is known so far: whether the server starts, the rows, types, the suite. */
export function checkLines(check: Check): CheckLine[] {
  const first = check.rows.filter(({ failedAtStart }) => failedAtStart);
  const others = check.rows.filter(({ failedAtStart }) => !failedAtStart);
  const broken = others.filter(({ result }) => result === "failed" || result === "too busy");
  const failing = [...first.filter(({ result }) => result === "failed"), ...broken];
  const explained = new Set(failing.slice(0, MOST_EXPLAINED));
  return [
    startLine(check),
    ...[...first, ...broken].map((row) => rowLine(row, explained.has(row))),
    ...othersLine(others),
    ...typeLines(check),
    ...suiteLines(check),
  ];
}

function startLine({ problem, rows, isOver, remark }: Check): CheckLine {
  if (problem !== undefined) return problemLine(problem);
  const hasBegun = isOver || rows.some(({ result }) => result !== "waits");
  const facts = remark === undefined ? [] : [["note", remark] as const];
  return hasBegun
    ? { result: "passed", text: "starts", facts }
    : { result: "waits", text: "starts …", facts };
}

/** @param what it is a problem of: `types` */
function problemLine(problem: Problem, what?: string): CheckLine {
  const text = problemWords(problem);
  return { result: "failed", text: what ? `${what}: ${text}` : text, facts: [], problem };
}

/** `manual.cjs, line 8: SyntaxError: …` */
export function problemWords({ message, file, line }: Problem): string {
  const place = [...(file ? [file] : []), ...(line ? [`line ${line}`] : [])].join(", ");
  return place === "" ? message : `${place}: ${message}`;
}

function rowLine(row: CheckRow, isExplained: boolean): CheckLine {
  const { result, title, id, threw } = row;
  const words: Partial<Record<CheckRow["result"], string>> = row.failedAtStart
    ? { passed: "passes now" }
    : { failed: "broke" };
  const facts: [string, string | undefined][] = [
    ["expected", row.expected],
    ["seen", row.seen],
    threw === undefined
      ? ["the server says", row.reason]
      : ["your code threw", problemWords(threw)],
  ];
  const known = facts.flatMap(([name, text]) =>
    text === undefined ? [] : [[name, text] as const],
  );
  const busy = result === "too busy" ? [["too busy", "run it again"] as const] : [];
  return {
    result,
    text: title,
    remark: `${id}  ${words[result] ?? ""}`.trim(),
    facts: isExplained && result === "failed" ? known : busy,
    row,
    ...(threw !== undefined && { problem: threw }),
  };
}

function othersLine(others: readonly CheckRow[]): CheckLine[] {
  const passed = others.filter(({ result }) => result === "passed").length;
  const waiting = others.filter(({ result }) => result === "waits").length;
  if (others.length === 0 || passed === 0) return [];
  return [
    {
      result: "passed",
      text: `${passed} of ${others.length} others still pass`,
      ...(waiting > 0 && { remark: `${waiting} not run` }),
      facts: [],
    },
  ];
}

function typeLines({ types, next, isOver }: Check): CheckLine[] {
  if (types === undefined)
    return next === "types" && !isOver ? [{ result: "waits", text: "types …", facts: [] }] : [];
  if (types.length === 0) return [{ result: "passed", text: "types", facts: [] }];
  return types.map((problem) => problemLine(problem, "types"));
}

function suiteLines({ suite, next, isOver }: Check): CheckLine[] {
  if (suite === undefined) {
    if (next !== "suite" || isOver) return [];
    return [{ result: "waits", text: "the whole suite, in a fresh process …", facts: [] }];
  }
  const { passed, total, failed } = suite;
  const result = passed === total ? "passed" : "failed";
  return [
    { result, text: `the whole suite: ${passed} of ${total}`, facts: [] },
    ...failed.map((row, at) => rowLine(row, at < MOST_EXPLAINED)),
  ];
}
