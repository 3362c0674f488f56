// Says whether a bundle still matches its sources. JavaScript, since this decides whether TypeScript has to be read.
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "..", "..");
/** `NAME.json` in it says where the bundle of a command is, and which files it depends on. */
export const BUNDLES_FOLDER = path.join(ROOT, "dist", "commands");

/**
 * A file whose time and size are those of before is taken to be the same. Of any other the content counts: a project that
 * was copied, or comes from a repository, has new times.
 * @param {string} name of the command
 * @returns {string | undefined} its bundle; undefined if there is none, or a file is not what it was
 */
export function freshBundle(name) {
  const note = readNote(path.join(BUNDLES_FOLDER, `${name}.json`));
  if (note === undefined) return undefined;
  const isFresh = Object.entries(note.files).every(([place, { stamp, hash }]) => {
    const file = path.join(ROOT, place);
    return stampOf(file) === stamp || hashOf(readIfPossible(file)) === hash;
  });
  return isFresh ? path.join(ROOT, note.bundle) : undefined;
}

/** @returns what a note says of a file as it is now */
export function factsOf(file) {
  // First the stamp: a file that changes meanwhile is found to have changed.
  const stamp = stampOf(file);
  const content = readIfPossible(file);
  return { facts: { stamp, hash: hashOf(content) }, content };
}

/** Undefined as well for a note that was cut short, as by a loss of power. */
function readNote(file) {
  try {
    return JSON.parse(readIfPossible(file) ?? "");
  } catch {
    return undefined;
  }
}

/** Empty for a file that is not there. */
function stampOf(file) {
  const facts = statSync(file, { throwIfNoEntry: false });
  return facts === undefined ? "" : `${facts.mtimeMs} ${facts.size}`;
}

/** Empty for a file that cannot be read. */
function hashOf(content) {
  return content === undefined ? "" : createHash("sha1").update(content).digest("base64url");
}

function readIfPossible(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
