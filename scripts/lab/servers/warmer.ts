// Starts servers ahead of their use, one after the other, so that what a person waits for has the machine to itself.
import type { ServerChoice } from "./pool.ts";

/** Takes a list of servers to start; what is left of an earlier list is forgotten. */
export type Warmer = (choices: readonly ServerChoice[]) => void;

/** @param warmOne starts one server; a failure is told of at that server's first use, and not here */
export function createWarmer(warmOne: (choice: ServerChoice) => Promise<void>): Warmer {
  let left: ServerChoice[] = [];
  let isWorking = false;

  async function workThrough(): Promise<void> {
    for (let next = left.shift(); next !== undefined; next = left.shift())
      await Promise.allSettled([warmOne(next)]);
    isWorking = false;
  }

  return (choices) => {
    left = [...choices];
    if (isWorking) return;
    isWorking = true;
    void workThrough();
  };
}
