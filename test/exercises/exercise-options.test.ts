// An exercise on the client's side: what a person's options do in Node and in a page, and what of them goes wrong where.
import { rm } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EXERCISE_SUITE } from "../../scripts/conformance/exercise-suite.ts";
import { type Checker, openChecker } from "../../scripts/lab/exercises/checker.ts";
import { readExercise } from "../../scripts/lab/exercises/files.ts";
import { runOwn } from "../../scripts/lab/exercises/own-client.ts";
import { openWorkingOptions } from "../../scripts/lab/exercises/own-options.ts";
import {
  solutionFiles,
  startFiles,
  workingFolder,
  writeFiles,
} from "../../scripts/lab/exercises/working-copy.ts";
import { type Lab, openLab } from "../../scripts/lab/lab.ts";
import { choiceOf } from "../../scripts/lab/lessons/choice.ts";
import { ROOT } from "../../scripts/lab/servers/variants.ts";
import { ENDLESS } from "../helpers/endless.ts";

const FOLDER = path.join(ROOT, "work", `.test-options-${process.pid}`);
process.env["WORK_FOLDER"] = FOLDER;
const { exercise, lesson } = await readExercise("3");
const folder = workingFolder(exercise, "esm");
const NAME = "client-options.mjs";
const start = (await startFiles(exercise, "esm")).get(NAME)!;
const solution = (await solutionFiles(exercise, "esm")).get(NAME)!;
const save = (text: string): Promise<void> => writeFiles(folder, new Map([[NAME, text]]));
const IN_FUNCTION = "  return {";

afterAll(() => {
  delete process.env["WORK_FOLDER"];
  return rm(FOLDER, { recursive: true, force: true });
});

describe("what was mistyped", () => {
  let checker: Checker;
  beforeAll(async () => {
    await save(start);
    const parts = { exercise, lesson, variant: "esm" as const, folder, suite: EXERCISE_SUITE };
    checker = await openChecker(parts);
  });
  afterAll(() => checker.close());

  it.each([
    ["const = 1;", /^SyntaxError: Unexpected token '='/],
    [ENDLESS, /^Your code loops without an end here/],
    ["throw new Error('now');", /^Error: now$/],
    ["process.exit(3);", /^Error: process\.exit\(3\) was called$/],
    ["import('node:fs');", /^In a page: Could not resolve "node:fs"$/],
  ])("%s is said with its line, and no row is judged", async (typed, message) => {
    await save(solution.replace(IN_FUNCTION, `${typed}\n${IN_FUNCTION}`));
    const { problem, rows, isSolved } = await checker.check();
    const line = solution.split("\n").indexOf(IN_FUNCTION) + 1;
    const found = expect.stringMatching(message) as string;
    expect(problem).toEqual({ message: found, file: NAME, line });
    expect(new Set(rows.map(({ result }) => result))).toEqual(new Set(["waits"]));
    expect(isSolved).toBe(false);
  });

  it.each([
    ["export const other = 1;", /clientOptions must be exported/],
    ["export const clientOptions = () => {};", /must return an object with options, got undefined/],
  ])("%s", async (text, message) => {
    await save(text);
    expect((await checker.check()).problem?.message).toMatch(message);
  });

  it.each([
    ["if (globalThis.document) for (;;);", /^The page did not come to the end of your code\.$/],
    ["if (globalThis.document) absent();", /^The page failed: ReferenceError: absent is not/],
  ])("%s fails in the page alone", async (typed, message) => {
    await save(solution.replace(IN_FUNCTION, `${typed}\n${IN_FUNCTION}`));
    const { rows, isSolved } = await checker.check(undefined, ["payload.browser", "payload.node"]);
    const seen = expect.stringMatching(message) as string;
    expect(rows).toMatchObject([{ result: "failed", seen }, { result: "passed" }]);
    expect(isSolved).toBe(false);
  });

  it("files that are saved again while their program starts are read as they are then", async () => {
    await save(solution);
    const own = openWorkingOptions(exercise, "esm", folder);
    const reads = [1, 2, 3].map(() => {
      own.renew();
      return own.read("a token");
    });
    expect((await Promise.allSettled(reads)).at(-1)).toMatchObject({ status: "fulfilled" });
    await own.stopAll();
  });

  it("what the solution says in another way solves it, too", async () => {
    await save(solution.replace("auth: { token }", "auth: (use) => use({ token })"));
    const { isSolved, remark } = await checker.check();
    expect({ isSolved, remark }).toEqual({ isSolved: true, remark: undefined });
  });
});

describe("without a browser", () => {
  let real: Lab;
  beforeAll(async () => {
    real = await openLab();
  });
  afterAll(() => real.close());

  it("one that a person has named is a problem of the check", async () => {
    await save(solution);
    const named = process.env["CHROME_PATH"];
    process.env["CHROME_PATH"] = "/nonexistent";
    const parts = { exercise, lesson, variant: "esm" as const, folder, suite: EXERCISE_SUITE };
    const checker = await openChecker(parts);
    try {
      const { problem, isOver, isSolved } = await checker.check();
      expect(problem?.message).toMatch(/^CHROME_PATH must be the path of a browser's program/);
      expect({ isOver, isSolved }).toEqual({ isOver: true, isSolved: false });
    } finally {
      if (named === undefined) delete process.env["CHROME_PATH"];
      else process.env["CHROME_PATH"] = named;
      await checker.close();
    }
  });

  it.each([
    ["payload", start, "refused", "refused"],
    ["payload", solution, "connected", "connected"],
    ["websocket", solution, "refused", "connected"],
  ])("Node does %s as a page does", async (id, text, inPage, inNode) => {
    await save(text);
    const lab = { ...real, browserName: () => Promise.resolve(undefined) };
    const own = openWorkingOptions(exercise, "esm", folder);
    try {
      const attempt = lesson.attempts.find((each) => each.id === id)!;
      const choice = choiceOf(lesson, attempt, lesson.switches);
      const [page] = (await runOwn(lab, own, choice, "browser")).outcome;
      const [node] = (await runOwn(lab, own, choice, "node")).outcome;
      expect([page!.result, node!.result]).toEqual([inPage, inNode]);
    } finally {
      await own.stopAll();
    }
  });
});
