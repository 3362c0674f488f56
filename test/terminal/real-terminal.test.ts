// A lesson in a real terminal: it takes the screen, fits any size, and gives it back.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../../scripts/lab/servers/variants.ts";
import { openTerminal, type RealTerminal } from "../helpers/real-terminal.ts";

const LESSON = ["lesson", "3", "--client", "node"];
/** Takes the screen. */
const ALTERNATE = "\u001B[?1049h";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "terminal-"));
});
afterAll(() => rm(folder, { recursive: true }));

const open = (columns: number, rows: number, env: Record<string, string> = {}): RealTerminal =>
  openTerminal(LESSON, { columns, rows }, { PROGRESS_FOLDER: folder, ...env });

describe("npm run lesson 3 in a terminal", () => {
  it("stays open, flips, follows a new size, and gives the terminal back", async () => {
    const terminal = open(100, 30);
    await terminal.shows(/9 results match/);
    expect(terminal.isAlternate()).toBe(true);
    terminal.press("f");
    await terminal.shows(/9 results match\n[^]*f esm/);
    for (const [columns, rows, least] of [
      [100, 12, 3],
      [40, 15, 2],
      [80, 24, 6],
      [200, 50, 9],
    ] as const) {
      terminal.resize({ columns, rows });
      // The last line is full of keys as far as the screen is wide, and no other line is left of the size before.
      await terminal.shows(new RegExp(`^Lesson 3 of (?:.*\\n){${rows - 1}}.*q quit$`));
      expect(terminal.lines().filter((line) => line.includes("q quit"))).toHaveLength(1);
      const seen = terminal.lines().filter((line) => /^ \d [A-Z]/.test(line));
      expect(seen.length).toBeGreaterThanOrEqual(least);
    }
    terminal.press("q");
    expect(await terminal.ended).toBe(0);
    expect(terminal.isAlternate()).toBe(false);
  });

  it("asks first with --predict, then runs, and the list says how the person predicted", async () => {
    const size = { columns: 80, rows: 24 };
    const terminal = openTerminal(["lesson", "3", "--predict"], size, { PROGRESS_FOLDER: folder });
    // The first is wrong, the second skipped.
    for (const [at, key] of ["1", "\r", "2", "1", "2"].entries()) {
      await terminal.shows(new RegExp(`Question ${at + 1} of 5`));
      expect(terminal.lines().join("\n")).not.toMatch(/running|match the lesson/);
      terminal.press(key);
    }
    await terminal.shows(/predicted 3 of 4 · [^]*You predicted: both\. It is: only Node\./);
    expect(terminal.lines().filter((line) => /^ \d○/.test(line))).toEqual([
      expect.stringMatching(/^ 2○Websocket only +▸✗ refused/),
    ]);
    terminal.press("q");
    expect(await terminal.ended).toBe(0);
    const list = openTerminal(["lesson"], size, { PROGRESS_FOLDER: folder });
    expect(await list.ended).toBe(0);
    expect(list.written()).toMatch(/3 .*Websocket only.* 3 of 4 correct/);
  });

  it("ends at Ctrl-C, in the middle of a run as well", async () => {
    const terminal = open(80, 12);
    await terminal.shows(/running[^]*q quit$/);
    expect(terminal.written().startsWith(ALTERNATE)).toBe(true);
    terminal.press("\u0003");
    expect(await terminal.ended).toBe(0);
    expect(terminal.isAlternate()).toBe(false);
  });

  it("opens its exercise in its place, and is there again after it", async () => {
    const env = { PROGRESS_FOLDER: folder, WORK_FOLDER: `work/.test-beside-${process.pid}` };
    const lesson = ["lesson", "2", "--client", "node"];
    const terminal = openTerminal(lesson, { columns: 100, rows: 30 }, env);
    await terminal.shows(/\d results match[^]* e exercise/);
    terminal.press("e");
    await terminal.shows(/Exercise 2: .*\(cjs\)/);
    // Keys and sizes are those of the exercise only.
    terminal.press("n");
    terminal.resize({ columns: 90, rows: 31 });
    terminal.press("q");
    await terminal.shows(/^Lesson 2 of [^]*\d results match/);
    terminal.press("fe");
    await terminal.shows(/Exercise 2: .*\(esm\)[^]*✗ /);
    terminal.press("\u0003");
    expect(await terminal.ended).toBe(0);
    expect(terminal.isAlternate()).toBe(false);
    await rm(path.join(ROOT, env.WORK_FOLDER), { recursive: true });
  });

  it("is printed once where the terminal knows no control sequences", async () => {
    const terminal = open(80, 200, { TERM: "dumb" });
    expect(await terminal.ended).toBe(0);
    expect(terminal.written()).toContain("Results: all 9 match the lesson.");
    expect(terminal.written()).not.toContain("\u001B");
  });
});
