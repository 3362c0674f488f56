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
    console.error(await inLines(error.message, process.stderr));
    process.exitCode = EXIT_CODE_OF_A_MISTAKE;
  }
}

/** A terminal breaks words where its lines end. What is longer than a line, such as an address, stays whole; so does code. */
async function inLines(text: string, { isTTY, columns }: NodeJS.WriteStream): Promise<string> {
  if (!isTTY) return text;
  const { default: wrap } = await import("wrap-ansi");
  const lines = text
    .split("\n")
    .map((line) => (/^\s/.test(line) ? line : wrap(line, columns || 80)));
  return lines.join("\n");
}

/** Whether an error is a person's mistake, and its message says what can be done. */
export function isMistake(error: unknown): error is Error {
  return MISTAKES.has((error as NodeJS.ErrnoException).code);
}
