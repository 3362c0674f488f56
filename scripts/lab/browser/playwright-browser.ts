// A browser that can be clicked and typed in, driven by Playwright: slower to load than the lab's own way, and complete.
import type { Browser } from "playwright-core";
import { findBrowser } from "./find-browser.ts";
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
  const [{ chromium }, found] = await Promise.all([import("playwright-core"), findBrowser()]);
  if ("missing" in found) throw new BrowserMissingError(found.missing);
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(found.env)) if (value !== undefined) env[name] = value;
  const options = { executablePath: found.program, env, args: ["--no-sandbox", "--disable-gpu"] };
  return startAgainAfterCrash(() => chromium.launch(options));
}
