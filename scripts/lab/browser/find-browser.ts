// Finds a browser: the one that was asked for, one that is installed, or the one that comes by npm.
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { type NpmBrowser, npmBrowser } from "./npm-browser.ts";
import { installedPlaces } from "./places.ts";

/** A browser's program, and how it must be started. */
export interface FoundBrowser {
  program: string;
  from: "CHROME_PATH" | "installed" | "npm";
  env: NodeJS.ProcessEnv;
}

/** There is no browser; the sentence says how to get one. */
export interface NoBrowser {
  missing: string;
}

/** CHROME_PATH names something that is no program. */
class ChromePathError extends Error {
  readonly code = "BAD_CHROME_PATH";
}

interface FindOptions {
  platform?: NodeJS.Platform;
  byNpm?: () => Promise<NpmBrowser | undefined>;
}

const HOW_TO_GET_ONE =
  "No browser was found: install Chrome, Chromium or Edge, or set CHROME_PATH to its program, " +
  "or on Linux (x64) run `npm install` without `--omit=dev`, which brings one.";

/**
 * Finds a browser, the first of: CHROME_PATH, an installed one, the one by npm; with CHROME_FROM=npm that one goes first.
 * @param options.byNpm where the one by npm comes from
 * @throws ChromePathError (code BAD_CHROME_PATH), since who names a browser wants no other
 */
export async function findBrowser(
  env = process.env,
  { platform = process.platform, byNpm = npmBrowser }: FindOptions = {},
): Promise<FoundBrowser | NoBrowser> {
  const wanted = env["CHROME_PATH"];
  if (wanted) {
    if (await isProgram(wanted)) return { program: wanted, from: "CHROME_PATH", env };
    throw new ChromePathError(
      `CHROME_PATH must be the path of a browser's program, got "${wanted}": correct it or unset it.`,
    );
  }
  const finders = [() => findInstalled(platform, env), () => findByNpm(byNpm)];
  // The tests want the same browser, with the same fonts, on every machine.
  if (env["CHROME_FROM"] === "npm") finders.reverse();
  for (const find of finders) {
    const found = await find();
    if (found !== undefined) return found;
  }
  return { missing: HOW_TO_GET_ONE };
}

async function findInstalled(
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
): Promise<FoundBrowser | undefined> {
  for (const program of installedPlaces(platform, env))
    if (await isProgram(program)) return { program, from: "installed", env };
  return undefined;
}

async function findByNpm(
  byNpm: () => Promise<NpmBrowser | undefined>,
): Promise<FoundBrowser | undefined> {
  const found = await byNpm();
  return found && { ...found, from: "npm" };
}

/** Whether there is a file that may be run. */
export async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    // Not there, or not ours to run: either way no browser.
    return false;
  }
}
