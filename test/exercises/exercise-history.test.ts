// What a person wrote is stored, in turn and whole; what cannot be read or written is one sentence, and nothing stays open.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";
import { EXERCISE_SUITE } from "../../scripts/conformance/exercise-suite.ts";
import { readEdited } from "../../scripts/lab/exercises/edited-file.ts";
import { readExercise } from "../../scripts/lab/exercises/files.ts";
import { listVersions, reset, restore, storeVersion } from "../../scripts/lab/exercises/history.ts";
import { problemOf } from "../../scripts/lab/exercises/problems.ts";
import { openExerciseSession } from "../../scripts/lab/exercises/session.ts";
import {
  historyFolder,
  openWorkingCopy,
  readFiles,
} from "../../scripts/lab/exercises/working-copy.ts";
import { readIfThere } from "../../scripts/lab/stored-file.ts";
import { ROOT } from "../../scripts/lab/servers/variants.ts";

const FOLDER = path.join(ROOT, "work", `.test-history-${process.pid}`);
const { exercise, lesson } = await readExercise("4");
const variant = "cjs";
const EDITED = "manual.cjs";
let folder: string;
let notices: string[];

beforeEach(async () => {
  process.env["WORK_FOLDER"] = FOLDER;
  folder = await openWorkingCopy(exercise, variant);
  notices = [];
});
afterEach(async () => {
  delete process.env["WORK_FOLDER"];
  await rm(FOLDER, { recursive: true, force: true });
});

const write = (text: string) => writeFile(path.join(folder, EDITED), text);
const openSession = (onNotice = (sentence: string) => void notices.push(sentence)) =>
  openExerciseSession({
    exercise,
    lesson,
    variant,
    suite: EXERCISE_SUITE,
    onCheck: () => undefined,
    onNotice,
  });
async function storedTexts(): Promise<string[]> {
  const versions = await listVersions(exercise, variant, 9);
  return versions.map(({ files }) => files.get(EDITED)!);
}
/** What a lab that is not stopped would leave. */
const openPorts = () =>
  process.getActiveResourcesInfo().filter((each) => each === "TCPServerWrap").length;

it("names a version by the clock on the wall, and takes nothing else for one", async () => {
  const before = Date.now();
  await storeVersion(exercise, variant);
  const history = historyFolder(exercise, variant);
  await writeFile(path.join(history, ".DS_Store"), "");
  await writeFile(path.join(history, "2026-11-30T14-02-33.120Z"), "a file");
  await mkdir(path.join(history, "notes"));
  const [version, ...others] = await listVersions(exercise, variant, 9);
  expect(others).toEqual([]);
  // Without a zone, a time is local.
  const storedAt = new Date(version!.storedAt.replace(" ", "T")).getTime();
  expect(storedAt).toBeGreaterThanOrEqual(before);
  expect(storedAt).toBeLessThanOrEqual(Date.now());
});

it("stores what was there once, even if several ask at the same time, also a file of 1 MB", async () => {
  const start = await readFile(path.join(folder, EDITED), "utf8");
  const mine = "// mine\n".repeat(131_072);
  await write(mine);
  await Promise.all(Array.from({ length: 5 }, () => reset(exercise, variant)));
  expect((await storedTexts()).map((text) => text.length)).toEqual([start.length, mine.length]);
  expect(await readFile(path.join(folder, EDITED), "utf8")).toBe(start);
  const [, version] = await listVersions(exercise, variant, 2);
  await restore(exercise, variant, version!);
  expect((await readFiles(folder)).get(EDITED) === mine).toBe(true);
});

it("completes a working copy that was left half made, and overwrites nothing in it", async () => {
  const whole = await readFiles(folder);
  await rm(`${historyFolder(exercise, variant)}.start`);
  await rm(path.join(folder, "server.cjs"));
  await write("mine");
  await openWorkingCopy(exercise, variant);
  expect(await readFiles(folder)).toEqual(new Map([...whole, [EDITED, "mine"]]));
  // From then on, a person may remove a file.
  await rm(path.join(folder, "server.cjs"));
  await openWorkingCopy(exercise, variant);
  expect((await readFiles(folder)).has("server.cjs")).toBe(false);
});

it("leaves no half of a version, and overwrites nothing that is not stored", async () => {
  await write("mine");
  // There is no room in it for the name of a draft.
  await writeFile(path.join(folder, `${"long".repeat(60)}.json`), "{}");
  const session = await openSession();
  await expect(session.reset()).rejects.toThrow(/ cannot be written \(ENAMETOOLONG\)\.$/);
  await session.close();
  expect(notices).toEqual([expect.stringMatching(/ cannot be written \(ENAMETOOLONG\)\.$/)]);
  expect(await storedTexts()).toEqual([]);
  expect((await readFiles(folder)).get(EDITED)).toBe("mine");
});

it("is one sentence if the working copy cannot be read", async () => {
  await rm(folder, { recursive: true });
  await writeFile(folder, "a file where the folder should be");
  await expect(openSession()).rejects.toMatchObject({
    code: "CANNOT_STORE",
    message: expect.stringMatching(/cjs cannot be read \(ENOTDIR\)\.$/) as string,
  });
});

it("leaves nothing open if it cannot be opened", async () => {
  const ports = openPorts();
  const note = `${historyFolder(exercise, variant)}.start`;
  await rm(note);
  await mkdir(note);
  await expect(openSession()).rejects.toThrow(/cjs\.start cannot be read \(EISDIR\)\.$/);
  await expect.poll(openPorts).toBe(ports);
});

it("stays open if saves cannot be seen, and says so", async () => {
  const ports = openPorts();
  await writeFile(`${historyFolder(exercise, variant)}.start`, "of another start");
  const session = await openSession((sentence) => {
    notices.push(sentence);
    rmSync(folder, { recursive: true, force: true });
  });
  await session.close();
  expect(notices[1]).toMatch(/^Saves are not seen \(ENOENT: .*\): run the check yourself\.$/);
  await expect.poll(openPorts).toBe(ports);
});

it.skipIf(process.platform === "win32")(
  "a pipe that has replaced a file just now is not waited for",
  async () => {
    const pipe = path.join(folder, "pipe.cjs");
    await promisify(execFile)("mkfifo", [pipe]);
    await expect(readEdited(folder, "pipe.cjs")).rejects.toThrow(/not a plain file/);
    await expect(readIfThere(pipe)).rejects.toThrow(/pipe\.cjs cannot be read \(not a file\)/);
    // What a server prints is whatever a person has written.
    const printed = [`Error: Cannot find module '${pipe}' imported from ${pipe}`];
    expect(problemOf({ sentence: "", printed }, folder)).not.toHaveProperty("line");
  },
);
