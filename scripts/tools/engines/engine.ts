// What a browser engine is to the matrix: it is found, started, and then gives fresh pages.
import type { BrowserPage } from "../../lab/browser/page.ts";

/** The engines there are, in the order of their columns. */
export const ENGINE_NAMES = ["chromium", "firefox", "webkit"] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

export interface Engine {
  name: EngineName;
  /** Looks for it on this machine. @throws an error that `isEngineFailure` knows, where the environment names a wrong program */
  find(env: NodeJS.ProcessEnv): Promise<FoundEngine | MissingEngine>;
}

export interface FoundEngine {
  /**
   * Starts it and waits until it answers.
   * @param signal ends at once what was started, should nobody want it any more
   * @throws BrowserError (code BROWSER_FAILED)
   */
  start(signal: AbortSignal): Promise<RunningEngine>;
}

/** It is not there; the sentence says how to get it. */
export interface MissingEngine {
  missing: string;
}

export interface RunningEngine {
  /** `Firefox 153` */
  readonly name: string;
  /** Whether a page that has ended leaves its idle connections open. */
  readonly leavesConnections: boolean;
  /** Loads an address in a page that shares nothing with another: no cookie, no connection, no memory of failures. */
  newPage(url: string): Promise<BrowserPage>;
  /** Ends all that was started; resolves when it is gone. */
  close(): Promise<void>;
}

const FAILURES = new Set([
  "BROWSER_FAILED",
  "BAD_CHROME_PATH",
  "BAD_PROGRAM_PATH",
  "BROWSER_NOT_UNPACKED",
  "OVERLOADED",
]);

/** Whether this is the failure of one engine, told in its message; anything else is a bug. */
export function isEngineFailure(error: unknown): error is Error {
  return error instanceof Error && "code" in error && FAILURES.has(String(error.code));
}
