// For work that tells or writes how things are: what changes while it is being done is not lost, and nothing is done twice at once.

/** Does the work. However often it is asked for meanwhile, it is done once more after that. */
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
