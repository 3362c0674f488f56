// A person's way through three exercises, one in each format, in a real terminal: every save is checked, and nothing that was
// written is lost.
import { copyFile, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, expect, it } from "vitest";
import { keyIn } from "../../public/page/shell/key.ts";
import { folderOf, ROOT } from "../../scripts/lab/servers/variants.ts";
import type { ExerciseNews } from "../../scripts/model/protocol.ts";
import { knock, welcomeOf } from "../helpers/control-page.ts";
import { ENDLESS } from "../helpers/endless.ts";
import { descendantsOf, isRunning } from "../helpers/descendants.ts";
import { lastingPort } from "../helpers/lasting-port.ts";
import { runCommand, startCommand } from "../helpers/node-process.ts";
import { openTerminal, type RealTerminal } from "../helpers/real-terminal.ts";

const FOLDER = path.join(ROOT, "work", `.test-live-${process.pid}`);
const env = { WORK_FOLDER: FOLDER, PROGRESS_FOLDER: path.join(FOLDER, "kept") };
const NAME = "04-passport-or-manual";
const FILE = path.join(FOLDER, NAME, "cjs", "manual.cjs");
const HISTORY = path.join(FOLDER, ".history", NAME, "cjs");
const SOLUTION = await readFile(path.join(folderOf("cjs"), "manual.cjs"), "utf8");
const LIMIT = { timeout: 180_000 };

let opened: RealTerminal | undefined;
afterEach(({ task }) => {
  if (task.result?.state === "fail") console.error(opened?.lines().join("\n"));
});
afterAll(async () => {
  opened?.press("q");
  await opened?.ended;
  await rm(FOLDER, { recursive: true, force: true });
});

/** @param begins what is seen first */
async function openExercise(id: string, format: string, begins: RegExp): Promise<RealTerminal> {
  const args = ["exercise", id, "--format", format];
  const { CHROME_FROM = "", CHROME_PATH = "" } = process.env;
  const browser = CHROME_PATH ? { CHROME_PATH } : { CHROME_FROM };
  opened = openTerminal(args, { columns: 100, rows: 60 }, { ...env, ...browser });
  await opened.shows(begins);
  return opened;
}

/** The latest last. */
async function storedVersions(): Promise<string[]> {
  const names = (await readdir(HISTORY)).toSorted((one, other) => (one < other ? -1 : 1));
  return Promise.all(
    names.map((name) =>
      readFile(path.join(HISTORY, name, "manual.cjs"), "utf8").catch(() => "not there"),
    ),
  );
}

/** As vim saves. */
async function saveByRename(text: string): Promise<void> {
  await writeFile(`${FILE}~`, text);
  await rename(`${FILE}~`, FILE);
}

it(
  "a server in CommonJS: saves are checked, hints and comparisons shown, versions brought back",
  LIMIT,
  async () => {
    const terminal = await openExercise("4", "cjs", /✗ Spelled Bearer: ours/);
    const start = await readFile(FILE, "utf8");
    const saved = (typed: string): string =>
      start.replace("const header", `${typed}\n      const header`);
    await terminal.shows(/the server says: The scheme is not bearer\./);
    // As an editor keeps beside the file: it is in no version.
    await writeFile(`${FILE}.swp`, "");
    terminal.press("h");
    await terminal.shows(/1\. Which part of the header/);
    terminal.press("h");
    await terminal.shows(/2\. `startsWith` and `slice`/);
    terminal.press("\u001B");
    await terminal.shows(/(\d+) of \1 others still pass/);

    await writeFile(FILE, saved("const = 1;"));
    await terminal.shows(/✗ manual\.cjs, line 10: SyntaxError: Unexpected token '='/);
    await saveByRename(saved("absent();"));
    await terminal.shows(
      /your code threw: manual\.cjs, line 10: ReferenceError: absent is not defined/,
    );
    await writeFile(FILE, "");
    await terminal.shows(/✗ .*TypeError: createManualCheck is not a function/);
    await rm(FILE);
    await terminal.shows(/✗ .*Error: Cannot find module '\.\/manual\.cjs'/);

    // Only the last of many counts.
    for (let at = 0; at < 20; at += 1) await writeFile(FILE, saved(`// ${at}`));
    await saveByRename(SOLUTION.replaceAll("\n", "\r\n"));
    // The whole suite begins, which the tests of commands see to its end; here the next save breaks it off.
    await terminal.shows(/✓ Spelled Bearer: ours/);
    terminal.press("d");
    await terminal.shows(/\+ .*readBearerToken\(req\)/);
    terminal.press("\u001B");

    terminal.press("x");
    await terminal.shows(/Begin again\?/);
    terminal.press("n");
    terminal.press("u");
    // Earlier states are listed after what began before: had "n" begun again, nothing would be left of the solution.
    await terminal.shows(/A digit brings a version back/);
    expect(await readFile(FILE, "utf8")).toContain("\r\n");
    terminal.press("x");
    await terminal.shows(/Begin again\?/);
    terminal.press("y");
    await terminal.shows(/✗ Spelled Bearer: ours/);
    expect(await readFile(FILE, "utf8")).toBe(start);
    // Stored while it is checked.
    await expect.poll(async () => (await storedVersions()).at(-1), { timeout: 20_000 }).toBe(start);
    terminal.press("u");
    await terminal.shows(/A digit brings a version back/);
    terminal.press("2");
    await terminal.shows(/✓ Spelled Bearer: ours/);
    expect(await readFile(FILE, "utf8")).toBe(SOLUTION.replaceAll("\n", "\r\n"));

    // Of two in a moment, the last counts.
    terminal.press("ff");
    await terminal.shows(/\(ts\)[^]*✗ Spelled Bearer: ours/);
    terminal.press("q");
    expect(await terminal.ended).toBe(0);

    const names = await readdir(HISTORY, { recursive: true });
    expect(names.filter((name) => /[\\/]/.test(name) && !name.endsWith("manual.cjs"))).toEqual([]);
    // Each changed save is there, with or without later ones.
    const versions = await storedVersions();
    for (const typed of ["const = 1;", "absent();"]) expect(versions).toContain(saved(typed));
  },
);

