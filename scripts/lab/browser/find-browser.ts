// Finds a browser: the one that CHROME_PATH names, one that is installed, or the one that npm installs.
import { realpath } from "node:fs/promises";
import { BrowserError } from "./dev-tools.ts";
import { type NpmBrowser, npmBrowser, UnpackError } from "./npm-browser.ts";
import { installedPlaces } from "./places.ts";
import { isProgram } from "./program.ts";

/** A browser's program, and how it must be started. */
export interface FoundBrowser {
  program: string;
  from: "CHROME_PATH" | "installed" | "npm";
  env: NodeJS.ProcessEnv;
}

/** There is no browser; the sentence says why, or how to get one. */
interface NoBrowser {
  missing: string;
}

/** CHROME_PATH names something that is not a program. */
class ChromePathError extends Error {
  readonly code = "BAD_CHROME_PATH";
}

interface FindOptions {
  platform?: NodeJS.Platform;
  byNpm?: () => Promise<NpmBrowser | undefined>;
}

const HOW_TO_GET_ONE =
  "No browser was found: install Chrome, Chromium or Edge, or set CHROME_PATH to its program, " +
  "or on Linux (x64) run `npm ci` without `--omit=dev`, which brings one.";

/**
 * Finds browsers, the best first: the one that CHROME_PATH names, and no other; or those that are installed, and then the
 * one by npm; with CHROME_FROM=npm that one goes first.
 * @param options.byNpm where the one by npm comes from
 * @throws ChromePathError (code BAD_CHROME_PATH), since a person who names a browser wants no other
 */
export async function* findBrowsers(
  env = process.env,
  { platform = process.platform, byNpm = npmBrowser }: FindOptions = {},
): AsyncGenerator<FoundBrowser | NoBrowser> {
  const wanted = env["CHROME_PATH"];
  if (wanted) {
    if (!(await isProgram(wanted)))
      throw new ChromePathError(
        `CHROME_PATH must be the path of a browser's program, got "${wanted}": correct it or unset it.`,
      );
    return yield { program: wanted, from: "CHROME_PATH", env };
  }
  const sources = [findInstalled(platform, env), findByNpm(byNpm)];
  // The tests want the same browser, with the same fonts, on every machine.
  if (env["CHROME_FROM"] === "npm") sources.reverse();
  for (const source of sources) yield* source;
}

/**
 * Starts the first browser that can be started: one may be there and not run, such as a program that only says how to
 * install it.
 * @param start throws BrowserError if it cannot be started; anything else is a bug
 * @returns why there is none, if none can be started
 * @throws BrowserError (code BROWSER_FAILED) for the one that CHROME_PATH names
 */
export async function startFirst<Started>(
  start: (found: FoundBrowser) => Promise<Started>,
  browsers: AsyncIterable<FoundBrowser | NoBrowser> | Iterable<FoundBrowser> = findBrowsers(),
): Promise<Started | NoBrowser> {
  const failures: string[] = [];
  for await (const found of browsers) {
    if ("missing" in found) failures.push(found.missing);
    else
      try {
        return await start(found);
      } catch (error) {
        if (found.from === "CHROME_PATH" || !(error instanceof BrowserError)) throw error;
        failures.push(`${found.program}: ${error.message}`);
      }
  }
  if (failures.length === 0) return { missing: HOW_TO_GET_ONE };
  return { missing: `No browser could be started. ${failures.join(" ")}` };
}

async function* findInstalled(
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
): AsyncGenerator<FoundBrowser> {
  // One program may be in several places, as /bin is /usr/bin on most systems.
  const seen = new Set<string>();
  for (const program of installedPlaces(platform, env)) {
    if (!(await isProgram(program))) continue;
    const file = await realpath(program);
    if (!seen.has(file)) yield { program, from: "installed", env };
    seen.add(file);
  }
}

async function* findByNpm(
  byNpm: () => Promise<NpmBrowser | undefined>,
): AsyncGenerator<FoundBrowser | NoBrowser> {
  try {
    const found = await byNpm();
    if (found !== undefined) yield { ...found, from: "npm" };
  } catch (error) {
    if (!(error instanceof UnpackError)) throw error;
    yield { missing: error.message };
  }
}
