// What browsers have seen is compared and shown; how one is found; and what the sandbox learns from a page that runs lessons.
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readLesson } from "../../scripts/lab/lessons/files.ts";
import type { ActOutcome } from "../../scripts/model/acts.ts";
import type { FilledCell } from "../../scripts/model/cell.ts";
import type { Lesson } from "../../scripts/model/lesson.ts";
import { FIRST_SWITCHES } from "../../scripts/model/switches.ts";
import { renderBrowsers, renderSum } from "../../scripts/tools/browsers/browsers-view.ts";
import { paintNothing } from "../../scripts/terminal/paint.ts";
import { widthOf } from "../../scripts/terminal/text.ts";
import {
  compareRuns,
  hasFailed,
  type Sum,
  sumUp,
} from "../../scripts/tools/browsers/compare-runs.ts";
import { findPrograms } from "../../scripts/tools/browsers/find-programs.ts";
import {
  BROWSERS_HELP,
  type BrowsersOptions,
  readBrowsersOptions,
} from "../../scripts/tools/browsers/options.ts";
import { type BrowserEnd } from "../../scripts/tools/browsers/run-browsers.ts";
import {
  type BrowserRun,
  type Progress,
  type WatchedRun,
  watchRun,
} from "../../scripts/tools/browsers/watched-run.ts";
import { CONNECTED, REFUSED } from "../helpers/outcomes.ts";

/** Lesson 3 with two of its attempts. */
let lesson: Lesson;
beforeAll(async () => {
  const whole = await readLesson(3);
  const attempts = whole.attempts.filter(({ id }) => ["websocket", "payload"].includes(id));
  lesson = { ...whole, attempts };
});

function cell(outcome: ActOutcome, differences: FilledCell["differences"] = []): FilledCell {
  const verdict = differences.length === 0 ? "as expected" : "surprise";
  const seen = { outcome: [outcome], trace: { steps: [] } };
  return { client: "browser", ...seen, verdict, differences, server: "cjs" };
}

function note(text: string, offset: string): FilledCell {
  return cell({ do: "wait", result: "received", args: [{ text }, offset], durationMs: 1 });
}

function runOf(name: string, ...cells: FilledCell[]): BrowserRun {
  return { name, lessons: [{ lesson, cells }] };
}

function render(runs: BrowserRun[]): string[] {
  const names = runs.map(({ name }) => name);
  const lines = renderBrowsers(compareRuns(runs), names, { width: 80, paint: paintNothing });
  expect(lines.filter((line) => widthOf(line) > 80)).toEqual([]);
  return lines.map((line) => line.trim());
}

describe("browsers that made the same attempts", () => {
  it("agree: then a lesson has one line", () => {
    const cells = [cell(REFUSED), cell(CONNECTED)];
    const same = [runOf("Chrome 147", ...cells), runOf("Same 1", ...cells)];
    const sum = { browsers: 2, attempts: 4, againstLessons: 0, betweenBrowsers: 0 };
    expect(sumUp(compareRuns(same), 2)).toEqual(sum);
    expect(render(same)).toEqual([
      expect.stringMatching(/^As the lesson says +Chrome 147 +Same 1$/),
      expect.stringMatching(/^3 Websocket only +2 of 2 +2 of 2$/),
    ]);
  });

  it("differ: then each field is named with its values, and a surprise with what the lesson says", () => {
    const message = "no, thanks";
    const said = { field: "message", expected: "websocket error", seen: message };
    const runs = [
      runOf("Chrome 147", cell(REFUSED), cell(CONNECTED)),
      // Times are not compared.
      runOf(
        "Other 1",
        cell({ ...REFUSED, message }, [said]),
        cell({ ...CONNECTED, durationMs: 99, lastTransport: "polling" }),
      ),
    ];
    expect(render(runs)).toEqual([
      expect.anything(),
      expect.stringMatching(/^3 Websocket only +2 of 2 +1 of 2$/),
      expect.stringMatching(/^1 Websocket only +✗ refused +✗ refused !$/),
      'message: "xhr poll error" in Chrome 147; "no, thanks" in Other 1',
      '! Other 1: message: the lesson says "websocket error", and it was "no,',
      'thanks".',
      expect.stringMatching(/^2 .+ ✓ connected +✓ connected$/),
      'lastTransport: "websocket" in Chrome 147; "polling" in Other 1',
    ]);
    const sum = sumUp(compareRuns(runs), 2);
    expect(sum).toEqual({ browsers: 2, attempts: 4, againstLessons: 1, betweenBrowsers: 2 });
    expect(renderSum(sum)).toBe(
      "4 attempts in 2 browsers: 1 differs from what the lessons say, 2 differ between browsers.",
    );
  });

  it("agree on an event, without the offset that connection state recovery adds", () => {
    const runs = [runOf("Chrome 147", note("one", "Q8iPWCA"), note("two", "Q8iPWCB"))];
    runs.push(runOf("Other 1", note("one", "Q8iPdZ5.1"), note("three", "Q8iPdZ6.1")));
    expect(sumUp(compareRuns(runs), 2).betweenBrowsers).toBe(1);
  });

  const sum: Sum = { browsers: 2, attempts: 6, againstLessons: 0, betweenBrowsers: 2 };
  const failure: BrowserEnd = { wanted: "firefox", failure: "It ended." };
  const missing: BrowserEnd = { wanted: "webkit", missing: "It is not there." };

  it.each([
    ["succeeds where they differ in what no lesson speaks of", [], sum, true, false],
    ["succeeds where one is not there", [missing], sum, false, false],
    ["fails where one differs from a lesson", [], { ...sum, againstLessons: 1 }, false, true],
    ["fails where one fails", [failure], sum, false, true],
    ["fails where one that was named is not there", [missing], sum, true, true],
    ["fails where there is none", [missing], { ...sum, browsers: 0 }, false, true],
  ])("the command %s", (_, ends, given, isNamed, isFailed) => {
    expect(hasFailed(ends, given, isNamed)).toBe(isFailed);
  });
});

