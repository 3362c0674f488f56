// Waits for something, but not for ever, and says how long it took. Runs in Node and in the page alike.

/** Milliseconds since then, to a tenth. @param startedAt on the clock of `performance.now()` */
export function since(startedAt: number): number {
  return Math.round((performance.now() - startedAt) * 10) / 10;
}

/**
 * Resolves with what the promise gives, or with `otherwise()` once the time is over.
 * @param limitMs milliseconds from now
 * @param deadline on the clock of `performance.now()`; the earlier of the two counts
 */
export async function within<Value, Other>(
  limitMs: number,
  deadline: number,
  promise: Promise<Value>,
  otherwise: () => Other,
): Promise<Value | Other> {
  const leftMs = Math.max(0, Math.min(limitMs, deadline - performance.now()));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Other>((resolve) => {
    timer = setTimeout(() => resolve(otherwise()), leftMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
