// Prints what is not written by hand: variants/cjs and variants/esm, and the weaker forms of lessons in all three formats.
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { extensionOf, ROOT } from "../../lab/servers/variants.ts";
import { applyChanges } from "../../model/change.ts";
import { type Variant, VARIANTS } from "../../model/vocabulary.ts";
import { printSource } from "./print-source.ts";
import { readSources } from "./sources.ts";
import { PRINTED } from "./to-format.ts";
import { findWeakerForms } from "./weaker-forms.ts";

/** A file as it is printed; paths from the root. */
interface PrintedFile {
  file: string;
  /** What a person edits instead. */
  writtenIn: string;
  text: string;
}

/** A file that is not on disk as it is printed, or one that nothing prints. */
export type Difference = PrintedFile | { file: string; writtenIn: undefined };

/**
 * Prints everything again and compares it with what is on disk.
 * @param root the folder that holds `variants` and `lessons`
 * @throws PrintError (code CANNOT_PRINT) for a source that cannot be printed, ChangeError (code CHANGE_DOES_NOT_FIT) for a
 * weaker form that does not fit the variant
 */
export async function findDifferences(root = ROOT): Promise<Difference[]> {
  const printed = await printAll(root);
  const differences: Difference[] = [];
  for (const each of printed)
    if (each.text !== (await readIfThere(path.join(root, each.file)))) differences.push(each);
  const strays = await findStrays(root, printed);
  return [...differences, ...strays.map((file) => ({ file, writtenIn: undefined }))];
}

/** One sentence for a person: what is wrong, and what to do. */
export function explain({ file, writtenIn }: Difference): string {
  return writtenIn === undefined
    ? `${file} stands among printed files and nothing prints it: write its source and run npm run print, or remove it.`
    : `${file} is not what ${writtenIn} prints: make your change in ${writtenIn}, then run npm run print.`;
}

/**
 * Writes what is printed; a file that nothing prints is left alone, since it may be somebody's work.
 * @returns the files that it wrote
 */
export async function writePrinted(
  differences: readonly Difference[],
  root = ROOT,
): Promise<string[]> {
  const printed = differences.filter((difference) => difference.writtenIn !== undefined);
  for (const { file, text } of printed) {
    await mkdir(path.join(root, path.dirname(file)), { recursive: true });
    await writeFile(path.join(root, file), text);
  }
  return printed.map(({ file }) => file);
}

async function printAll(root: string): Promise<PrintedFile[]> {
  const sources = await readSources(root);
  const printed: PrintedFile[] = [];
  for (const [name, source] of sources) {
    const writtenIn = path.join("variants", "ts", `${name}.ts`);
    for (const format of PRINTED) {
      const file = path.join("variants", format, nameIn(format, name));
      printed.push({ file, writtenIn, text: await printSource(writtenIn, source, format) });
    }
  }
  for (const { declaredIn, folder, changes } of await findWeakerForms(root))
    for (const [name, source] of applyChanges(sources, changes, declaredIn))
      for (const format of VARIANTS) {
        const file = path.join(folder, nameIn(format, name));
        const text = await printSource(declaredIn, source, format);
        printed.push({ file, writtenIn: declaredIn, text });
      }
  return printed;
}

function nameIn(format: Variant, name: string): string {
  return `${name}.${extensionOf(format)}`;
}

/** The other files in the folders of the printed ones. */
async function findStrays(root: string, printed: readonly PrintedFile[]): Promise<string[]> {
  const known = new Set(printed.map(({ file }) => file));
  const folders = new Set(printed.map(({ file }) => path.dirname(file)));
  const found = await Promise.all(
    ["variants", "lessons"].map(async (top) =>
      (await readdir(path.join(root, top), { recursive: true })).map((name) =>
        path.join(top, name),
      ),
    ),
  );
  return found.flat().filter((file) => folders.has(path.dirname(file)) && !known.has(file));
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
