// A browser is found in the promised order: one that CHROME_PATH names, that is installed, or that npm installs; and it runs.
import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type FoundBrowser, startFirst } from "../../scripts/lab/browser/find-browser.ts";
import { npmBrowser } from "../../scripts/lab/browser/npm-browser.ts";
import { installedPlaces } from "../../scripts/lab/browser/places.ts";
import { startBrowser } from "../../scripts/lab/browser/browser.ts";
import { launchBrowser } from "../../scripts/lab/browser/playwright-browser.ts";
import { findBrowser, foundBrowser } from "../helpers/found-browser.ts";
import { labBrowser } from "../../scripts/lab/browser/lab-browser.ts";

let folder: string;
let found: FoundBrowser;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "browser-test-"));
  found = await foundBrowser();
});
afterAll(() => rm(folder, { recursive: true }));

async function notInstalled(): Promise<undefined> {}

describe("findBrowser", () => {
  it("takes CHROME_PATH before any other", async () => {
    const env = { CHROME_PATH: found.program, PATH: process.env["PATH"] };
    expect(await findBrowser(env)).toMatchObject({ program: found.program, from: "CHROME_PATH" });
  });

  it.each(["/no/such/browser", tmpdir()])(
    "refuses a CHROME_PATH that is no program, and takes no other: %s",
    async (wrong) => {
      const message = `CHROME_PATH must be the path of a browser's program, got "${wrong}": correct it or unset it.`;
      await expect(findBrowser({ CHROME_PATH: wrong })).rejects.toThrow(message);
    },
  );

  it("takes an installed one before the one by npm", async () => {
    const program = path.join(folder, "google-chrome-stable");
    await symlink(found.program, program);
    const installed = await findBrowser({ PATH: folder }, { platform: "linux" });
    expect(installed).toMatchObject({ program, from: "installed" });
  });

  it("takes the one by npm before an installed one where that is wanted", async () => {
    const program = path.join(folder, "chromium");
    await symlink(found.program, program);
    const env = { CHROME_FROM: "npm", PATH: folder };
    const options = { platform: "linux" } as const;
    expect(await findBrowser(env, options)).toMatchObject({ from: "npm" });
    const installed = await findBrowser(env, { ...options, byNpm: notInstalled });
    expect(installed).toMatchObject({ from: "installed" });
  });

  it("takes the one by npm where none is installed", async () => {
    // No environment names a place where a program could be on Windows.
    const byNpm = await findBrowser({}, { platform: "win32" });
    expect(byNpm).toMatchObject({ from: "npm" });
  });

  it("says how to get one where there is none", async () => {
    const none = await findBrowser({}, { platform: "win32", byNpm: notInstalled });
    expect(none).toEqual({
      missing: expect.stringMatching(/^No browser was found: install Chrome/),
    });
  });
});

describe("installedPlaces", () => {
  it("names Chrome, Chromium and Edge on each system, Chrome first", () => {
    const env = { PATH: "/bin", HOME: "/home/j", ProgramFiles: "C:\\Programs" };
    expect(installedPlaces("linux", env)[0]).toBe("/bin/google-chrome-stable");
    expect(installedPlaces("darwin", env)[0]).toMatch(/^\/Applications\/Google Chrome\.app\//);
    expect(installedPlaces("win32", env)[0]).toBe(
      "C:\\Programs\\Google\\Chrome\\Application\\chrome.exe",
    );
    for (const platform of ["linux", "darwin", "win32"] as const)
      expect(installedPlaces(platform, env).join()).toMatch(/chrome.*chromium.*edge/is);
  });
});

/** A program that is there and says how to install it, as Ubuntu has one. */
async function stub(name: string): Promise<FoundBrowser> {
  const program = path.join(folder, name);
  const script =
    '#!/bin/sh\necho "Command requires the chromium snap to be installed." >&2\nexit 1\n';
  await writeFile(program, script, { mode: 0o755 });
  return { program, from: "installed", env: {} };
}

describe("a browser that is found and cannot be started", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("gives way to the next one", async () => {
    const browser = await startFirst(startBrowser, [await stub("chromium-browser"), found]);
    expect(browser).toMatchObject({ name: expect.stringMatching(/^\w+ \d+$/) as string });
    if (!("missing" in browser)) await browser.close();
  });

  it("gives way in a lab and with Playwright", async () => {
    const bin = await mkdtemp(path.join(folder, "bin-"));
    await symlink((await stub("google-chrome")).program, path.join(bin, "google-chrome"));
    vi.stubEnv("PATH", bin);
    vi.stubEnv("CHROME_FROM", "");
    const browser = labBrowser("about:blank");
    expect(await browser.name()).toMatch(/^\w+ \d+$/);
    await browser.close();
    const driven = await launchBrowser();
    await driven.close();
  });

  it("is the reason why there is none, if there is no other", async () => {
    const one = await stub("chromium-browser");
    expect(await startFirst(startBrowser, [one])).toEqual({
      missing: `No browser could be started. ${one.program}: The browser ended (1): Command requires the chromium snap to be installed.`,
    });
  });

  it("is refused where CHROME_PATH names it, and no other is taken", async () => {
    const named = { ...(await stub("chromium-browser")), from: "CHROME_PATH" as const };
    await expect(startFirst(startBrowser, [named, found])).rejects.toThrow(
      /requires the chromium snap .* CHROME_PATH names .*: is that Chrome, Chromium or Edge\?$/,
    );
  });

  it("does not hide a mistake of ours", async () => {
    const start = startFirst(() => Promise.reject(new TypeError("a bug")), [found]);
    await expect(start).rejects.toThrow("a bug");
  });
});

/** Nobody can make a folder inside a file, not even root. */
function notWritable(): string {
  return path.join(found.program, "cache");
}

describe("the browser by npm", () => {
  it("is unpacked whole into a folder of one's own where the project's cannot be written: by two at once, and over what a removed one left", async () => {
    const own = path.join(folder, "own");
    const version = path.basename(path.dirname((await npmBrowser())!.program));
    await mkdir(path.join(own, version, "fonts-cache"), { recursive: true, mode: 0o700 });
    const unpack = (): ReturnType<typeof npmBrowser> => npmBrowser([notWritable(), own]);
    const [one, other] = await Promise.all([unpack(), unpack()]);
    expect(one).toEqual(other);
    expect(one!.program.startsWith(own)).toBe(true);
    // Another user may run it.
    expect((await stat(one!.program)).mode & 0o777).toBe(0o755);
    expect(await readdir(own)).toEqual([version]);
    await (await startBrowser({ ...one!, from: "npm" })).close();
  });

  it("is taken from no folder that others can write to", async () => {
    const open = await mkdtemp(path.join(folder, "open-"));
    await chmod(open, 0o777);
    const link = path.join(folder, "link");
    await symlink(folder, link);
    for (const folderOfOthers of [open, link])
      await expect(npmBrowser([notWritable(), folderOfOthers])).rejects.toMatchObject({
        code: "BROWSER_NOT_UNPACKED",
        message: expect.stringContaining("others can write to it") as string,
      });
  });

  it("that cannot be unpacked says what to do", async () => {
    const cache = notWritable();
    const message = new RegExp(
      `could not be unpacked into ${cache} .*: make room there, or set CHROME_PATH`,
    );
    await expect(npmBrowser([cache, cache])).rejects.toThrow(message);
  });
});
