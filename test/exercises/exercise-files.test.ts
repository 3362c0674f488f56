// What a page may do with the files of an exercise: edit those that it lists, and nothing else on this machine.
import { execFile } from "node:child_process";
import { link, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import type { Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, it } from "vitest";
import { folderOf, ROOT } from "../../scripts/lab/servers/variants.ts";
import { LONGEST_TEXT } from "../../scripts/model/edited-file.ts";
import type { ExerciseNews } from "../../scripts/model/protocol.ts";
import { openSandbox, type Sandbox } from "../../scripts/sandbox/sandbox.ts";
import { enter, keyOf, knock } from "../helpers/control-page.ts";
import { SMALL_SUITE } from "../helpers/small-suite.ts";

const WORK = path.join(ROOT, "work", `.test-files-${process.pid}`);
const FOLDER = path.join(WORK, "04-passport-or-manual", "cjs");
const FILE = path.join(FOLDER, "manual.cjs");
const PLACE = { exercise: "4", variant: "cjs" } as const;
const SOLUTION = await readFile(path.join(folderOf("cjs"), "manual.cjs"), "utf8");

let sandbox: Sandbox;
let page: Socket;
let start: string;
const mistakes: unknown[] = [];

beforeAll(async () => {
  process.env["WORK_FOLDER"] = WORK;
  process.env["PROGRESS_FOLDER"] = path.join(WORK, "kept");
  sandbox = await openSandbox({
    startsAhead: false,
    loadSuite: async () => SMALL_SUITE,
    onMistake: (error) => mistakes.push(error),
  });
  page = await enter(sandbox);
  const { answer } = await page.emitWithAck("openExercise", PLACE);
  start = answer.files[0].text;
});
afterAll(async () => {
  page.close();
  await sandbox.close();
  delete process.env["WORK_FOLDER"];
  delete process.env["PROGRESS_FOLDER"];
  await rm(WORK, { recursive: true, force: true });
});

async function read(): Promise<{ name: string; text: string; hash: string }> {
  const { answer } = await page.emitWithAck("openExercise", PLACE);
  return answer.files[0];
}

/** @returns the answer, or the sentence that refuses */
async function save(
  file: object,
  place: object = PLACE,
): Promise<{ answer?: { isWritten: boolean; file: { text: string } }; error?: string }> {
  return page.emitWithAck("saveFile", place, file);
}

/** The texts of all versions, the latest last. */
async function versions(): Promise<string[]> {
  const history = path.join(WORK, ".history", "04-passport-or-manual", "cjs");
  const names = (await readdir(history)).toSorted();
  return Promise.all(names.map((name) => readFile(path.join(history, name, "manual.cjs"), "utf8")));
}

/** What a page gets about its exercise, once it is as wanted. */
function told(of: Socket, isIt: (news: ExerciseNews) => unknown): Promise<ExerciseNews> {
  return new Promise((resolve) =>
    of.on("exercise", (news: ExerciseNews) => isIt(news) && resolve(news)),
  );
}

it("a page that has a key saves the files that the exercise lists, and each save is checked", async () => {
  const passed = told(page, ({ check }) => check?.rows.every(({ result }) => result === "passed"));
  const file = await read();
  expect(file).toMatchObject({ name: "manual.cjs", text: start });
  expect(await save({ ...file, text: SOLUTION })).toMatchObject({ answer: { isWritten: true } });
  expect(await readFile(FILE, "utf8")).toBe(SOLUTION);
  const { check } = await passed;
  // Traces are asked for one by one, and hold no secret.
  expect(JSON.stringify(check)).not.toContain('"trace"');
  const { answer } = await page.emitWithAck("exerciseRow", PLACE, "scheme-ours");
  expect(answer.cell.trace.steps.length).toBeGreaterThan(3);
  expect(JSON.stringify(answer)).not.toMatch(/eyJ[\w-]{20}/);
});

it("a stale hash overwrites nothing: both texts are stored, and the page is given the other one", async () => {
  const file = await read();
  await writeFile(FILE, "// from another editor\n");
  const { answer } = await save({ ...file, text: "// from the page\n" });
  expect(answer).toMatchObject({ isWritten: false, file: { text: "// from another editor\n" } });
  expect(await readFile(FILE, "utf8")).toBe("// from another editor\n");
  expect(await versions()).toEqual(
    expect.arrayContaining(["// from another editor\n", "// from the page\n"]),
  );
  // Of two tabs that save at once, one is first.
  const now = await read();
  const both = await Promise.all(["// one\n", "// two\n"].map((text) => save({ ...now, text })));
  expect(both.map(({ answer: saved }) => saved?.isWritten)).toEqual([true, false]);
});

it("a file keeps its CRLF, and what the page cannot show whole it does not write", async () => {
  await writeFile(FILE, start.replaceAll("\n", "\r\n"));
  const file = await read();
  expect(file.text).toBe(start);
  await save({ ...file, text: `// mine\n${start}` });
  expect(await readFile(FILE, "utf8")).toBe(`// mine\n${start}`.replaceAll("\n", "\r\n"));
  for (const [bytes, sentence] of [
    [Buffer.from([0x2f, 0x2f, 0xff, 0x0a]), "manual.cjs is not text in UTF-8."],
    [Buffer.alloc(1_000_000, "/"), /manual\.cjs is too large for the page/],
  ] as const) {
    await writeFile(FILE, bytes);
    expect(await read()).toEqual({ name: "manual.cjs", problem: expect.stringMatching(sentence) });
    expect((await save({ ...file, text: "" })).error).toMatch(sentence);
    // As one value: to show how a million elements differ takes a while.
    expect((await readFile(FILE)).equals(bytes)).toBe(true);
  }
  await writeFile(FILE, start);
});

it.each([
  "server.cjs",
  "manual.mjs",
  "./manual.cjs",
  "../cjs/manual.cjs",
  "..%2Fcjs%2Fmanual.cjs",
  "..\\cjs\\manual.cjs",
  "../../../../package.json",
  path.join(ROOT, "package.json"),
  "manual.cjs\0",
  "manual.cjs/",
  "MANUAL.CJS",
  "",
])("refuses the name %j, to save and to compare", async (name) => {
  const file = await read();
  const refusal = "Exercise 4 edits manual.cjs, and no other file.";
  expect(await save({ ...file, name, text: "planted" })).toEqual({ error: refusal });
  expect(await page.emitWithAck("compareExercise", PLACE, { name, text: "" }, "disk")).toEqual({
    error: refusal,
  });
});

it("refuses a wrong call: another exercise, another format, a text that is too large, a version that does not exist", async () => {
  const file = await read();
  const long = "/".repeat(LONGEST_TEXT);
  for (const [place, mine, sentence] of [
    [{ ...PLACE, exercise: "../4" }, file, /exercise: /],
    [{ ...PLACE, variant: "../cjs" }, file, /variant: /],
    [{ ...PLACE, variant: "esm" }, file, "Exercise 4 is not open in this page."],
    [{ ...PLACE, exercise: "5" }, file, "Exercise 5 is not open in this page."],
    [PLACE, { ...file, text: long }, /text: a text that is not too large/],
    [PLACE, { ...file, text: 1 }, /text: /],
    [PLACE, { name: file.name, text: "" }, /hash: /],
    [PLACE, { ...file, more: 1 }, /more: /],
  ] as const)
    expect((await save(mine, place)).error).toMatch(sentence);
  for (const storedAt of ["../../cjs", "2026-11-30 14:02:33.120"])
    expect((await page.emitWithAck("restoreExercise", PLACE, storedAt)).error).toMatch(
      /no version/,
    );
  expect((await page.emitWithAck("openExercise", { ...PLACE, exercise: "99" })).error).toMatch(
    /There is no exercise "99"/,
  );
});

const outside = path.join(WORK, "outside.txt");

const STRANGERS: [what: string, plant: () => Promise<unknown>, sentence: RegExp][] = [
  ["a symbolic link", () => symlink(outside, FILE), /manual\.cjs is a link/],
  ["a link to nowhere", () => symlink(`${outside}.absent`, FILE), /manual\.cjs is a link/],
  ["a hard link", () => link(outside, FILE), /manual\.cjs is a link/],
  ["a folder", () => mkdir(FILE), /manual\.cjs is not a plain file/],
  ["a pipe", () => promisify(execFile)("mkfifo", [FILE]), /manual\.cjs is not a plain file/],
];

it.each(STRANGERS.filter(([what]) => process.platform !== "win32" || what !== "a pipe"))(
  "%s in the place of a file is neither read nor written",
  async (_what, plant, sentence) => {
    const file = await read();
    await writeFile(outside, "outside");
    await rm(FILE);
    await plant();
    try {
      expect(await read()).toEqual({
        name: "manual.cjs",
        problem: expect.stringMatching(sentence),
      });
      expect((await save({ ...file, text: "planted" })).error).toMatch(sentence);
      expect(await readFile(outside, "utf8")).toBe("outside");
      expect(await readdir(WORK)).not.toContain("outside.txt.absent");
    } finally {
      await rm(FILE, { recursive: true });
      await writeFile(FILE, start);
    }
  },
);

it("a folder that leads elsewhere is neither read nor written", async () => {
  const file = await read();
  const moved = path.join(WORK, "elsewhere");
  await rename(FOLDER, moved);
  await symlink(moved, FOLDER);
  try {
    expect((await save({ ...file, text: "planted" })).error).toMatch(/cjs is a link to another/);
    expect(await readFile(path.join(moved, "manual.cjs"), "utf8")).toBe(start);
  } finally {
    await rm(FOLDER);
    await rename(moved, FOLDER);
  }
});

it("without a key, or from another origin, there is nobody to ask", async () => {
  const file = await read();
  for (const [key, headers] of [
    [undefined, {}],
    [keyOf(sandbox), { origin: "http://evil.example" }],
  ] as const) {
    const stranger = knock(sandbox.lab.origin, key, { headers });
    const refused = new Promise((resolve) => stranger.once("connect_error", resolve));
    stranger.emit("saveFile", PLACE, { ...file, text: "planted" });
    await refused;
    stranger.close();
  }
  expect(await readFile(FILE, "utf8")).toBe(start);
});

it("two exercises are open at most; one that its last page leaves makes room", async () => {
  const same = await enter(sandbox);
  const second = await enter(sandbox);
  const third = await enter(sandbox);
  const { answer } = await same.emitWithAck("openExercise", PLACE);
  expect(answer.notice).toMatch(/Another tab has this exercise open/);
  await second.emitWithAck("openExercise", { ...PLACE, variant: "esm" });
  const asked = { ...PLACE, exercise: "5" };
  const refused = await third.emitWithAck("openExercise", asked);
  expect(refused.error).toMatch(/2 exercises are open in other tabs/);
  await second.emitWithAck("leaveExercise");
  expect(await third.emitWithAck("openExercise", asked)).toHaveProperty("answer.title");
  for (const each of [same, second, third]) each.close();
  expect(mistakes).toEqual([]);
});
