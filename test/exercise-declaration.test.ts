// An exercise is declared strictly: what is missing, misspelt or judged by nothing is one sentence.
import { describe, expect, it } from "vitest";
import { parseExercise, parseWords } from "../scripts/lab/exercises/declaration.ts";

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
    [{ files: ["manual", "bearer"] }, '"files" has "bearer", and "changes" has no change of it.'],
  ])("refuses %j", (more, sentence) => {
    expect(parse(more)).toThrow(sentence);
    expect(parse(more)).toThrow(/^e\.json: /);
  });
});

describe("exercise.md", () => {
  const HINTS = "## Hints\n\n1. Which one,\n   and why?\n2. This one.\n";
  const SOLVED = "\n## Solved\n\nBecause.\n";

  it("has the task, hints in their order, and what is said once it is solved", () => {
    expect(parseWords(`Do it.\n\n${HINTS}${SOLVED}`, "e.md")).toEqual({
      task: "Do it.",
      hints: ["Which one, and why?", "This one."],
      solved: "Because.",
    });
  });

  it.each([
    [HINTS + SOLVED, "the task is missing"],
    [`Do it.\n${SOLVED}`, 'must have a section "## Hints"'],
    [`Do it.\n${HINTS}`, 'must have a section "## Solved"'],
    [`Do it.\n## Hints\n1. One?\n${SOLVED}`, "a numbered list of two or more"],
    [`Do it.\n## Hints\n1. One.\n2. Two.\n${SOLVED}`, "and the first a question"],
  ])("refuses %j", (words, sentence) => {
    expect(() => parseWords(words, "e.md")).toThrow(sentence);
  });
});
