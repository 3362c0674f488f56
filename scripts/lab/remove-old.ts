// What is kept from one run to the next is removed once nobody has used it for a week.
import { statSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";

/** What is running may come back to a part of it late; nothing runs for so long. */
const KEPT_MS = 7 * 24 * 60 * 60_000;

/**
 * Removes, from the folder of these folders, those whose time of modification is a week ago; makes it, if it is not there.
 * @param parent absolute
 */
export async function removeOldFolders(parent: string): Promise<void> {
  await mkdir(parent, { recursive: true });
  for (const name of await readdir(parent)) {
    const place = path.join(parent, name);
    // Another process may have renamed or removed it meanwhile.
    const facts = statSync(place, { throwIfNoEntry: false });
    if (facts?.isDirectory() && Date.now() - facts.mtimeMs > KEPT_MS)
      await rm(place, { recursive: true, force: true });
  }
}
