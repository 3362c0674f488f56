// Small files that the project stores from one run to the next, such as progress.
import { randomUUID } from "node:crypto";
import { constants, type Dirent, existsSync } from "node:fs";
import { mkdir, open, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { STORED_FOLDER, ROOT } from "./servers/variants.ts";

interface Failure {
  /** The system's error, such as EACCES or ENOSPC. */
  cause: unknown;
  /** What a person loses by it, where that is not obvious. */
  loss: string | undefined;
}

/** A file could not be read or written. Commands go on without it. */
export class StorageError extends Error {
  readonly code = "CANNOT_STORE";

  constructor(file: string, what: "read" | "written", { cause, loss }: Failure) {
    const { code = "unknown error" } = cause as NodeJS.ErrnoException;
    super(`${nameFile(file)} cannot be ${what} (${code})${loss ? `: ${loss}` : ""}.`, { cause });
  }
}

/** The folder of progress and of the sandbox's address; `PROGRESS_FOLDER` names another one. */
export function storageFolder(): string {
  return path.resolve(ROOT, process.env["PROGRESS_FOLDER"] ?? STORED_FOLDER);
}

/** A path as a person knows it. */
export function nameFile(file: string): string {
  const relative = path.relative(ROOT, file);
  return relative.startsWith("..") ? file : relative;
}

/**
 * The text of a file; undefined if it is not there; a pipe in its place does not make it wait.
 * @param loss what a person loses if it is there and cannot be read
 * @throws StorageError (code CANNOT_STORE)
 */
export async function readIfThere(file: string, loss?: string): Promise<string | undefined> {
  try {
    return await readPlain(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new StorageError(file, "read", { cause: error, loss });
  }
}

/** Checked after it is opened, it cannot be replaced in between. */
async function readPlain(file: string): Promise<string> {
  const opened = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = await opened.stat();
    if (stats.isFile()) return await opened.readFile("utf8");
    throw Object.assign(new Error(), { code: stats.isDirectory() ? "EISDIR" : "not a file" });
  } finally {
    await opened.close();
  }
}

/**
 * What is in a folder; nothing if it is not there.
 * @param loss what a person loses if it is there and cannot be read
 * @throws StorageError (code CANNOT_STORE)
 */
export async function listIfThere(folder: string, loss?: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw new StorageError(folder, "read", { cause: error, loss });
  }
}

interface StoreOptions {
  /** What a person loses if it cannot be written. */
  loss?: string;
  /** Who may read it: if left out, everybody who may read this folder. */
  mode?: number;
}

/**
 * Writes a file, with its folder. It is written beside the old one and then renamed: a reader, at that moment or after a crash,
 * finds the old file or the new one.
 * @throws StorageError (code CANNOT_STORE); then the old file is as it was
 */
export async function storeFile(
  file: string,
  text: string,
  { loss, mode = 0o666 }: StoreOptions = {},
): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await makeFolder(path.dirname(file));
    // Flushed before the rename: after a power failure, some file systems have the new name and an empty file.
    await writeFile(draft, text, { mode, flush: true });
    await rename(draft, file);
  } catch (error) {
    // On a full disk, an empty file stays.
    await rm(draft, { force: true }).catch(() => undefined);
    throw new StorageError(file, "written", { cause: error, loss });
  }
}

/** As `mkdir` with `recursive`, of which Node 20 says ENOENT where the file system is read-only. */
async function makeFolder(folder: string): Promise<void> {
  const parent = path.dirname(folder);
  if (parent !== folder && !existsSync(parent)) await makeFolder(parent);
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    // The next step reports anything else that is wrong there, such as a file of that name.
    if (error.code !== "EEXIST") throw error;
  });
}

/**
 * Tries to open a file that a person has named, so that nothing is lost when it is written later. What was there
 * stays as it is, be it a device or an empty file.
 * @throws the system's error (code EACCES, ENOENT, …)
 */
export async function tryToWrite(file: string): Promise<void> {
  try {
    await (await open(file, "ax")).close();
    await rm(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    await (await open(file, "a")).close();
  }
}
