// Prints what is not written by hand: variants/cjs and variants/esm, and the weaker forms of lessons in all three formats.
import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { readIfThere } from "../../lab/stored-file.ts";
import { extensionOf, ROOT } from "../../lab/servers/variants.ts";
import { applyChanges } from "../../model/change.ts";
import { type Variant, VARIANTS } from "../../model/vocabulary.ts";
import { printSource } from "./print-source.ts";
import { readSources } from "./sources.ts";
import { PRINTED } from "./to-format.ts";
import { findWeakerForms, type WeakerForm } from "./weaker-forms.ts";

/** A file as it is printed; paths from the root. */
interface PrintedFile {
  file: string;
  /** What a person edits instead. */
  writtenIn: string;
  text: string;
}

/** A file that is not on disk as it is printed, or one that nothing prints. */
type Difference = PrintedFile | { file: string; writtenIn: undefined };

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
 * Writes what is printed; a file that is not printed stays, since it may be somebody's work.
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
  const folder = path.join("variants", "ts");
  const variant = await readSources(path.join(root, folder));
  const printed = await printBeside(variant, folder, (format) => path.join("variants", format));
  for (const form of await findWeakerForms(root)) {
    const own = form.sources && (await readSources(path.join(root, form.sources)));
    if (own) printed.push(...(await printBeside(own, form.sources!, () => form.sources!)));
    printed.push(...(await printForm(own || variant, form)));
  }
  return printed;
}

/** In the other formats. @param folder that of the sources @param to that of a format */
async function printBeside(
  sources: ReadonlyMap<string, string>,
  folder: string,
  to: (format: Variant) => string,
): Promise<PrintedFile[]> {
  const printed: PrintedFile[] = [];
  for (const [name, source] of sources) {
    const writtenIn = path.join(folder, `${name}.ts`);
    for (const format of PRINTED) {
      const file = path.join(to(format), nameIn(format, name));
      printed.push({ file, writtenIn, text: await printSource(writtenIn, source, format) });
    }
  }
  return printed;
}

async function printForm(
  sources: ReadonlyMap<string, string>,
  { declaredIn, folder, changes, writtenIn }: WeakerForm,
): Promise<PrintedFile[]> {
  const printed: PrintedFile[] = [];
  for (const [name, source] of applyChanges(sources, changes, declaredIn))
    for (const format of VARIANTS) {
      const as = writtenIn[format];
      if (as === undefined) continue;
      const file = path.join(folder, nameIn(format, name));
      printed.push({
        file,
        writtenIn: declaredIn,
        text: await printSource(declaredIn, source, as),
      });
    }
  return printed;
}

function nameIn(format: Variant, name: string): string {
  return `${name}.${extensionOf(format)}`;
}

/** The other files in the folders of the printed ones. */
async function findStrays(root: string, printed: readonly PrintedFile[]): Promise<string[]> {
  const known = new Set(printed.flatMap(({ file, writtenIn }) => [file, writtenIn]));
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
