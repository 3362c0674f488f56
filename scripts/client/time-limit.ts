// The time that the acts of an attempt may take, and whether the machine let the client use it. Runs in Node and in the page alike.
import { watchLateness } from "./lateness.ts";

/** Milliseconds since then, to a tenth. @param startedAt on the clock of `performance.now()` */
export function since(startedAt: number): number {
  return Math.round((performance.now() - startedAt) * 10) / 10;
}

/** Waits for things, but not for ever. */
export interface TimeLimit {
  /** What is left of the whole time, in milliseconds. */
  leftMs(): number;
  /**
   * Resolves with what the promise gives, or with `otherwise()` once the time is over.
   * @param limitMs milliseconds from now; if the whole time is over before, that counts
   */
  within<Value, Other>(
    limitMs: number,
    promise: Promise<Value>,
    otherwise: () => Other,
  ): Promise<Value | Other>;
  /** Notes that something did not come in time. */
  giveUp(): void;
  /** How late this client got to run, if something did not come in time since the last call; undefined if all did. */
  takeLateMs(): number | undefined;
  /** Nothing is waited for any more. */
  end(): void;
}

/** @param timeoutMs the whole time, from now */
export function startTimeLimit(timeoutMs: number): TimeLimit {
  const deadline = performance.now() + timeoutMs;
  const lateness = watchLateness();
  let lateMs: number | undefined;
  const leftMs = (): number => Math.max(0, deadline - performance.now());
  const giveUp = (): void => void (lateMs = lateness.mostMs());

  return {
    leftMs,
    async within(limitMs, promise, otherwise) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<ReturnType<typeof otherwise>>((resolve) => {
        const endOfTime = (): void => {
          giveUp();
          resolve(otherwise());
        };
        timer = setTimeout(endOfTime, Math.min(limitMs, leftMs()));
      });
      try {
        return await Promise.race([promise, late]);
      } finally {
        clearTimeout(timer);
      }
    },
    giveUp,
    takeLateMs() {
      const taken = lateMs;
      lateMs = undefined;
      return taken;
    },
    end: () => lateness.stop(),
  };
}
