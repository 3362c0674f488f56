// A headless browser: one process for many pages, each page in a context of its own.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Readable, Writable } from "node:stream";
import { type OwnedProcess, ownProcess } from "../owned-process.ts";
import { guardFolder } from "../watchdog.ts";
import type { FoundBrowser } from "./find-browser.ts";
import { type BrowserPage, openPage } from "./page.ts";
import { BrowserError, type DevTools, speakDevTools } from "./dev-tools.ts";
import { startAgainAfterCrash } from "./start-again.ts";

export interface Browser {
  /** `Chrome 147` */
  readonly name: string;
  readonly pid: number;
  /** The folder of its profile, which goes when it is closed. */
  readonly profile: string;
  /** Loads an address in a fresh context: no cookie, no connection, no memory of failures is shared with another page. */
  newPage(url: string): Promise<BrowserPage>;
  hasEnded(): boolean;
  /** Ends the process and removes its profile; resolves when both are gone. */
  close(): Promise<void>;
}

const STARTUP_TIMEOUT_MS = 20_000;
const STOP_TIMEOUT_MS = 3_000;

// What a browser does on its own (updates, lists, suggestions, a proxy) would be noise here, and nothing may leave this machine.
const QUIET = [
  "--headless",
  "--no-first-run",
  "--no-default-browser-check",
  "--no-proxy-server",
  "--no-pings",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-default-apps",
  "--disable-dev-shm-usage",
  "--disable-domain-reliability",
  "--disable-extensions",
  "--disable-gpu",
  "--disable-quic",
  "--disable-sync",
  "--disable-features=OptimizationHints,MediaRouter,Translate",
  "--host-resolver-rules=MAP localhost 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  "--mute-audio",
  "--password-store=basic",
  "--use-mock-keychain",
];

/**
 * Starts the browser and waits until it answers.
 * @throws BrowserError (code BROWSER_FAILED) with what it said last
 */
export function startBrowser(found: FoundBrowser): Promise<Browser> {
  return startAgainAfterCrash(() => launch(found));
}

async function launch(found: FoundBrowser): Promise<Browser> {
  const profile = mkdtempSync(path.join(tmpdir(), "sandbox-browser-"));
  guardFolder(profile);
  const flags = [
    "--remote-debugging-pipe",
    "--no-startup-window",
    ...quietArguments(found, profile),
  ];
  const owned = ownProcess("The browser", [found.program, ...flags], {
    env: found.env,
    stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
    // Ctrl-C is for this process, which then closes the browser cleanly.
    hasOwnGroup: true,
  });
  const [, , , commands, answers] = owned.child.stdio as unknown as [
    null,
    null,
    null,
    Writable,
    Readable,
  ];
  const devTools = speakDevTools(commands, answers);
  // By the time it has gone, every caller that waits for an answer has one.
  const ended = owned.ended.then(({ sentence }) => devTools.end(sentence));

  const close = async (): Promise<void> => {
    // The answer may or may not come before the end; the browser has the command in either case.
    void devTools.send("Browser.close").catch(() => undefined);
    const force = setTimeout(() => void owned.stop("SIGKILL"), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(force);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };

  try {
    const name = await askName(owned, devTools);
    const newPage = (url: string): Promise<BrowserPage> => openPage(devTools, url);
    const hasEnded = (): boolean => devTools.hasEnded();
    return { name, pid: owned.child.pid!, profile, newPage, hasEnded, close };
  } catch (error) {
    await close();
    if (found.from !== "CHROME_PATH") throw error;
    throw new BrowserError(
      `${(error as Error).message} CHROME_PATH names ${found.program}: is that Chrome, Chromium or Edge?`,
      { cause: error },
    );
  }
}

/** @param profile a folder of its own */
export function quietArguments({ from }: Pick<FoundBrowser, "from">, profile: string): string[] {
  // Chrome refuses to sandbox for root; and the one by npm brings no helper for it. It loads our own pages only.
  const isUnconfined = from === "npm" || process.getuid?.() === 0;
  return [...QUIET, ...(isUnconfined ? ["--no-sandbox"] : []), `--user-data-dir=${profile}`];
}

/** The name and the main version: `Chrome 147` from `HeadlessChrome/147.0.7727.0`. */
async function askName(owned: OwnedProcess, devTools: DevTools): Promise<string> {
  const timer = setTimeout(() => {
    devTools.end(`The browser did not answer within ${STARTUP_TIMEOUT_MS / 1000} s.`);
    void owned.stop("SIGKILL");
  }, STARTUP_TIMEOUT_MS);
  try {
    const { product } = await devTools.send("Browser.getVersion");
    const [, name, version] = /^(?:Headless)?(\w+)\/(\d+)/.exec(String(product)) ?? [];
    if (name === undefined) throw new BrowserError(`The browser gave no name: ${String(product)}`);
    return `${name} ${version}`;
  } finally {
    clearTimeout(timer);
  }
}
