// Says whether a bundle is still what its sources say. JavaScript, since this decides whether TypeScript has to be read.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "..", "..");
/** `NAME.json` in it says where the bundle of a command is, and which files it depends on. */
export const BUNDLES_FOLDER = path.join(ROOT, "dist", "commands");

/**
 * Looks at the content of the files: times say little once a project was copied, or comes from a repository.
 * @param {string} name of the command
 * @returns {string | undefined} its bundle; undefined if there is none, or a file is not what it was
 */
export function freshBundle(name) {
  const note = readNote(path.join(BUNDLES_FOLDER, `${name}.json`));
  if (note === undefined) return undefined;
  const isFresh = Object.entries(note.files).every(
    ([file, hash]) => hashOf(readIfPossible(path.join(ROOT, file))) === hash,
  );
  return isFresh ? path.join(ROOT, note.bundle) : undefined;
}

/** Undefined as well for a note that was cut short, as by a loss of power. */
function readNote(file) {
  try {
    return JSON.parse(readIfPossible(file) ?? "");
  } catch {
    return undefined;
  }
}

/** Empty for a file that cannot be read. */
export function hashOf(content) {
  return content === undefined ? "" : createHash("sha1").update(content).digest("base64url");
}

export function readIfPossible(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