describe("a page that runs the lessons", () => {
  const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0";

  const { signal } = new AbortController();
  const watch = (onProgress: (progress: Progress) => void): WatchedRun =>
    watchRun({ lessons: [lesson], onProgress, signal });

  function visit() {
    const progress: number[] = [];
    const { onPage, ...run } = watch(({ done }) => progress.push(done));
    const page = onPage(FIREFOX);
    const fill = (attempt: string): void =>
      page.filled({ lesson: 3, attempt, switches: FIRST_SWITCHES }, cell(CONNECTED));
    return { ...run, onPage, page, fill, progress };
  }

  it("is known by its real name, and its cells stand in the order of the lesson", async () => {
    const { page, fill, result, progress } = visit();
    for (const id of ["payload", "websocket"]) fill(id);
    page.ran(null);
    page.left();
    const { name, lessons } = await result;
    expect({ name, cells: lessons[0]!.cells.length, progress }).toEqual({
      name: "Firefox 153",
      cells: 2,
      progress: [1, 2],
    });
  });

  it.each<[string, (at: ReturnType<typeof visit>) => void, string]>([
    ["goes away", ({ page }) => page.left(), "went away"],
    ["ends in the middle", (at) => at.programEnded({ reason: 0, sentence: "" }), "went away"],
    ["says that it is done and is not", ({ page }) => page.ran(null), "was done"],
    ["gives a reason", ({ page }) => page.ran("Too\u001b[2J busy."), "stopped (Too�[2J busy.)"],
    ["leaves the attempts to another page", ({ onPage }) => onPage(FIREFOX).ran(null), "was done"],
  ])("fails in one sentence if it %s", async (_, end, what) => {
    const at = visit();
    at.fill("payload");
    end(at);
    await expect(at.result).rejects.toMatchObject({
      code: "BROWSER_FAILED",
      message: `Firefox 153 ${what} after 1 of 2 attempts.`,
    });
  });

  it("is waited for if the program only handed the address on", async () => {
    const run = watch(() => undefined);
    run.programEnded({ reason: 0, sentence: "it ended (0)." });
    run.onPage(FIREFOX).left();
    await expect(run.result).rejects.toThrow("Firefox 153 went away after 0 of 2 attempts.");
  });
});

describe("finding a browser", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "browsers-test-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("says in one sentence that it is not there, and how to get it", async () => {
    const env = { PATH: folder };
    expect(await findPrograms("firefox", env, "linux")).toEqual({
      programs: [],
      missing: expect.stringMatching(/^No Firefox was found: install it/),
    });
    for (const wanted of ["opera", "/no/such/program"])
      expect(await findPrograms(wanted, env, "linux")).toEqual({
        programs: [],
        missing: `There is no program "${wanted}".`,
      });
  });

  it("knows a program's family by its name, and what WebKitGTK needs besides", async () => {
    for (const name of ["firefox-nightly", "MiniBrowser", "brave-browser", "netsurf"]) {
      const file = path.join(folder, name);
      await writeFile(file, "#!/bin/sh\n");
      await chmod(file, 0o755);
    }
    const find = async (wanted: string, env = {}): Promise<unknown> => {
      const { programs, missing } = await findPrograms(wanted, { PATH: folder, ...env }, "linux");
      return programs[0] === undefined ? missing : programs[0].family;
    };
    expect(await find("firefox-nightly")).toBe("firefox");
    expect(await find(path.join(folder, "brave-browser"))).toBe("chromium");
    expect(await find("netsurf")).toBeUndefined();
    expect(await find("MiniBrowser")).toMatch(/^WebKitGTK needs a display .* install Xvfb/);
    expect(await find("MiniBrowser", { DISPLAY: ":1" })).toBe("webkit");
  });
});

function read(...args: string[]): BrowsersOptions | undefined {
  return readBrowsersOptions(args, {});
}

describe("the arguments of npm run browsers", () => {
  it("are explained in 80 columns", () => {
    expect(read("--help")).toBeUndefined();
    expect(BROWSERS_HELP.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it("ask for every browser, unless some are named", () => {
    const browsers = ["chromium", "firefox", "webkit"];
    expect(read()).toMatchObject({ browsers, isNamed: false, lessons: [], jsonFile: undefined });
    expect(read("3", "4", "3", "--open", "webkit", "--open", "/opt/x")).toMatchObject({
      browsers: ["webkit", "/opt/x"],
      isNamed: true,
      lessons: ["3", "4"],
    });
  });

  it("are refused in one sentence", () => {
    expect(() => read("--only", "firefox")).toThrow("There is no flag --only: npm run browsers");
    expect(() => read("--open", "firefox", "--public-origin", "https://name.example")).toThrow(
      "--public-origin is for a browser that you open yourself: it goes with --open none alone.",
    );
    const env = { npm_lifecycle_event: "browsers", npm_config_open: "firefox" };
    expect(() => readBrowsersOptions([], env)).toThrow("npm kept --open for itself: put --");
  });
});
