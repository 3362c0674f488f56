// Lays the files of an exercise over a copy of a variant.
import { createHash } from "node:crypto";
import { access, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Variant, VARIANTS } from "../../model/vocabulary.ts";
import { copyVariant } from "./variant-copy.ts";
import { extensionOf, folderOf, ROOT } from "./variants.ts";

/** Their folders, by what is in them. */
const copies = new Map<string, Promise<string>>();

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
  const name = hashOf(files);
  const written = copies.get(name) ?? write(name, { variant, folder, replaced });
  copies.set(name, written);
  return written;
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
  variant: Variant;
  folder: string;
  replaced: Set<string>;
}

async function write(name: string, { variant, folder, replaced }: Sources): Promise<string> {
  const target = await copyVariant(variant, name);
  for (const each of replaced)
    await writeFile(path.join(target, each), await readFile(path.join(folder, each)));
  return target;
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
