// Whether a file is a program that this user may run.
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";

/** Whether there is a file that may be run. */
export async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    // Not there, or not ours to run: either way no browser.
    return false;
  }
}
