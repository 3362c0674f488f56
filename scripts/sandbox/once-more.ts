// For work that writes or reports the current state: one run at a time, and one more if the state changed during a run.

/** @returns starts the work. Calls during a run, however many, cause one more run after it. */
export function onceMore(work: () => Promise<void>): () => Promise<void> {
  let isDue = false;
  let underWay: Promise<void> | undefined;

  async function run(): Promise<void> {
    try {
      while (isDue) {
        isDue = false;
        await work();
      }
    } finally {
      underWay = undefined;
    }
  }

  return () => {
    isDue = true;
    underWay ??= run();
    return underWay;
  };
}
