// Lays the files of an exercise over a copy of a variant.
import { createHash, randomUUID } from "node:crypto";
import { access, cp, readdir, readFile, rename, rm, utimes } from "node:fs/promises";
import path from "node:path";
import { removeOldFolders } from "../remove-old.ts";
import { extensionOf, folderOf, ROOT, KEPT_FOLDER } from "./variants.ts";
import { type Variant, VARIANTS } from "../../model/vocabulary.ts";

/** Inside the project, so that the packages are found and its package.json says what a `.ts` file is. */
const OVERLAYS_FOLDER = path.join(KEPT_FOLDER, "overlays");

/** The folder holds something that cannot be laid over a variant. */
class OverlayError extends Error {
  readonly code = "BAD_OVERLAY";
}

/**
 * Writes a copy of the variant in which the files of the folder, those of its module format, replace their namesakes.
 * @param folder absolute; it may hold files for the other formats as well
 * @returns the copy's folder: the same one as long as nothing has changed
 * @throws OverlayError (code BAD_OVERLAY) for a file that would replace nothing
 */
export async function layOver(variant: Variant, folder: string): Promise<string> {
  const replaced = await replacedFiles(variant, folder);
  const source = folderOf(variant);
  const files = await Promise.all(
    (await readdir(source)).map((name) => readNamed(replaced.has(name) ? folder : source, name)),
  );
  const target = path.join(OVERLAYS_FOLDER, hashOf(files));
  if (await exists(target)) await noteUse(target);
  else await write(target, { source, folder, replaced });
  return target;
}

async function replacedFiles(variant: Variant, folder: string): Promise<Set<string>> {
  const names = await readdir(folder);
  for (const name of names) {
    const format = VARIANTS.find((each) => path.extname(name) === `.${extensionOf(each)}`);
    if (format === undefined || !(await exists(path.join(folderOf(format), name))))
      throw new OverlayError(await explain(folder, name, format ?? variant));
  }
  const own = names.filter((name) => path.extname(name) === `.${extensionOf(variant)}`);
  if (own.length === 0)
    throw new OverlayError(
      `${relative(folder)} must hold a file for the ${variant} variant (.${extensionOf(variant)}), and has none.`,
    );
  return new Set(own);
}

async function explain(folder: string, name: string, format: Variant): Promise<string> {
  const known = (await readdir(folderOf(format))).join(", ");
  return `${relative(path.join(folder, name))} replaces no file of a variant: name it like one of ${known}.`;
}

interface Sources {
  source: string;
  folder: string;
  replaced: Set<string>;
}

// Renamed when it is whole: another process may be laying the same over.
async function write(target: string, { source, folder, replaced }: Sources): Promise<void> {
  const draft = `${target}.${randomUUID()}`;
  await removeOldFolders(OVERLAYS_FOLDER);
  try {
    await cp(source, draft, { recursive: true });
    for (const name of replaced) await cp(path.join(folder, name), path.join(draft, name));
    await rename(draft, target);
  } catch (error) {
    if (!(await exists(target))) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** One that is used is not old. */
async function noteUse(target: string): Promise<void> {
  const now = new Date();
  await utimes(target, now, now);
}

interface NamedFile {
  name: string;
  content: Buffer;
}

async function readNamed(folder: string, name: string): Promise<NamedFile> {
  return { name, content: await readFile(path.join(folder, name)) };
}

function hashOf(files: NamedFile[]): string {
  const hash = createHash("sha256");
  for (const { name, content } of files)
    hash.update(`${name}\0${content.length}\0`).update(content);
  return hash.digest("hex").slice(0, 16);
}

function relative(file: string): string {
  return path.relative(ROOT, file);
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
