// Writes a folder of files that were built, while others may read it or write it as well.
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

/**
 * Writes the files and removes all others. Every file appears whole: a reader finds the old file or the new one, never a
 * part of one.
 * @param contents by the path inside the folder, with slashes
 * @returns those paths, sorted
 */
export async function writeFolder(
  folder: string,
  contents: ReadonlyMap<string, string | Uint8Array>,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  // Beside the folder, since a rename must stay on one disk.
  const unfinished = await mkdtemp(`${folder}.unfinished-`);
  try {
    for (const [name, content] of contents) {
      const draft = path.join(unfinished, path.basename(name));
      await writeFile(draft, content);
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await rename(draft, path.join(folder, name));
    }
  } finally {
    await rm(unfinished, { recursive: true });
  }
  await removeOthers(folder, contents);
  return [...contents.keys()].toSorted();
}

async function removeOthers(folder: string, contents: ReadonlyMap<string, unknown>): Promise<void> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, name }) => path.join(parentPath, name));
  const others = paths.filter(
    (file) => !contents.has(path.relative(folder, file).split(path.sep).join("/")),
  );
  await Promise.all(others.map((file) => rm(file, { force: true })));
}
