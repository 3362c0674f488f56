// Small files that the project keeps for itself from one run to the next, such as progress.
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";

/** The text of a file; undefined if it is not there. @throws the system's error, if it is there and cannot be read */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Writes a file, with its folder. Written beside it and then renamed: whoever reads meanwhile, or after a crash, finds the
 * old file or the new one.
 * @param mode who may read it: by default everybody who may read this folder
 */
export async function keepFile(file: string, text: string, mode = 0o666): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(draft, text, { mode });
  await rename(draft, file);
}
