// The time that an attempt may take, and whether the machine let it use that time. Runs in Node and in the page alike.
import type { CutShort } from "../model/outcome.ts";
import { watchLateness } from "./lateness.ts";

/** Waits for things, but not for ever. */
export interface TimeLimit {
  /**
   * Resolves with what the promise gives, or with `otherwise()` once the time is over.
   * @param limitMs milliseconds from now; if the whole time is over before, that counts
   */
  within<Value, Other>(
    limitMs: number,
    promise: Promise<Value>,
    otherwise: () => Other,
  ): Promise<Value | Other>;
  /** Undefined as long as everything that was waited for came in time. */
  cutShort(): CutShort | undefined;
  /** Nothing is waited for any more. */
  end(): void;
}

/** @param timeoutMs the whole time, from now */
export function startTimeLimit(timeoutMs: number): TimeLimit {
  const deadline = performance.now() + timeoutMs;
  const lateness = watchLateness();
  let cutShort: CutShort | undefined;

  return {
    async within(limitMs, promise, otherwise) {
      const leftMs = Math.max(0, Math.min(limitMs, deadline - performance.now()));
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<ReturnType<typeof otherwise>>((resolve) => {
        timer = setTimeout(() => {
          cutShort = { lateMs: lateness.mostMs() };
          resolve(otherwise());
        }, leftMs);
      });
      try {
        return await Promise.race([promise, late]);
      } finally {
        clearTimeout(timer);
      }
    },
    cutShort: () => cutShort,
    end: () => lateness.stop(),
  };
}
