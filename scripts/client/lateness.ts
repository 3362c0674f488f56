// How late this program gets to run: where a machine has too much to do, every timer is late. Runs in Node and in the page alike.

interface Lateness {
  /** How late a timer has been at most, in milliseconds, since the watch began. */
  mostMs(): number;
  stop(): void;
}

const EVERY_MS = 50;

/** Begins to watch. */
export function watchLateness(): Lateness {
  let dueAt = performance.now() + EVERY_MS;
  let mostMs = 0;
  const look = (): number => (mostMs = Math.max(mostMs, performance.now() - dueAt));
  const timer = setInterval(() => {
    look();
    dueAt = performance.now() + EVERY_MS;
  }, EVERY_MS);
  return { mostMs: () => Math.round(look()), stop: () => clearInterval(timer) };
}
