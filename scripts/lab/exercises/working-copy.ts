// The folder in which a person solves an exercise: a whole server in one format, with the files of the start in it.
import { createHash } from "node:crypto";
import path from "node:path";
import type { Exercise } from "../../model/exercise.ts";
import type { Variant } from "../../model/vocabulary.ts";
import { storeFile, listIfThere, readIfThere } from "../stored-file.ts";
import { extensionOf, folderOf, ROOT } from "../servers/variants.ts";

/** The texts of files, by their names. */
export type Files = ReadonlyMap<string, string>;

/** All working copies; git, the linter and the formatter ignore it. `WORK_FOLDER` names another one, inside the project. */
export function workFolder(): string {
  return path.resolve(ROOT, process.env["WORK_FOLDER"] ?? "work");
}

/** Where a person solves an exercise, absolute. Each format has its own folder. */
export function workingFolder({ name }: Pick<Exercise, "name">, variant: Variant): string {
  return path.join(workFolder(), name, variant);
}

/** What the exercise starts with: the solution, and over it what the exercise has changed. */
export async function startFiles(exercise: Exercise, variant: Variant): Promise<Files> {
  const files = new Map(await solutionFiles(exercise, variant));
  for (const [file, text] of await readFormat(exercise.folder, variant)) files.set(file, text);
  return files;
}

/** The variant; on the client's side, files that the exercise has brought along. */
export async function solutionFiles(exercise: Exercise, variant: Variant): Promise<Files> {
  const { side, folder } = exercise;
  const files = await readFormat(
    side === "server" ? folderOf(variant) : solutionOf(folder),
    variant,
  );
  if (variant === "ts") files.set("tsconfig.json", typesConfig(workingFolder(exercise, variant)));
  return files;
}

/** Where an exercise has its own files, if it is on the client's side. @param folder that of the start */
export function solutionOf(folder: string): string {
  return `${folder}-solution`;
}

async function readFormat(folder: string, variant: Variant): Promise<Map<string, string>> {
  const ending = `.${extensionOf(variant)}`;
  return new Map([...(await readFiles(folder))].filter(([file]) => file.endsWith(ending)));
}

/** So that an editor shows the errors of this server and no others. Code that is not used yet is not an error. */
function typesConfig(folder: string): string {
  const config = {
    extends: path.relative(folder, path.join(ROOT, "tsconfig.json")),
    compilerOptions: { rootDirs: [], noUnusedLocals: false, noUnusedParameters: false },
    include: ["*.ts"],
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}

/** The files of the exercise in that format, which a person edits. */
export function editedFiles({ files }: Pick<Exercise, "files">, variant: Variant): string[] {
  return files.map((file) => `${file}.${extensionOf(variant)}`);
}

/** What a server loads, and what its types are checked with. Anything else is a draft, of an editor or of ours. */
const SOURCE = /\.(?:[cm]?js|ts|json)$/;

/** The sources right in a folder; none if it is not there. @throws StorageError (code CANNOT_STORE) */
export async function readFiles(folder: string): Promise<Files> {
  const entries = await listIfThere(folder);
  const files = new Map<string, string>();
  for (const { name } of entries.filter((entry) => entry.isFile() && SOURCE.test(entry.name))) {
    // It may be renamed or removed between the two looks.
    const text = await readIfThere(path.join(folder, name));
    if (text !== undefined) files.set(name, text);
  }
  return files;
}

/**
 * Writes the files that are not so already; others in the folder stay as they are.
 * @throws StorageError (code CANNOT_STORE)
 */
export async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [name, text] of files) {
    const file = path.join(folder, name);
    if ((await readIfThere(file)) !== text) await storeFile(file, text);
  }
}

/** The same for the same files. */
export function hashOf(files: Files): string {
  const hash = createHash("sha256");
  for (const [name, text] of [...files].toSorted(([one], [other]) => (one < other ? -1 : 1)))
    hash.update(`${name}\0${text.length}\0${text}`);
  return hash.digest("hex");
}

/**
 * Makes the working copy, unless there is one. One that was left half made, on a full disk, is completed.
 * @returns its folder, absolute
 * @throws StorageError (code CANNOT_STORE)
 */
export async function openWorkingCopy(exercise: Exercise, variant: Variant): Promise<string> {
  const folder = workingFolder(exercise, variant);
  const now = await readFiles(folder);
  const noted = await readIfThere(noteOfStart(exercise, variant));
  if (now.size === 0 || noted === undefined) await writeStart(exercise, variant, now);
  return folder;
}

/**
 * Begins, or begins again.
 * @param own files that stay as they are
 * @throws StorageError (code CANNOT_STORE)
 */
export async function writeStart(
  exercise: Exercise,
  variant: Variant,
  own: Files = new Map(),
): Promise<void> {
  const start = await startFiles(exercise, variant);
  await writeFiles(workingFolder(exercise, variant), new Map([...start, ...own]));
  // Last, as it says that all the others are there.
  await storeFile(noteOfStart(exercise, variant), hashOf(start));
}

/** Whether the working copy was begun from what the exercise starts with now. */
export async function isCurrent(exercise: Exercise, variant: Variant): Promise<boolean> {
  const noted = await readIfThere(noteOfStart(exercise, variant));
  return noted === undefined || noted === hashOf(await startFiles(exercise, variant));
}

/** Where what a person wrote in a format is stored; what it was begun from is noted beside it. */
export function historyFolder({ name }: Pick<Exercise, "name">, variant: Variant): string {
  return path.join(workFolder(), ".history", name, variant);
}

function noteOfStart(exercise: Exercise, variant: Variant): string {
  return `${historyFolder(exercise, variant)}.start`;
}
