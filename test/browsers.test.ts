// `npm run browsers`: engines are found or told how to get, run the lessons, and are compared; all with a real Chromium.
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Outcome } from "../scripts/lab/attempt.ts";
import type { Browser } from "../scripts/lab/browser.ts";
import { BROWSERS_HELP, readBrowsersOptions } from "../scripts/lab/browsers/browsers-options.ts";
import { chromium } from "../scripts/lab/browsers/chromium.ts";
import type { Engine, FoundEngine, RunningEngine } from "../scripts/lab/browsers/engine.ts";
import { findFirefox, firefoxPlaces } from "../scripts/lab/browsers/firefox.ts";
import { compareRuns, hasFailed, type Sum, sumUp } from "../scripts/lab/browsers/matrix-compare.ts";
import { type EngineEnd, type EngineRun, runMatrix } from "../scripts/lab/browsers/matrix-run.ts";
import { findWebKit } from "../scripts/lab/browsers/webkit.ts";
import type { Lesson } from "../scripts/lab/lesson.ts";
import { readLesson } from "../scripts/lab/lesson-files.ts";
import { renderEngines, renderSum } from "../scripts/lab/terminal/engines-view.ts";
import { paintNothing } from "../scripts/lab/terminal/paint.ts";
import { remarkOnProgress } from "../scripts/lab/terminal/progress-remarks.ts";
import { widthOf } from "../scripts/lab/terminal/text.ts";
import { runCommand } from "./node-process.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "browsers-test-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** A program that is there, and is none of those that are looked for: it ends at once. */
const OTHER_PROGRAM = process.execPath;

async function startFound(found: object): Promise<unknown> {
  return (found as FoundEngine).start(new AbortController().signal);
}

describe("finding an engine", () => {
  it("says how to get Firefox and WebKit where they are not on the PATH", async () => {
    const env = { PATH: folder, HOME: folder };
    expect(await findFirefox(env, "linux")).toEqual({
      missing: expect.stringMatching(/^No Firefox was found: .*FIREFOX_PATH/),
    });
    expect(await findWebKit(env, "linux")).toEqual({
      missing: expect.stringMatching(/^No WebKit was found: .*WEBKIT_DRIVER_PATH/),
    });
  });

  it("says how to get a display for WebKit where there is none", async () => {
    const driver = path.join(folder, "WebKitWebDriver");
    await writeFile(driver, "#!/bin/sh\n");
    await chmod(driver, 0o755);
    const none = await findWebKit({ PATH: folder }, "linux");
    expect(none).toEqual({ missing: expect.stringMatching(/^WebKit needs a display .*XVFB_PATH/) });
    expect(await findWebKit({ PATH: folder, DISPLAY: ":1" }, "linux")).toHaveProperty("start");
    await rm(driver);
  });

  it.each([
    ["FIREFOX_PATH", findFirefox],
    ["WEBKIT_DRIVER_PATH", findWebKit],
  ])("refuses a %s that is no program, and takes no other", async (variable, find) => {
    const finding = find({ ...process.env, [variable]: "/no/such/program" });
    await expect(finding).rejects.toThrow(
      new RegExp(`^${variable} must be the path of .*, got "/no/such/program": correct it`),
    );
  });

  it("knows where Firefox is on each system", () => {
    const env = { PATH: "/bin:/opt/bin", HOME: "/home/j", ProgramFiles: "C:\\Programs" };
    expect(firefoxPlaces("linux", env)).toContain("/opt/bin/firefox-esr");
    expect(firefoxPlaces("darwin", env)[1]).toBe(
      "/home/j/Applications/Firefox.app/Contents/MacOS/firefox",
    );
    expect(firefoxPlaces("win32", env)).toEqual(["C:\\Programs\\Mozilla Firefox\\firefox.exe"]);
  });
});

describe("starting an engine", () => {
  it("tells in one sentence that Firefox could not be started", async () => {
    const found = await findFirefox({ ...process.env, FIREFOX_PATH: OTHER_PROGRAM });
    await expect(startFound(found)).rejects.toMatchObject({
      code: "BROWSER_FAILED",
      message: expect.stringMatching(/^Firefox could not be started: [^\n]+$/),
    });
  });

  it("tells how the driver of WebKit ended, and how its display did", async () => {
    const env = { PATH: folder, DISPLAY: ":1", WEBKIT_DRIVER_PATH: OTHER_PROGRAM };
    await expect(startFound(await findWebKit(env))).rejects.toMatchObject({
      code: "BROWSER_FAILED",
      message: expect.stringMatching(/^WebKitWebDriver ended \(9\): .*bad option/),
    });
    const found = await findWebKit({ ...env, XVFB_PATH: OTHER_PROGRAM });
    await expect(startFound(found)).rejects.toThrow(/^Xvfb ended \(9\): .*bad option/);
  });
});

