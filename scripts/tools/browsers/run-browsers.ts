// Lets one browser after the other run the lessons, on one sandbox.
import { startAgainAfterCrash } from "../../lab/browser/start-again.ts";
import type { LabOptions } from "../../lab/lab.ts";
import { writeAddress } from "../../model/address.ts";
import type { Lesson } from "../../model/lesson.ts";
import { openSandbox, type Sandbox } from "../../sandbox/sandbox.ts";
import { findPrograms, type Program } from "./find-programs.ts";
import { openProgram } from "./open-program.ts";
import { NONE } from "./options.ts";
import {
  type BrowserRun,
  NoPageError,
  type Progress,
  type WatchedRun,
  watchRun,
} from "./watched-run.ts";

/** A browser of the list: what it has seen, or why it has not, in a sentence. */
export type BrowserEnd =
  | BrowserRun
  | { wanted: string; missing: string }
  | { wanted: string; failure: string };

/** Codes of failures of one browser, which their message explains; anything else is a bug. */
const FAILURES: ReadonlySet<string | undefined> = new Set([
  "BROWSER_FAILED",
  "PROCESS_ENDED",
  "BAD_CHROME_PATH",
  "CANNOT_STORE",
]);
const OPENING_TIMEOUT_MS = 60_000;

interface BrowsersRun {
  browsers: readonly string[];
  lessons: readonly Lesson[];
  /** Ends the browser that runs; no further one is started then. */
  signal: AbortSignal;
  port?: number | undefined;
  publicOrigin?: string | undefined;
  /** Called with an address that the person is to open. */
  onAddress: (address: string) => void;
  onProgress: (progress: Progress) => void;
  /** Called with each browser that is done, or could not be. */
  onEnd: (end: BrowserEnd) => void;
  /** Called when a server ends that nobody stopped. */
  onCrash: NonNullable<LabOptions["onCrash"]>;
  /** Called with a mistake of ours. */
  onMistake: (error: unknown) => void;
}

/** @throws the system's error, if the port cannot be had (code EADDRINUSE, EACCES) */
export async function runBrowsers(options: BrowsersRun): Promise<BrowserEnd[]> {
  const { browsers, signal, onEnd, port = 0, publicOrigin, onCrash, onMistake } = options;
  let run: WatchedRun | undefined;
  const sandbox = await openSandbox({
    port,
    publicOrigin,
    onCrash,
    onMistake,
    onPage: (userAgent) => run?.onPage(userAgent),
  });
  const ends: BrowserEnd[] = [];
  try {
    // One after the other: each has the machine to itself.
    for (const wanted of browsers) {
      const watch = (): WatchedRun => (run = watchRun(options));
      const end = await runBrowser(wanted, sandbox, { ...options, watch });
      // What a browser reports while it is being ended is not a result.
      signal.throwIfAborted();
      ends.push(end);
      onEnd(end);
    }
    return ends;
  } finally {
    await sandbox.close();
  }
}

async function runBrowser(
  wanted: string,
  sandbox: Sandbox,
  { lessons, signal, onAddress, watch }: BrowsersRun & { watch: () => WatchedRun },
): Promise<BrowserEnd> {
  const view = { page: "run", lessons: lessons.map(({ number }) => number) } as const;
  const path = writeAddress({ view, chosen: {}, cell: undefined });

  async function runIn(program: Program): Promise<BrowserRun> {
    signal.throwIfAborted();
    const run = watch();
    const { ended, name, close } = await openProgram(program, sandbox.newAddress(path), signal);
    void ended.then((end) => run.programEnded(end));
    const late = setTimeout(() => run.isLate(OPENING_TIMEOUT_MS), OPENING_TIMEOUT_MS);
    try {
      const result = await run.result;
      return { ...result, name: name ?? result.name };
    } finally {
      clearTimeout(late);
      await close();
    }
  }

  /** A program may be there and only say how to install the browser: then another may run. */
  async function runFirst([program, ...others]: readonly Program[]): Promise<BrowserRun> {
    try {
      return await startAgainAfterCrash(() => runIn(program!));
    } catch (error) {
      if (!(error instanceof NoPageError) || others.length === 0) throw error;
      return runFirst(others);
    }
  }

  try {
    if (wanted === NONE) {
      const { result } = watch();
      onAddress(sandbox.address(path));
      return await result;
    }
    const { programs, missing } = await findPrograms(wanted);
    return programs.length === 0 ? { wanted, missing } : await runFirst(programs);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (!FAILURES.has(code)) throw error;
    return { wanted, failure: message };
  }
}
