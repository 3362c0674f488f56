// A typing error is reported with its file and line, in every format, and the server is stopped.
import { rm } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { EXERCISE_SUITE } from "../../scripts/conformance/exercise-suite.ts";
import { type Checker, openChecker } from "../../scripts/lab/exercises/checker.ts";
import { readExercise } from "../../scripts/lab/exercises/files.ts";
import { problemOf, readGuardLine } from "../../scripts/lab/exercises/problems.ts";
import {
  type Files,
  readFiles,
  startFiles,
  workingFolder,
  writeFiles,
} from "../../scripts/lab/exercises/working-copy.ts";
import { extensionOf, folderOf, ROOT } from "../../scripts/lab/servers/variants.ts";
import { type Variant, VARIANTS } from "../../scripts/model/vocabulary.ts";
import { ENDLESS } from "../helpers/endless.ts";

const FOLDER = path.join(ROOT, "work", `.test-mistakes-${process.pid}`);
const { exercise, lesson } = await readExercise("4");
/** A line of the handler, and one that runs when the file is loaded. */
const IN_HANDLER = "const header =";
const AT_START = /^(?:export )?function createManualCheck/m;

type Mistake = [typed: string, before: string | RegExp, message: RegExp];
/** Waits most of its time, so that it takes little from what runs beside it. */
const FLOOD = ENDLESS.replace(" Atomics", " console.log('flood'.repeat(4_000)), Atomics");
/**
 * The text that is typed before a place, and the message about it. In one format; what differs between them is in others.
 * The tests of an exercise in a terminal and on the page have a syntax error and a call of process.exit.
 */
const MISTAKES: Mistake[] = [
  ["for (;;);", AT_START, /^Your code loops without an end here/],
  [FLOOD, IN_HANDLER, /loops without an end here|more than 1 MB/],
  ["setImmediate(() => { throw new Error('later'); });", IN_HANDLER, /^Error: later$/],
  ["throw new Error('now');", AT_START, /^Error: now$/],
];
const MISTAKES_OF: Record<Variant, Mistake[]> = {
  cjs: MISTAKES,
  esm: [["const = 1;", IN_HANDLER, /^SyntaxError: Unexpected token '='/]],
  // The line is found by a source map, and the message is that of tsx.
  ts: [
    ["const = 1;", IN_HANDLER, /^SyntaxError: Expected identifier but found "="/],
    [ENDLESS, IN_HANDLER, /^Your code loops without an end here/],
  ],
};

describe.each(VARIANTS)("a mistake in %s", (variant) => {
  const name = `manual.${extensionOf(variant)}`;
  const folderOfCopy = (): string => workingFolder(exercise, variant);
  let start: Files;
  let checker: Checker;
  beforeAll(async () => {
    process.env["WORK_FOLDER"] = FOLDER;
    start = await startFiles(exercise, variant);
    const folder = folderOfCopy();
    checker = await openChecker({ exercise, lesson, variant, folder, suite: EXERCISE_SUITE });
  });
  afterAll(async () => {
    delete process.env["WORK_FOLDER"];
    await checker.close();
    await rm(FOLDER, { recursive: true, force: true });
  });

  /** Checks one row with that text before the place. @returns the check, and the line of the text */
  async function checkWith(typed: string, before: string | RegExp, rows = ["scheme-ours"]) {
    const text = start.get(name)!.replace(before, (found) => `${typed}\n${found}`);
    await writeFiles(folderOfCopy(), new Map([...start, [name, text]]));
    const check = await checker.check(undefined, rows);
    const line = text.split("\n").findIndex((each) => each.includes(typed)) + 1;
    return { ...check, line };
  }

  it.each(MISTAKES_OF[variant])("%s", async (typed, before, message) => {
    const { problem, line, isSolved } = await checkWith(typed, before);
    expect(problem).toEqual({
      message: expect.stringMatching(message) as string,
      // A flood may be stopped before anybody has looked where it comes from.
      ...(!problem?.message.includes("1 MB") && { file: name, line }),
    });
    expect(isSolved).toBe(false);
  });

  it("absent();, which is swallowed into a 401", async () => {
    const { rows, line } = await checkWith("absent();", IN_HANDLER);
    const message = expect.stringContaining("absent is not defined") as string;
    expect(rows).toMatchObject([{ result: "failed", threw: { message, file: name, line } }]);
  });

  // What is printed, and which row has met it, is the same in each format.
  if (variant !== "cjs") return;

  it("what is thrown counts for the row that met it alone", async () => {
    const typed = "if (/^B/.test(req.headers.authorization)) req.absent();\ngone();";
    const wanted = ["scheme-ours", "spaces-ours", "header.spaces-ten"];
    const { rows } = await checkWith(typed, IN_HANDLER, wanted);
    const lines = start.get(name)!.split("\n");
    const line = lines.findIndex((each) => each.includes(IN_HANDLER)) + 1;
    expect(rows.map(({ id, reason, threw }) => [id, reason, threw?.line])).toEqual([
      ["scheme-ours", "req.absent is not a function", line],
      ["spaces-ours", "gone is not defined", line + 1],
      // It may have been thrown elsewhere.
      ["header.spaces-ten", "gone is not defined", undefined],
    ]);
  });

  it("a server that floods without a loop", async () => {
    const { problem } = await checkWith("console.log('flood'.repeat(400_000));", AT_START);
    expect(problem?.message).toBe("The server printed more than 1 MB; it was stopped.");
  });
});