// --- Running and comparing ---

const IDS = new Set(["polling-first", "websocket", "payload"]);

/** Lesson 3 with three of its attempts. */
async function shortLesson(): Promise<Lesson> {
  const lesson = await readLesson(3);
  return { ...lesson, attempts: lesson.attempts.filter(({ id }) => IDS.has(id)) };
}

/** Chromium under another name, but for what its pages are made to say. */
function planted(
  change: (outcome: Outcome) => object,
  onStart?: (running: RunningEngine) => void,
): Engine {
  return {
    name: "firefox",
    async find(env) {
      const found = (await chromium.find(env)) as FoundEngine;
      return {
        start: async (signal) => {
          const running = await found.start(signal);
          onStart?.(running);
          return { ...running, name: "Planted 1", newPage: (url) => plantIn(running, url, change) };
        },
      };
    },
  };
}

async function plantIn(
  running: RunningEngine,
  url: string,
  change: (outcome: Outcome) => object,
): ReturnType<RunningEngine["newPage"]> {
  const page = await running.newPage(url);
  return {
    ...page,
    call: async (name, ...args) => change((await page.call(name, ...args)) as Outcome),
  };
}

/** Another message, which the lesson speaks of; and something more of a connection, which it does not. */
function sayOtherwise(outcome: Outcome): object {
  if (outcome.result === "refused") return { ...outcome, message: "no, thanks" };
  const isWebSocket = outcome.result === "connected" && outcome.firstTransport === "websocket";
  return isWebSocket ? { ...outcome, extra: { code: 7 } } : outcome;
}

function render(compared: EngineRun[]): string[] {
  const names = compared.map(({ name }) => name);
  const lines = renderEngines(compareRuns(compared), names, { width: 80, paint: paintNothing });
  expect(lines.filter((line) => widthOf(line) > 80)).toEqual([]);
  return lines.map((line) => line.trim());
}

describe("engines that made the same attempts", () => {
  let runs: EngineRun[];
  beforeAll(async () => {
    const { signal } = new AbortController();
    const engines = [chromium, planted(sayOtherwise)];
    const ends = await runMatrix({ engines, lessons: [await shortLesson()], signal });
    for (const end of ends) if ("failure" in end) throw new Error(end.failure);
    runs = ends.filter((end) => "lessons" in end);
  }, 60_000);

  it("agree: then a lesson has one line", () => {
    const [first] = runs;
    const same: EngineRun[] = [first!, { ...first!, name: "Same 1" }];
    expect(sumUp(compareRuns(same), 2)).toEqual({
      engines: 2,
      attempts: 6,
      againstLessons: 0,
      betweenEngines: 0,
    });
    expect(render(same)).toEqual([
      expect.stringMatching(/^As the lesson says +\w+ \d+ +Same 1$/),
      expect.stringMatching(/^3 Websocket only +3 of 3 +3 of 3$/),
    ]);
  });

  it("differ: then each field is named with its values, and a surprise with what the lesson says", () => {
    const [{ name }] = runs as [EngineRun];
    expect(render(runs)).toEqual([
      expect.anything(),
      expect.stringMatching(/^3 Websocket only +3 of 3 +2 of 3$/),
      expect.stringMatching(/^2 Websocket only +✗ refused +✗ refused !$/),
      `message: "websocket error" in ${name}; "no, thanks" in Planted 1`,
      '! Planted 1: message: the lesson says "websocket error", and it was "no,',
      'thanks".',
      expect.stringMatching(/^3 .+ ✓ connected +✓ connected$/),
      `extra: nothing in ${name}; {"code": 7} in Planted 1`,
    ]);
  });

  it("are summed up", () => {
    const sum = sumUp(compareRuns(runs), 2);
    expect(sum).toEqual({ engines: 2, attempts: 6, againstLessons: 1, betweenEngines: 2 });
    expect(renderSum(sum)).toBe(
      "6 attempts in 2 engines: 1 differs from what the lessons say, 2 differ between engines.",
    );
  });
});

describe("the command", () => {
  const sum: Sum = { engines: 2, attempts: 6, againstLessons: 0, betweenEngines: 2 };
  const failure: EngineEnd = { engine: "firefox", failure: "It ended." };
  const missing: EngineEnd = { engine: "webkit", missing: "It is not there." };

  it("succeeds where engines differ in what no lesson speaks of, and where one is not there", () => {
    expect(hasFailed([missing], sum, false)).toBe(false);
  });

  it.each([
    ["an engine differs from a lesson", [], { ...sum, againstLessons: 1 }, false],
    ["an engine fails", [failure], sum, false],
    ["an engine that was named is not there", [missing], sum, true],
    ["there is no engine", [missing], { ...sum, engines: 0 }, false],
  ])("fails where %s", (_, ends, given, isNamed) => {
    expect(hasFailed(ends, given, isNamed)).toBe(true);
  });
});

