// A browser that can be clicked and typed in, driven by Playwright: slower to load than the lab's own way, and complete.
import type { Browser } from "playwright-core";
import { BrowserError } from "./dev-tools.ts";
import { type FoundBrowser, startFirst } from "./find-browser.ts";
import { startAgainAfterCrash } from "./start-again.ts";

/** There is no browser; the message says how to get one. */
class BrowserMissingError extends Error {
  readonly code = "BROWSER_MISSING";
}

/**
 * Starts the browser that the lab would take.
 * @throws BrowserMissingError (code BROWSER_MISSING)
 */
export async function launchBrowser(): Promise<Browser> {
  const { chromium } = await import("playwright-core");

  async function launch(found: FoundBrowser): Promise<Browser> {
    const env: Record<string, string> = {};
    for (const [name, value] of Object.entries(found.env))
      if (value !== undefined) env[name] = value;
    const options = { executablePath: found.program, env, args: ["--no-sandbox", "--disable-gpu"] };
    try {
      return await startAgainAfterCrash(() => chromium.launch(options));
    } catch (error) {
      throw new BrowserError((error as Error).message, { cause: error });
    }
  }

  const browser = await startFirst(launch);
  if ("missing" in browser) throw new BrowserMissingError(browser.missing);
  return browser;
}
