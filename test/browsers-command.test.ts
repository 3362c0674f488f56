// `npm run browsers`: each engine is found, or told how to get; one that fails is told of; and what a person gets to see.
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { BROWSERS_HELP, readBrowsersOptions } from "../scripts/tools/engines/options.ts";
import type { FoundEngine } from "../scripts/tools/engines/engine.ts";
import { findFirefox, firefoxPlaces } from "../scripts/tools/engines/firefox.ts";
import { findWebKit } from "../scripts/tools/engines/webkit.ts";
import { remarkOnProgress } from "../scripts/terminal/lesson/progress-remarks.ts";
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
    await expect(startFound(found)).rejects.toThrow(
      /^Xvfb ended \(9\) before it was ready\. It printed:\n.*bad option/,
    );
  });
});

describe("npm run browsers", () => {
  it("prints the table and exits 0", async () => {
    const args = ["--only", "chromium", "--lesson", "1"];
    const { code, stdout, stderr } = await runCommand("browsers", args);
    expect({ code, stderr: stderr.replaceAll(/^… .*\n/gm, "") }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^1 Log in and read the token +8 of 8$/m);
    expect(stdout).toMatch(/^8 attempts in 1 engine: 0 differ from what the lessons say, /m);
  }, 60_000);

  it("runs the others where one engine fails, writes the JSON without a token, and exits 1", async () => {
    const file = path.join(folder, "results.json");
    const args = ["--only", "chromium", "--only", "firefox", "--lesson", "2", "--json", file];
    const start = { env: { FIREFOX_PATH: "/no/such/program" } };
    const { code, stdout, stderr } = await runCommand("browsers", args, start);
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
      seen: { chromium: { outcome: [{ status: 401 }], verdict: "as expected" } },
    });
    expect(text).not.toContain("eyJ");
  }, 60_000);

  it("refuses in one sentence a lesson that is not there", async () => {
    const args = ["--lesson", "77"];
    const { code, stdout, stderr } = await runCommand("browsers", args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^There is no lesson 77\. The lessons there are: 1 log-in.*\n$/);
  });

  it.each([
    [["--only", "opera"], '--only must be one of chromium, firefox, webkit, got "opera".'],
    [["--fast"], "There is no flag --fast: npm run browsers -- --help lists the flags."],
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
