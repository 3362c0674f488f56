// What the sandbox learns from a page that runs the lessons, from its arrival to its end.
import { BrowserError } from "../../lab/browser/dev-tools.ts";
import type { End } from "../../lab/owned-process.ts";
import { browserName } from "../../model/browser-name.ts";
import type { FilledCell } from "../../model/cell.ts";
import type { Lesson } from "../../model/lesson.ts";
import type { PageWatch } from "../../sandbox/answers.ts";
import { printable } from "../../model/words/printable.ts";

/** A browser that has made all attempts. */
export interface BrowserRun {
  /** `Firefox 153` */
  name: string;
  /** Lesson by lesson, and in each in the order of its attempts. */
  lessons: { lesson: Lesson; cells: FilledCell[] }[];
}

/** How far a browser is. */
export interface Progress {
  browser: string;
  /** The lesson of the last attempt. */
  lesson: number;
  done: number;
  total: number;
}

export interface WatchedRun {
  readonly onPage: (userAgent: string) => PageWatch;
  /** Rejects with a BrowserError (code BROWSER_FAILED) if the page does not come, goes, or cannot fill a cell. */
  readonly result: Promise<BrowserRun>;
  /** The program has ended. One that ended with 0 may have handed the address to another. */
  programEnded(end: End): void;
  /** No page should still have to come after that time. */
  isLate(ms: number): void;
}

/** The browser did not even come to the page. */
export class NoPageError extends BrowserError {}

interface Watch {
  /** That the page runs. */
  lessons: readonly Lesson[];
  onProgress: (progress: Progress) => void;
  /** Nobody waits any longer. */
  signal: AbortSignal;
}

/** No attempt takes as long. */
const STILL_MS = 120_000;

export function watchRun({ lessons, onProgress, signal }: Watch): WatchedRun {
  const total = lessons.reduce((sum, { attempts }) => sum + attempts.length, 0);
  let end!: (how: BrowserRun | Error) => void;
  const result = new Promise<BrowserRun>((resolve, reject) => {
    end = (how) => (how instanceof Error ? reject(how) : resolve(how));
  });
  // It may end before anybody waits for it.
  result.catch(() => undefined);
  signal.addEventListener("abort", () => end(signal.reason as Error));
  let timer: NodeJS.Timeout | undefined;
  let name: string | undefined;
  let pages = 0;
  let done = 0;

  function fail(what: string): void {
    end(new BrowserError(`${name} ${what} after ${done} of ${total} attempts.`));
  }

  function wait(): void {
    clearTimeout(timer);
    timer = setTimeout(() => fail(`did nothing for ${STILL_MS / 1000} s`), STILL_MS).unref();
  }

  const onPage: WatchedRun["onPage"] = (userAgent) => {
    const cells = new Map<string, FilledCell>();
    const read = ({ number, attempts }: Lesson): FilledCell[] =>
      attempts.flatMap(({ id }) => cells.get(`${number} ${id}`) ?? []);
    pages += 1;
    const browser = browserName({ userAgent });
    name = browser;
    wait();
    return {
      filled({ lesson = 0, attempt }, cell) {
        cells.set(`${lesson} ${attempt}`, cell);
        done = cells.size;
        wait();
        onProgress({ browser, lesson, done, total });
      },
      ran(problem) {
        if (problem !== null) return fail(`stopped (${printable(problem)})`);
        if (lessons.flatMap(read).length < total) return fail("was done");
        end({
          name: browser,
          lessons: lessons.map((lesson) => ({ lesson, cells: read(lesson) })),
        });
      },
      left() {
        pages -= 1;
        if (pages === 0) fail("went away");
      },
    };
  };

  return {
    onPage,
    result,
    programEnded({ reason, sentence }) {
      if (name !== undefined) fail("went away");
      else if (reason !== 0) end(new NoPageError(sentence));
    },
    isLate(ms) {
      if (name === undefined)
        end(new NoPageError(`It did not open the page within ${ms / 1000} s.`));
    },
  };
}