describe("a run that is aborted", () => {
  it("ends the engine, and starts no other", async () => {
    const abort = new AbortController();
    const pids: number[] = [];
    const engine = planted(sayOtherwise, (running) =>
      pids.push((running as unknown as Browser).pid),
    );
    const running = runMatrix({
      engines: [engine, engine],
      lessons: [await shortLesson()],
      signal: abort.signal,
      onProgress: ({ done }) => done === 1 && abort.abort(),
    });
    await expect(running).rejects.toThrow(/abort/);
    expect(pids).toHaveLength(1);
    expect(() => process.kill(pids[0]!, 0)).toThrow(/ESRCH/);
  }, 60_000);
});

// --- The command ---

describe("npm run browsers", () => {
  it("prints the table and exits 0", async () => {
    const args = ["--only", "chromium", "--lesson", "1"];
    const { code, stdout, stderr } = await runCommand("scripts/browsers.ts", args);
    expect({ code, stderr: stderr.replaceAll(/^… .*\n/gm, "") }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^1 Log in and read the token +8 of 8$/m);
    expect(stdout).toMatch(/^8 attempts in 1 engine: 0 differ from what the lessons say, /m);
  }, 60_000);

  it("runs the others where one engine fails, writes the JSON without a token, and exits 1", async () => {
    const file = path.join(folder, "results.json");
    const args = ["--only", "chromium", "--only", "firefox", "--lesson", "2", "--json", file];
    const start = { env: { FIREFOX_PATH: "/no/such/program" } };
    const { code, stdout, stderr } = await runCommand("scripts/browsers.ts", args, start);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^6 attempts in 1 engine: 0 differ/m);
    expect(stderr.replaceAll(/^… .*\n/gm, "")).toMatch(/^firefox: FIREFOX_PATH must be .*\n$/);
    const text = await readFile(file, "utf8");
    const { engines, attempts } = JSON.parse(text) as Record<string, object[]>;
    expect(engines).toEqual([
      { engine: "chromium", name: expect.stringMatching(/^\w+ \d+$/) },
      { engine: "firefox", failure: expect.stringMatching(/^FIREFOX_PATH/) },
    ]);
    expect(attempts).toHaveLength(6);
    expect(attempts![1]).toMatchObject({
      lesson: 2,
      attempt: "no-header",
      seen: { chromium: { outcome: { status: 401 }, verdict: "as expected" } },
    });
    expect(text).not.toContain("eyJ");
  }, 60_000);

  it("refuses in one sentence a lesson that is not there", async () => {
    const args = ["--lesson", "77"];
    const { code, stdout, stderr } = await runCommand("scripts/browsers.ts", args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^There is no lesson 77\. The lessons there are: 1 log-in.*\n$/);
  });

  it.each([
    [["--only", "opera"], '--only must be one of chromium, firefox, webkit, got "opera".'],
    [["--fast"], "Unknown option '--fast': npm run browsers -- --help lists the flags."],
  ])("refuses %j", (args, sentence) => {
    expect(() => readBrowsersOptions(args, {})).toThrow(sentence);
  });

  it("explains itself in 80 columns", () => {
    expect(readBrowsersOptions(["--help"], {})).toBeUndefined();
    for (const flag of ["only", "lesson", "json"]) expect(BROWSERS_HELP).toContain(`--${flag} `);
    expect(BROWSERS_HELP.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it("runs lessons 1 to 5 in every engine, unless some are named", () => {
    expect(readBrowsersOptions([], {})).toEqual({
      engines: ["chromium", "firefox", "webkit"],
      isNamed: false,
      lessons: ["1", "2", "3", "4", "5"],
      jsonFile: undefined,
    });
    const named = readBrowsersOptions(["--only", "webkit", "--lesson", "3"], {});
    expect(named).toMatchObject({ engines: ["webkit"], isNamed: true, lessons: ["3"] });
  });

  it("says that -- is missing where npm kept a flag for itself", () => {
    const env = { npm_lifecycle_event: "browsers", npm_config_lesson: "3" };
    expect(() => readBrowsersOptions([], env)).toThrow(
      "npm kept --lesson for itself: put -- before the flags",
    );
  });
});

describe("remarks on progress", () => {
  afterEach(() => vi.useRealTimers());

  it("come after a second, then more seldom, until they are stopped", () => {
    vi.useFakeTimers();
    let remarks = 0;
    const stop = remarkOnProgress(() => (remarks += 1));
    const after = [900, 100, 2_000, 4_000, 5_000, 5_000].map((ms) => {
      vi.advanceTimersByTime(ms);
      return remarks;
    });
    expect(after).toEqual([0, 1, 2, 3, 4, 5]);
    stop();
    vi.advanceTimersByTime(60_000);
    expect(remarks).toBe(5);
  });
});
