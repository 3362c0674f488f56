// Runs the main part of a command. A user's mistake is one sentence; a bug keeps its stack.
import type { Ending } from "./ending.ts";

/** Errors with these codes say in their message what can be done about them. */
const MISTAKES: ReadonlySet<string | undefined> = new Set([
  "BAD_ARGUMENTS",
  "BAD_LESSON",
  "UNKNOWN_LESSON",
  "UNKNOWN_FILE",
  "CANNOT_STORE",
  "BAD_OVERLAY",
  "BAD_CHROME_PATH",
  "BROWSER_MISSING",
  "BROWSER_NOT_UNPACKED",
  "BROWSER_FAILED",
  "CANNOT_PRINT",
  "CHANGE_DOES_NOT_FIT",
  "VARIANT_DIED_AT_START",
  "REDIS_MISSING",
]);

/** Apart from 1, which says that something ran and was not as it should be. */
const EXIT_CODE_OF_A_MISTAKE = 2;

/**
 * Runs it; a mistake leaves the exit code 2.
 * @param ending once it has begun, what fails does so because it is being stopped
 */
export async function runCommand(main: () => Promise<void>, ending?: Ending): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (ending?.hasBegun()) return;
    if (!isMistake(error)) throw error;
    console.error(error.message);
    process.exitCode = EXIT_CODE_OF_A_MISTAKE;
  }
}

/** Whether an error is a person's mistake, and its message says what can be done. */
export function isMistake(error: unknown): error is Error {
  return MISTAKES.has((error as NodeJS.ErrnoException).code);
}
