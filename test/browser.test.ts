// A browser is found in the promised order, started, driven, and gone when it is closed; all with a real one.
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { findBrowser, type FoundBrowser, startFirst } from "../scripts/lab/browser/find-browser.ts";
import { npmBrowser } from "../scripts/lab/browser/npm-browser.ts";
import { installedPlaces } from "../scripts/lab/browser/places.ts";
import { type Browser, startBrowser } from "../scripts/lab/browser/browser.ts";
import { launchBrowser } from "../scripts/lab/browser/playwright-browser.ts";
import { type LabBrowser, labBrowser } from "../scripts/lab/browser/lab-browser.ts";

let folder: string;
let found: FoundBrowser;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "browser-test-"));
  const any = await findBrowser();
  if ("missing" in any) throw new Error(any.missing);
  found = any;
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

describe("a running browser", () => {
  let browser: Browser;
  let server: Server;
  let url: string;
  beforeAll(async () => {
    server = createServer((_request, response) => {
      response.setHeader("Content-Type", "text/html").end("<title>here</title>");
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    browser = await startBrowser(found);
  });
  afterAll(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  });

  it("tells its name and version", () => {
    expect(browser.name).toMatch(/^\w+ \d+$/);
  });

  it("evaluates in a page, and waits for a promise", async () => {
    const page = await browser.newPage(url);
    expect(await page.evaluate("Promise.resolve(document.title)")).toBe("here");
    expect(await page.call("Math.max", 1, 3, 2)).toBe(3);
    await expect(page.evaluate("nothing()")).rejects.toThrow("nothing is not defined");
    await page.close();
  });

  it("shares nothing between two pages", async () => {
    const [one, other] = await Promise.all([browser.newPage(url), browser.newPage(url)]);
    await one.evaluate("document.cookie = 'seen=1; max-age=60'; localStorage.seen = 1");
    expect(await other.evaluate("document.cookie + Object.keys(localStorage)")).toBe("");
    await Promise.all([one.close(), other.close()]);
  });

  it("reaches no other machine, not even to ask for its address", async () => {
    await expect(browser.newPage("http://example.com/")).rejects.toThrow("ERR_NAME_NOT_RESOLVED");
  });

  it("ends whoever waits with one sentence when its process dies", async () => {
    const victim = await startBrowser(found);
    const page = await victim.newPage(url);
    const waiting = page.evaluate("new Promise(() => {})");
    process.kill(victim.pid, "SIGKILL");
    await expect(waiting).rejects.toThrow(/^The browser ended \(SIGKILL\)/);
    await expect(victim.newPage(url)).rejects.toThrow("The browser ended");
    await page.close();
    await victim.close();
  });

  it("leaves no process and no profile behind", async () => {
    const short = await startBrowser(found);
    expect(existsSync(short.profile)).toBe(true);
    await short.close();
    expect(existsSync(short.profile)).toBe(false);
    expect(() => process.kill(short.pid, 0)).toThrow("ESRCH");
  });
});

describe("the browser of a lab", () => {
  it("is started again when it has ended, once for all who ask", async () => {
    const started: Browser[] = [];
    const browser = labBrowser("about:blank", { onStart: (each) => started.push(each) });
    expect(await browser.usePage((page) => page.evaluate("1 + 1"))).toBe(2);
    const cut = browser.usePage((page) => {
      process.kill(started[0]!.pid, "SIGKILL");
      return page.evaluate("new Promise(() => {})");
    });
    await expect(cut).rejects.toThrow("The browser ended (SIGKILL)");
    const names = await Promise.all([browser.name(), browser.name(), browser.name()]);
    expect(new Set(names)).toEqual(new Set([started[0]!.name]));
    expect(started).toHaveLength(2);
    await browser.close();
    await expect(browser.name()).rejects.toThrow("has been closed");
    expect(started.filter(({ profile }) => existsSync(profile))).toEqual([]);
  });
});

describe("the pages of a lab that keeps them", () => {
  const COUNT = "globalThis.uses = (globalThis.uses ?? 0) + 1";
  let browser: LabBrowser;
  beforeAll(() => {
    browser = labBrowser("about:blank", { usesPerPage: 5 });
  });
  afterAll(() => browser.close());

  function count(): Promise<unknown> {
    return browser.usePage((page) => page.evaluate(COUNT));
  }

  it("serve as many attempts as was asked for, and then there is a new one", async () => {
    const counts: unknown[] = [];
    while (counts.length < 6) counts.push(await count());
    expect(counts).toEqual([1, 2, 3, 4, 5, 1]);
  });

  it("are used no more after something failed in them, or was left under way", async () => {
    await expect(browser.usePage((page) => page.evaluate("nothing()"))).rejects.toThrow("nothing");
    expect(await count()).toBe(1);
    await browser.usePage(async (_page, retire) => retire());
    expect(await count()).toBe(1);
  });

  it("are given to one at a time", async () => {
    expect(await Promise.all([count(), count()])).toEqual([2, 1]);
  });
});

/** A browser that ends by SIGSEGV as often as this when it is started. */
async function crashing(times: number): Promise<FoundBrowser> {
  const program = path.join(folder, `crashes-${randomUUID()}`);
  // Whoever starts it may know nothing of what the browser needs: libraries and fonts, for the one by npm.
  const needed = ["LD_LIBRARY_PATH", "FONTCONFIG_PATH"].filter((name) => found.env[name]);
  const script = [
    "#!/bin/sh",
    ...needed.map((name) => `export ${name}="${found.env[name]}"`),
    'echo start >> "$0.starts"',
    `[ "$(wc -l < "$0.starts")" -gt ${times} ] || kill -SEGV $$`,
    `exec "${found.program}" "$@"`,
  ];
  await writeFile(program, `${script.join("\n")}\n`, { mode: 0o755 });
  return { ...found, program };
}

describe("a browser that crashes when it starts", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("is started once more", async () => {
    const browser = await startBrowser(await crashing(1));
    expect(browser.name).toMatch(/^\w+ \d+$/);
    await browser.close();
  });

  it("is started once more by Playwright as well", async () => {
    vi.stubEnv("CHROME_PATH", (await crashing(1)).program);
    const browser = await launchBrowser();
    expect(browser.isConnected()).toBe(true);
    await browser.close();
  });

  it("is not started a third time", async () => {
    await expect(startBrowser(await crashing(2))).rejects.toThrow("The browser ended (SIGSEGV)");
  });
});

describe("a program that is no browser", () => {
  it("fails with one sentence that holds what it said", async () => {
    const program = { ...found, program: process.execPath };
    await expect(startBrowser(program)).rejects.toThrow(/^The browser ended \(9\): .*bad option/);
  });

  it("is named where CHROME_PATH named it", async () => {
    const program = { ...found, program: process.execPath, from: "CHROME_PATH" } as const;
    await expect(startBrowser(program)).rejects.toThrow(
      `CHROME_PATH names ${process.execPath}: is that Chrome, Chromium or Edge?`,
    );
  });
});