describe("a mistake outside the exercise's files", () => {
  let folder: string;
  let checker: Checker;
  beforeEach(async () => {
    process.env["WORK_FOLDER"] = FOLDER;
    folder = workingFolder(exercise, "cjs");
    const parts = { exercise, lesson, variant: "cjs" as const, suite: EXERCISE_SUITE };
    checker = await openChecker({ ...parts, folder });
  });
  afterEach(async () => {
    await checker.close();
    delete process.env["WORK_FOLDER"];
    await rm(FOLDER, { recursive: true });
  });

  async function writeProgram(files: Files, text: string, other: string): Promise<void> {
    const program = files.get("start.cjs")!.replace(text, () => other);
    await writeFiles(folder, new Map([...files, ["start.cjs", program]]));
  }

  it.each([
    ["settings.host, ", '"0.0.0.0", ', /^The server listens at http:\/\/0\.0\.0\.0:\d+, and must/],
    ["console.log(`listening", "void (`listening", /^The server was ended after 5 s/],
  ])("%s", async (text, other, message) => {
    await writeProgram(await startFiles(exercise, "cjs"), text, other);
    const { problem } = await checker.check(undefined, ["scheme-ours"]);
    expect(problem?.message).toMatch(message);
  });

  it("a server that does not start in the process of the whole suite is a problem, and the next check runs", async () => {
    const alone = 'if (require.main === module) throw new Error("alone");\n';
    await writeProgram(await readFiles(folderOf("cjs")), "const", `${alone}const`);
    const { problem, rows, isOver, isSolved } = await checker.check();
    expect(rows.every(({ result }) => result === "passed")).toBe(true);
    expect({ problem, isOver, isSolved }).toEqual({
      problem: { message: "Error: alone", file: "start.cjs", line: expect.any(Number) as number },
      isOver: true,
      isSolved: false,
    });
    expect((await checker.check(undefined, ["scheme-ours"])).problem).toBeUndefined();
  });
});

it("no token is shown that a server prints as it fails, or that its code throws", () => {
  const token = `eyJhbGciOiJIUzI1NiJ9.${"a".repeat(40)}.${"b".repeat(37)}123456`;
  const message = `Error: ${token} is bad`;
  const masked = "Error: …123456 is bad";
  expect(problemOf({ sentence: "The server ended (1).", printed: [message] }, FOLDER)).toEqual({
    message: masked,
  });
  const threw = { file: "manual.cjs", line: 1, message };
  expect(readGuardLine(`guard ${JSON.stringify({ threw })}`)?.threw?.message).toBe(masked);
  // A person's own line that looks like one of the guard.
  expect(readGuardLine('guard {"threw":{}}')).toEqual({});
});

it("the place is found in a folder whose name a URL encodes", () => {
  const printed = ["file:///home/a%20b/%C3%96/manual.mjs:10", "", "SyntaxError: Unexpected token"];
  const problem = problemOf({ sentence: "The server ended (1).", printed }, "/home/a b/Ö");
  expect(problem).toEqual({
    message: "SyntaxError: Unexpected token",
    file: "manual.mjs",
    line: 10,
  });
});