it("an ES module: goes on after a crash, in another terminal", LIMIT, async () => {
  const file = path.join(FOLDER, "06-three-module-formats", "esm", "passport.mjs");
  const solution = await readFile(path.join(folderOf("esm"), "passport.mjs"), "utf8");
  let terminal = await openExercise("6", "esm", /✗ server\.mjs, line \d+: SyntaxError: /);
  const IN_FUNCTION = "  const passport = new Passport();";
  await writeFile(file, solution.replace(IN_FUNCTION, `process.exit(3);\n${IN_FUNCTION}`));
  const crash = /✗ passport\.mjs, line 11: Error: process\.exit\(3\) was called/;
  await terminal.shows(crash);
  terminal.press("\u0003");
  expect(await terminal.ended).toBe(0);
  terminal = await openExercise("6", "esm", crash);
  await writeFile(file, solution);
  await terminal.shows(/✓ starts/);
  terminal.press("q");
  expect(await terminal.ended).toBe(0);
});

it(
  "the options of a client in TypeScript: a loop, types that say nothing, solved",
  LIMIT,
  async () => {
    const folder = path.join(ROOT, "lessons", "03-websocket-only", "exercise-solution");
    const file = path.join(FOLDER, "03-websocket-only", "ts", "client-options.ts");
    const solution = await readFile(path.join(folder, "client-options.ts"), "utf8");
    const terminal = await openExercise("3", "ts", /✗ .*: a page {2}payload\.browser/);
    // The trace names the browser that made the attempt.
    terminal.press("\u001B[B\r");
    await terminal.shows(/Chrom\w+ \d+/);
    terminal.press("\u001B");
    await writeFile(file, solution.replace("  return {", `  ${ENDLESS}\n  return {`));
    await terminal.shows(/✗ client-options\.ts, line 8: Your code loops without an end here/);
    await writeFile(file, solution.replace("token: string", "token: any"));
    await terminal.shows(/✗ types: client-options\.ts, line 7: Unexpected `any`/);
    await writeFile(file, solution);
    await terminal.shows(/✓ types\s+Solved\./);
    expect(terminal.written()).not.toContain("the whole suite");
    terminal.press("q");
    expect(await terminal.ended).toBe(0);
    const list = await runCommand("exercise", [], { env });
    expect(list.stdout).toMatch(/✓ solved in ts/);
  },
);

it("goes on where it was left, and offers a start that has changed since; a page can have it open, too", async () => {
  await runCommand("exercise", ["4", "--hint", "1"], { env });
  await copyFile(path.join(folderOf("cjs"), "manual.cjs"), FILE);
  await writeFile(`${HISTORY}.start`, "of another start");
  const terminal = await openExercise("4", "cjs", /✓ Spelled Bearer: ours/);
  await terminal.shows(/The exercise has changed since you began: x begins again/);
  expect(await readFile(FILE, "utf8")).toBe(SOLUTION);
  // Elsewhere nobody lists what a process has started.
  if (process.platform === "linux") await openInPage();
  terminal.press("\u0003");
  expect(await terminal.ended).toBe(0);
});

/** The same exercise in a sandbox, which is ended while it checks: nothing of it goes on. */
async function openInPage(): Promise<void> {
  const own = { WORK_FOLDER: FOLDER, PROGRESS_FOLDER: path.join(FOLDER, "other") };
  const command = startCommand("sandbox", ["--port", String(await lastingPort())], { env: own });
  const [address = ""] = await command.printed(/http:\S+/);
  const page = knock(new URL(address).origin, keyIn(address));
  await welcomeOf(page);
  const told = new Promise<string>((resolve) =>
    page.on("exercise", ({ notice }: ExerciseNews) => notice && resolve(notice)),
  );
  const runs = new Promise<void>((resolve) =>
    page.on("exercise", ({ check }: ExerciseNews) => {
      if (check?.rows.some(({ result }) => result === "passed")) resolve();
    }),
  );
  await page.emitWithAck("openExercise", { exercise: "4", variant: "cjs" });
  expect(await told).toMatch(/Another terminal or page has this exercise open/);
  await runs;
  const started = await descendantsOf(command.pid);
  expect(started.length).toBeGreaterThan(0);
  command.kill("SIGINT");
  expect((await command.ended).code).toBe(130);
  page.close();
  await expect.poll(() => Promise.all(started.map(isRunning))).not.toContain(true);
}
