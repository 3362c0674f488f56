// Prints variants/cjs and variants/esm from variants/ts, and finds where they are not as they are printed.
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { extensionOf, ROOT } from "../../lab/servers/variants.ts";
import { PRINTED, printSource } from "./print-source.ts";

/** A file as it is printed; paths from the root. */
interface PrintedFile {
  file: string;
  source: string;
  text: string;
}

/** A file that is not on disk as it is printed, or one that nothing prints. */
export type Difference = PrintedFile | { file: string; source: undefined };

const SOURCES = path.join("variants", "ts");

/**
 * Prints everything again and compares it with what is on disk.
 * @param root the folder that holds `variants`
 * @throws PrintError (code CANNOT_PRINT) for a source that cannot be printed
 */
export async function findDifferences(root = ROOT): Promise<Difference[]> {
  const printed = await printAll(root);
  const differences: Difference[] = [];
  for (const each of printed)
    if (each.text !== (await readIfThere(path.join(root, each.file)))) differences.push(each);
  const strays = await findStrays(root, printed);
  return [...differences, ...strays.map((file) => ({ file, source: undefined }))];
}

/** One sentence for a person: what is wrong, and what to do. */
export function explain({ file, source }: Difference): string {
  return source === undefined
    ? `${file} is printed from no file in ${SOURCES}: write its source there and run npm run print, or remove it.`
    : `${file} is not what ${source} prints: make your change in ${source}, then run npm run print.`;
}

/**
 * Writes what is printed; a file that nothing prints is left alone, since it may be somebody's work.
 * @returns the files that it wrote
 */
export async function writePrinted(
  differences: readonly Difference[],
  root = ROOT,
): Promise<string[]> {
  const printed = differences.filter((difference) => difference.source !== undefined);
  for (const { file, text } of printed) await writeFile(path.join(root, file), text);
  return printed.map(({ file }) => file);
}

async function printAll(root: string): Promise<PrintedFile[]> {
  const printed: PrintedFile[] = [];
  const names = await readdir(path.join(root, SOURCES));
  for (const name of names.filter((each) => each.endsWith(".ts"))) {
    const source = path.join(SOURCES, name);
    const text = await readFile(path.join(root, source), "utf8");
    for (const format of PRINTED) {
      const file = `${path.parse(name).name}.${extensionOf(format)}`;
      printed.push({
        file: path.join("variants", format, file),
        source,
        text: await printSource(source, text, format),
      });
    }
  }
  return printed;
}

/** The other files in the folders of the printed ones. */
async function findStrays(root: string, printed: readonly PrintedFile[]): Promise<string[]> {
  const known = new Set(printed.map(({ file }) => file));
  const folders = new Set(printed.map(({ file }) => path.dirname(file)));
  const found = await Promise.all(
    [...folders].map(async (folder) =>
      (await readdir(path.join(root, folder))).map((name) => path.join(folder, name)),
    ),
  );
  return found.flat().filter((file) => !known.has(file));
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
