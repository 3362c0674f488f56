// Ends a command in good order, whatever ends it: what it started is stopped, and the terminal is as it was.
import { once } from "node:events";

const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

export interface Ending {
  /** From then on, what still runs fails because it is being stopped. */
  hasBegun(): boolean;
}

/**
 * Calls `stop` once when the process shall end, and then ends it.
 * @param stop stops everything that was started; it may be called at any time
 */
export function endInGoodOrder(stop: () => Promise<void>): Ending {
  let isEnding = false;
  const end = async (exitCode: number): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    try {
      await stop();
    } finally {
      // oxlint-disable-next-line unicorn/no-process-exit -- a signal ends the process whatever it waits for
      process.exit(exitCode);
    }
  };
  for (const [signal, number] of Object.entries(SIGNALS))
    process.on(signal, () => void end(128 + number));
  // Whoever reads has gone (`| head`): nobody is left to print for.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    void end(0);
  });
  return { hasBegun: () => isEnding };
}

/**
 * Stops this process as Ctrl-Z does, and with it npm, which started it: a shell waits for the whole group. Resolves when
 * it is continued.
 */
export async function pauseProcess(): Promise<void> {
  const continued = once(process, "SIGCONT");
  process.kill(0, "SIGTSTP");
  await continued;
}
