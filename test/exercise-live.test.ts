// A person's way through an exercise, in a real terminal: every save is checked, and nothing that was written is lost.
import { copyFile, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { folderOf, ROOT } from "../scripts/lab/servers/variants.ts";
import { runCommand } from "./node-process.ts";
import { openTerminal, type RealTerminal } from "./real-terminal.ts";

const FOLDER = path.join(ROOT, "work", `.test-live-${process.pid}`);
const env = { WORK_FOLDER: FOLDER, PROGRESS_FOLDER: path.join(FOLDER, "kept") };
const NAME = "04-passport-or-manual";
const FILE = path.join(FOLDER, NAME, "cjs", "manual.cjs");
const HISTORY = path.join(FOLDER, ".history", NAME, "cjs");
const SOLUTION = await readFile(path.join(folderOf("cjs"), "manual.cjs"), "utf8");

let opened: RealTerminal | undefined;
afterAll(async () => {
  opened?.press("q");
  await opened?.ended;
  await rm(FOLDER, { recursive: true, force: true });
});

async function openExercise(): Promise<RealTerminal> {
  opened = openTerminal(["exercise", "4", "--format", "cjs"], { columns: 100, rows: 60 }, env);
  await opened.shows(/✗ Spelled Bearer: ours|Solved\.|passes now/);
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
  "saves are checked, hints and comparisons shown, versions brought back",
  { timeout: 180_000 },
  async ({ onTestFailed }) => {
    onTestFailed(() => console.error(opened?.lines().join("\n")));
    const terminal = await openExercise();
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
    await saveByRename(saved("while (true);"));
    await terminal.shows(/✗ manual\.cjs, line 10: Your code loops without an end here/);
    await writeFile(FILE, saved("process.exit(3);"));
    await terminal.shows(/✗ manual\.cjs, line 10: Error: process\.exit\(3\) was called/);
    await writeFile(FILE, saved("absent();"));
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
    await terminal.shows(/✓ the whole suite: (\d+) of \1/);
    await terminal.shows(/Solved\./);
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
    // Each changed save is there, whatever came after it.
    const versions = await storedVersions();
    for (const typed of ["const = 1;", "while (true);", "process.exit(3);", "absent();"])
      expect(versions).toContain(saved(typed));

    const list = await runCommand("exercise", [], { env });
    expect(list.stdout).toMatch(/Read the header as Passport does {3}✓ solved in cjs/);
  },
);

it("goes on where it was left, and offers a start that has changed since", async () => {
  await runCommand("exercise", ["4", "--hint", "1"], { env });
  await copyFile(path.join(folderOf("cjs"), "manual.cjs"), FILE);
  await writeFile(`${HISTORY}.start`, "of another start");
  const terminal = await openExercise();
  await terminal.shows(/✓ Spelled Bearer: ours/);
  await terminal.shows(/The exercise has changed since you began: x begins again/);
  expect(await readFile(FILE, "utf8")).toBe(SOLUTION);
  terminal.press("\u0003");
  expect(await terminal.ended).toBe(0);
});
