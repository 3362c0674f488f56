// An exercise is declared strictly: what is missing, misspelt or judged by nothing is one sentence.
import { describe, expect, it } from "vitest";
import {
  parseExercise,
  parseWords,
  refuseForeignHints,
} from "../../scripts/lab/exercises/declaration.ts";
import type { Check, CheckRow } from "../../scripts/model/exercise.ts";
import { fittingHint } from "../../scripts/model/exercise-hint.ts";

const change = { file: "manual", text: "a", replacement: ["b", "c"] };
const wrong = { what: "Nothing is checked.", changes: [change], caughtBy: ["row"] };
const GOOD = {
  title: "Check it",
  auth: "manual",
  files: ["manual"],
  changes: [change],
  rows: ["row"],
  cases: ["header"],
  failsAtStart: ["row", "header.tab"],
  wrong: [wrong, wrong],
};
const parse = (more: object) => () => parseExercise(JSON.stringify({ ...GOOD, ...more }), "e.json");

describe("exercise.json", () => {
  it("lists changes as weaker forms do", () => {
    expect(parse({})().changes).toEqual([{ ...change, replacement: "b\nc" }]);
  });

  it.each([
    [{ wrong: [wrong] }, '"wrong" must be at least two tempting wrong solutions'],
    [{ hints: [] }, '"hints" is not known here'],
    [{ auth: undefined }, '"auth" is missing.'],
    [{ failsAtStart: ["other"] }, '"other" must be among "rows" or "cases"'],
    [{ failsAtStart: ["headers.tab"] }, '"headers.tab" must be among'],
    [{ wrong: [wrong, { ...wrong, caughtBy: ["x"] }] }, '"x" must be among "rows" or "cases"'],
    [{ files: ["bearer"] }, 'must be of a file in "files" (bearer), got "manual".'],
    [{ side: "client" }, '"cases" must be empty: the suite judges servers'],
    [{ startsIn: { mjs: "cjs" } }, '"startsIn'],
    [{ files: ["manual", "bearer"] }, '"files" has "bearer", and "changes" has no change of it.'],
  ])("refuses %j", (more, sentence) => {
    expect(parse(more)).toThrow(sentence);
    expect(parse(more)).toThrow(/^e\.json: /);
  });
});

const hintedAt = (id: string) => ({
  rows: ["row"],
  cases: ["header"],
  rowHints: new Map([[id, "Look."]]),
});

const check = (...results: CheckRow["result"][]): Pick<Check, "rows"> => ({
  rows: results.map((result, at) => ({
    id: ["first", "second", "other"][at]!,
    title: "",
    failedAtStart: at < 2,
    result,
  })),
});

function wholeSuite(): NonNullable<Check["suite"]> {
  return { passed: 1, total: 2, failed: check("passed", "passed", "failed").rows.slice(2) };
}

describe("exercise.md", () => {
  const HINTS = "## Hints\n\n1. Which one,\n   and why?\n2. This one.\n";
  const FAILS = "\n## Where a row fails\n\n- `row`: Look\n  there.\n";
  const SOLVED = "\n## Solved\n\nBecause.\n";

  it("has the task, hints in their order, and the words after the solution", () => {
    expect(parseWords(`Do it.\n\n${HINTS}${FAILS}${SOLVED}`, "e.md")).toEqual({
      task: "Do it.",
      hints: ["Which one, and why?", "This one."],
      rowHints: new Map([["row", "Look there."]]),
      solved: "Because.",
    });
  });

  it.each([
    [HINTS + FAILS + SOLVED, "the task is missing"],
    [`Do it.\n${SOLVED}`, 'must have a section "## Hints"'],
    [`Do it.\n${HINTS}${FAILS}`, 'must have a section "## Solved"'],
    [`Do it.\n## Hints\n1. One?\n${SOLVED}`, "a numbered list of two or more"],
    [`Do it.\n${HINTS}${SOLVED}`, 'must have a section "## Where a row fails"'],
    [`Do it.\n${HINTS}\n## Where a row fails\n- row: Look.\n${SOLVED}`, 'got "row: Look."'],
    [`Do it.\n## Hints\n1. One.\n2. Two.\n${SOLVED}`, "and the first a question"],
  ])("refuses %j", (words, sentence) => {
    expect(() => parseWords(words, "e.md")).toThrow(sentence);
  });

  it("has hints for rows and cases alone", () => {
    for (const id of ["row", "header.tab", "starts"])
      expect(() => refuseForeignHints(hintedAt(id), "e.md")).not.toThrow();
    expect(() => refuseForeignHints(hintedAt("other"), "e.md")).toThrow(
      'e.md: "other" must be among "rows" or "cases" of the exercise.',
    );
  });
});

describe("the hint that fits", () => {
  const rowHints = new Map([
    ["first", "One."],
    ["other", "Two."],
  ]);
  it.each([
    ["as at the start", check("failed", "failed", "passed"), undefined],
    ["another row of the start passes", check("failed", "passed", "passed"), "One."],
    ["a row broke", check("failed", "failed", "failed"), "Two."],
    ["it was not judged", check("passed", "failed", "too busy"), undefined],
    [
      "a case of the whole suite fails",
      { ...check("passed", "passed"), suite: wholeSuite() },
      "Two.",
    ],
  ])("%s", (_, now, hint) => {
    expect(fittingHint({ rowHints }, now)).toBe(hint);
    expect(fittingHint({ rowHints }, undefined)).toBeUndefined();
  });
});
