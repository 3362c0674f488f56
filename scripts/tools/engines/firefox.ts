// Firefox, driven by puppeteer-core over WebDriver BiDi, which a stock Firefox speaks by itself.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser } from "puppeteer-core";
import { BrowserError } from "../../lab/browser/dev-tools.ts";
import { guardFolder, guardProcess } from "../../lab/watchdog.ts";
import type { Engine, FoundEngine, MissingEngine, RunningEngine } from "./engine.ts";
import { supplyFirefoxPages } from "./firefox-page.ts";
import { findProgram, placesOnPath } from "./program-find.ts";

const HOW_TO_GET_IT =
  "No Firefox was found: install it (Debian: firefox-esr), or set FIREFOX_PATH to its program.";

const STARTUP_TIMEOUT_MS = 60_000;

// Nothing may leave this machine: addresses are loopback, and no name is looked up.
const PREFERENCES = { "network.proxy.type": 0, "network.dns.disabled": true };

export const firefox: Engine = { name: "firefox", find: (env) => findFirefox(env) };

/** @throws ProgramPathError (code BAD_PROGRAM_PATH) */
export async function findFirefox(
  env: NodeJS.ProcessEnv,
  platform = process.platform,
): Promise<FoundEngine | MissingEngine> {
  const places = firefoxPlaces(platform, env);
  const wanted = { variable: "FIREFOX_PATH", what: "Firefox's program", places };
  const program = await findProgram(wanted, env);
  if (program === undefined) return { missing: HOW_TO_GET_IT };
  return { start: (signal) => startFirefox(program, env, signal) };
}

/** Where a Firefox may be, most likely first. */
export function firefoxPlaces(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  const application = "/Applications/Firefox.app/Contents/MacOS/firefox";
  if (platform === "darwin") return [application, `${env["HOME"] ?? ""}${application}`];
  if (platform !== "win32") return placesOnPath(["firefox", "firefox-esr"], env);
  const folders = [env["ProgramFiles"], env["ProgramFiles(x86)"], env["LOCALAPPDATA"]];
  return folders.flatMap((folder) =>
    folder ? [path.win32.join(folder, "Mozilla Firefox\\firefox.exe")] : [],
  );
}

async function startFirefox(
  program: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<RunningEngine> {
  // Loaded only now: whoever runs other engines does not wait for it.
  const { launch } = await import("puppeteer-core");
  const profile = mkdtempSync(path.join(tmpdir(), "sandbox-browser-"));
  guardFolder(profile);
  const kill = new AbortController();
  const removeAll = (): void => {
    kill.abort();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const browser = await launch({
      browser: "firefox",
      executablePath: program,
      userDataDir: profile,
      extraPrefsFirefox: PREFERENCES,
      env,
      timeout: STARTUP_TIMEOUT_MS,
      signal: AbortSignal.any([signal, kill.signal]),
      // Ctrl-C is for this process, which then ends the browser in good order.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    // Its group: puppeteer makes it lead one.
    const release = guardProcess(-browser.process()!.pid!);
    return await runningFirefox(browser, () => {
      release();
      removeAll();
    });
  } catch (error) {
    removeAll();
    const [line] = (error as Error).message.split("\n");
    throw new BrowserError(`Firefox could not be started: ${line}`, { cause: error });
  }
}

async function runningFirefox(browser: Browser, removeAll: () => void): Promise<RunningEngine> {
  const [, version] = /\/(\d+)/.exec(await browser.version()) ?? [];
  return {
    name: `Firefox ${version}`,
    // They would be closed only when the server or Firefox has waited long enough.
    leavesConnections: true,
    newPage: supplyFirefoxPages(browser),
    close: async () => {
      await browser.close();
      removeAll();
    },
  };
}
