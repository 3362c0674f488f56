// Keeps what a person wrote: before each write of ours, and after each save that changed something.
import { readdir } from "node:fs/promises";
import path from "node:path";
import type { Exercise } from "../../model/exercise.ts";
import type { Variant } from "../../model/vocabulary.ts";
import {
  editedFiles,
  type Files,
  hashOf,
  readFiles,
  startFiles,
  unlessGone,
  workFolder,
  workingFolder,
  writeFiles,
  writeStart,
} from "./working-copy.ts";

/** An earlier state of a working copy. */
export interface Version {
  /** `2026-11-30 14:02:33.120`, as the clock of this machine says; a later one is greater. */
  storedAt: string;
  /** The files of the exercise, and whatever else was not as at the start. */
  files: Files;
}

/** What is worth storing of a working copy. */
async function ownFiles(exercise: Exercise, variant: Variant, now: Files): Promise<Files> {
  const start = await startFiles(exercise, variant);
  const edited = editedFiles(exercise, variant);
  return new Map(
    [...now].filter(([name, text]) => edited.includes(name) || start.get(name) !== text),
  );
}

function historyFolder({ name }: Exercise, variant: Variant): string {
  return path.join(workFolder(), ".history", name, variant);
}

/**
 * Stores what a person has written, unless it is stored already.
 * @param seen the files of the working copy, if they were read already: by now there may be others
 * @throws KeepError (code CANNOT_KEEP): then nothing of it may be overwritten
 */
export async function storeVersion(
  exercise: Exercise,
  variant: Variant,
  seen?: Files,
): Promise<void> {
  const all = seen ?? (await readFiles(workingFolder(exercise, variant)));
  const files = await ownFiles(exercise, variant, all);
  if (files.size === 0) return;
  const [last] = await listVersions(exercise, variant, 1);
  if (last !== undefined && hashOf(last.files) === hashOf(files)) return;
  const now = new Date();
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString();
  const name = local.slice(0, -1).replace("T", " ").replaceAll(":", "-");
  await writeFiles(path.join(historyFolder(exercise, variant), name), files);
}

/** The latest ones, the latest first. */
export async function listVersions(
  exercise: Exercise,
  variant: Variant,
  most: number,
): Promise<Version[]> {
  const folder = historyFolder(exercise, variant);
  const names = (await unlessGone(readdir(folder))) ?? [];
  const latestFirst = names.toSorted((one, other) => (one < other ? 1 : -1));
  return Promise.all(
    latestFirst.slice(0, most).map(async (name) => ({
      storedAt: name.replace(/(\d+)-(\d+)-(\d+\.\d+)$/, "$1:$2:$3"),
      files: await readFiles(path.join(folder, name)),
    })),
  );
}

/** Begins again, after what is there is stored. @throws KeepError (code CANNOT_KEEP) */
export async function reset(exercise: Exercise, variant: Variant): Promise<void> {
  await storeVersion(exercise, variant);
  await writeStart(exercise, variant);
}

/** Goes back to a version, after what is there is stored. @throws KeepError (code CANNOT_KEEP) */
export async function restore(
  exercise: Exercise,
  variant: Variant,
  { files }: Version,
): Promise<void> {
  const start = await startFiles(exercise, variant);
  await storeVersion(exercise, variant);
  await writeFiles(workingFolder(exercise, variant), new Map([...start, ...files]));
}
