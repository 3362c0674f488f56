// A browser is started, driven, started again when it crashes, and gone when it is closed; all with a real one.
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { FoundBrowser } from "../../scripts/lab/browser/find-browser.ts";
import { type Browser, startBrowser } from "../../scripts/lab/browser/browser.ts";
import { launchBrowser } from "../../scripts/lab/browser/playwright-browser.ts";
import { foundBrowser } from "../helpers/found-browser.ts";
import { type LabBrowser, labBrowser } from "../../scripts/lab/browser/lab-browser.ts";

let folder: string;
let found: FoundBrowser;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "browser-test-"));
  found = await foundBrowser();
});
afterAll(() => rm(folder, { recursive: true }));

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

  it("fails all that wait with one sentence when its process dies", async () => {
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

  it("serve as many attempts as the option says, and then there is a new one", async () => {
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
  // Its parent's environment may lack what the browser needs: libraries and fonts, for the one by npm.
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

describe("a program that is not a browser", () => {
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
