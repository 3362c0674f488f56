// Notes that this process has a working copy open, and finds out whether another one has: a terminal, or a sandbox's page.
import { rm } from "node:fs/promises";
import path from "node:path";
import type { Exercise } from "../../model/exercise.ts";
import type { Variant } from "../../model/vocabulary.ts";
import { StorageError, storeFile, listIfThere } from "../stored-file.ts";
import { workFolder } from "./working-copy.ts";

interface OpenNote {
  isElsewhere: boolean;
  forget(): Promise<void>;
}

export async function noteOpen({ name }: Exercise, variant: Variant): Promise<OpenNote> {
  const folder = path.join(workFolder(), ".history", name);
  const start = `${variant}.open.`;
  const own = path.join(folder, `${start}${process.pid}`);
  // Where it cannot be written, versions cannot be stored either, and that has a message of its own.
  await storeFile(own, "").catch((error: unknown) => {
    if (!(error instanceof StorageError)) throw error;
  });
  const others = (await listIfThere(folder))
    .filter((each) => each.name.startsWith(start))
    .map((each) => Number(each.name.slice(start.length)))
    .filter((pid) => pid !== process.pid && pid > 0);
  return {
    isElsewhere: others.some(isRunning),
    forget: () => rm(own, { force: true }),
  };
}

/** One that was killed leaves its note. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is another user's.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
