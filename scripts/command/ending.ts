// Ends a command cleanly, whatever the reason: stops what it started, and restores the terminal.
import { once } from "node:events";
import { isMistake } from "./run-command.ts";

const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;
const ORPHAN_CHECK_MS = 250;

export interface Ending {
  /** From then on, what still runs fails because it is being stopped. */
  hasBegun(): boolean;
}

/**
 * Calls `stop` once when the process is to end, and then ends it.
 * @param stop stops everything that was started; it may be called at any time
 */
export function endInGoodOrder(stop: () => Promise<void>): Ending {
  let isEnding = false;
  const end = async (exitCode: number): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    let code = exitCode;
    try {
      await stop();
    } catch (error) {
      code ||= 1;
      // What could not be saved is one sentence; a bug keeps its stack.
      console.error(isMistake(error) ? error.message : error);
    } finally {
      // oxlint-disable-next-line unicorn/no-process-exit -- a signal ends the process even while it waits
      process.exit(code);
    }
  };
  for (const [signal, number] of Object.entries(SIGNALS))
    process.on(signal, () => void end(128 + number));
  onceOrphaned(() => void end(128 + SIGNALS.SIGTERM));
  // The reader has gone (`| head`), so there is nobody to print for.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    void end(0);
  });
  return { hasBegun: () => isEnding };
}

/**
 * Calls `stop` once npm, which has started this process, has gone. npm 11 hands a signal to the shell that it started;
 * the shell ends without passing it on, so all that can be seen here is another parent.
 */
export function onceOrphaned(stop: () => void): void {
  if (process.env["npm_lifecycle_event"] === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, ORPHAN_CHECK_MS).unref();
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
