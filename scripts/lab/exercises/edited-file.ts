// Reads and writes one file that a person edits on the page: never another file, and never over what another hand has saved.
import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, open, realpath, rename, rm } from "node:fs/promises";
import { constants } from "node:fs";
import path from "node:path";
import { type EditedFile, LONGEST_TEXT, sizeOfText } from "../../model/edited-file.ts";
import { storeFile } from "../stored-file.ts";
import { workFolder } from "./working-copy.ts";

/** A file that the page must not read or write; the message says why. */
export class EditError extends Error {
  readonly code = "CANNOT_EDIT";
}

/**
 * @param folder of the working copy, absolute
 * @throws EditError (code CANNOT_EDIT) for what is not a plain file of that folder, or too much for the page
 */
export async function readEdited(folder: string, name: string): Promise<EditedFile> {
  const bytes = await readBytes(folder, name);
  const text = bytes.toString();
  if (!Buffer.from(text).equals(bytes)) throw new EditError(`${name} is not text in UTF-8.`);
  if (sizeOfText(text) > LONGEST_TEXT) throw tooLarge(name);
  return { name, text: text.replaceAll("\r\n", "\n"), hash: hashOf(bytes) };
}

/**
 * Writes a file, unless it has changed since it was read.
 * @param basedOn the hash of what was read
 * @returns what is there now: with another text than the given one, nothing was written
 * @throws EditError (code CANNOT_EDIT) as above; StorageError (code CANNOT_STORE)
 */
export async function writeEdited(
  folder: string,
  { name, text, hash: basedOn }: EditedFile,
): Promise<{ file: EditedFile; isWritten: boolean }> {
  const now = await readEdited(folder, name);
  if (now.hash !== basedOn) return { file: now, isWritten: false };
  const bytes = await readBytes(folder, name);
  // An editor of another system ends lines in its own way.
  const written = bytes.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text;
  // Its name is none that a server, a version or the compiler takes for a source.
  const draft = path.join(folder, `${name}.${randomUUID()}`);
  try {
    await storeFile(draft, written);
    // Writing to the disk takes long enough for another hand to save.
    const last = await readEdited(folder, name);
    if (last.hash !== basedOn) return { file: last, isWritten: false };
    await rename(draft, path.join(folder, name));
  } finally {
    await rm(draft, { force: true });
  }
  return { file: { name, text, hash: hashOf(Buffer.from(written)) }, isWritten: true };
}

/** None if the file is not there. */
async function readBytes(folder: string, name: string): Promise<Buffer> {
  await refuseLinkedFolder(folder);
  const file = await openPlainly(path.join(folder, name), name);
  if (file === undefined) return Buffer.alloc(0);
  try {
    const { size, nlink } = await file.stat();
    // Another name of a file somewhere else.
    if (nlink > 1) throw linked(name);
    if (size > LONGEST_TEXT) throw tooLarge(name);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** Opens a plain file, and neither a link, a folder, a pipe nor a device. Checked after it is opened, it cannot be replaced in between. */
async function openPlainly(file: string, name: string): Promise<FileHandle | undefined> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const opened = await open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ELOOP") throw linked(name);
    if (code === "ENOENT") return undefined;
    throw new EditError(`${name} cannot be read (${code}).`);
  });
  if (opened === undefined || (await opened.stat()).isFile()) return opened;
  await opened.close();
  throw new EditError(`${name} is not a plain file.`);
}

/** A folder below the one of all working copies must not lead elsewhere. */
async function refuseLinkedFolder(folder: string): Promise<void> {
  const top = workFolder();
  const real = await realpath(folder);
  if (real === path.join(await realpath(top), path.relative(top, folder))) return;
  throw new EditError(
    `${path.basename(folder)} is a link to another folder: nothing is edited there.`,
  );
}

function linked(name: string): EditError {
  return new EditError(`${name} is a link, and only a plain file is edited here.`);
}

function tooLarge(name: string): EditError {
  return new EditError(`${name} is too large for the page: edit it in an editor of your own.`);
}

function hashOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("base64url");
}
