// Lets a few in at a time; the others wait for their turn, first come, first served.

interface Gate {
  /** Resolves when there is room. */
  enter(): Promise<void>;
  leave(): void;
  /** Does the work inside. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
  /** How many wait. */
  waiting(): number;
}

/** @param places how many may be inside at once */
export function createGate(places: number): Gate {
  let free = places;
  const queue: (() => void)[] = [];
  async function enter(): Promise<void> {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => queue.push(resolve));
  }

  function leave(): void {
    const next = queue.shift();
    if (next) next();
    else free += 1;
  }

  async function run<Result>(work: () => Promise<Result>): Promise<Result> {
    await enter();
    try {
      return await work();
    } finally {
      leave();
    }
  }

  return { enter, leave, run, waiting: () => queue.length };
}

/**
 * Works on a list, a few items at once, and keeps the order of the results. After an error nothing more is begun; it waits for
 * what is under way.
 * @param atOnce how many at the same time
 */
export async function inLanes<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const gate = createGate(atOnce);
  const results: Result[] = [];
  const errors: unknown[] = [];
  const workOn = async (item: Item, at: number): Promise<void> => {
    if (errors.length > 0) return;
    try {
      results[at] = await work(item);
    } catch (error) {
      errors.push(error);
    }
  };
  await Promise.all(items.map((item, at) => gate.run(() => workOn(item, at))));
  // Only now, so that what the others still work with is not closed too early.
  if (errors.length > 0) throw errors[0];
  return results;
}
