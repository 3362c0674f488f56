// Stores what a person wrote: before each write of ours, and after each save that changed something.
import { rm } from "node:fs/promises";
import path from "node:path";
import type { Exercise } from "../../model/exercise.ts";
import type { Variant } from "../../model/vocabulary.ts";
import { listIfThere } from "../stored-file.ts";
import { createTurns } from "../turns.ts";
import {
  editedFiles,
  type Files,
  hashOf,
  historyFolder,
  readFiles,
  startFiles,
  workingFolder,
  writeFiles,
  writeStart,
} from "./working-copy.ts";

/** An earlier state of a working copy. */
export interface Version {
  /** `2026-11-30 14:02:33.120`, as the clock on the wall says. */
  storedAt: string;
  /** The files of the exercise, and all others that differ from the start. */
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

/** `2026-11-30T13-02-33.120Z`: in UTC a later one is greater, also when clocks are put back. Anything else is a stray. */
const NAME = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d\.\d{3}Z)$/;

function localTime(name: string): string {
  const at = new Date(name.replace(NAME, "$1:$2:$3"));
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, -1).replace("T", " ");
}

/** One write after the other: what is stored is compared with what was stored before. */
const inTurn = createTurns();

/**
 * Stores what a person has written, unless it is stored already.
 * @param seen the files of the working copy, if they were read already: by now there may be others
 * @throws StorageError (code CANNOT_STORE): then nothing of it may be overwritten
 */
export function storeVersion(exercise: Exercise, variant: Variant, seen?: Files): Promise<void> {
  const store = (): Promise<void> => storeAlone(exercise, variant, seen);
  return inTurn(historyFolder(exercise, variant), true, store);
}

async function storeAlone(exercise: Exercise, variant: Variant, seen?: Files): Promise<void> {
  const all = seen ?? (await readFiles(workingFolder(exercise, variant)));
  const files = await ownFiles(exercise, variant, all);
  if (files.size === 0) return;
  const [last] = await readVersions(exercise, variant, 1);
  if (last !== undefined && hashOf(last.files) === hashOf(files)) return;
  const name = new Date().toISOString().replaceAll(":", "-");
  const folder = path.join(historyFolder(exercise, variant), name);
  try {
    await writeFiles(folder, files);
  } catch (error) {
    // Half a version would look like a whole one.
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** The latest ones, the latest first. */
export function listVersions(
  exercise: Exercise,
  variant: Variant,
  most: number,
): Promise<Version[]> {
  const read = (): Promise<Version[]> => readVersions(exercise, variant, most);
  return inTurn(historyFolder(exercise, variant), false, read);
}

async function readVersions(
  exercise: Exercise,
  variant: Variant,
  most: number,
): Promise<Version[]> {
  const folder = historyFolder(exercise, variant);
  const entries = await listIfThere(folder);
  const names = entries
    .filter((entry) => entry.isDirectory() && NAME.test(entry.name))
    .map(({ name }) => name);
  const latestFirst = names.toSorted((one, other) => (one < other ? 1 : -1));
  return Promise.all(
    latestFirst.slice(0, most).map(async (name) => ({
      storedAt: localTime(name),
      files: await readFiles(path.join(folder, name)),
    })),
  );
}

/** Begins again, after what is there is stored. @throws StorageError (code CANNOT_STORE) */
export function reset(exercise: Exercise, variant: Variant): Promise<void> {
  return inTurn(historyFolder(exercise, variant), true, async () => {
    await storeAlone(exercise, variant);
    await writeStart(exercise, variant);
  });
}

/** Goes back to a version, after what is there is stored. @throws StorageError (code CANNOT_STORE) */
export function restore(exercise: Exercise, variant: Variant, { files }: Version): Promise<void> {
  return inTurn(historyFolder(exercise, variant), true, async () => {
    const start = await startFiles(exercise, variant);
    await storeAlone(exercise, variant);
    await writeFiles(workingFolder(exercise, variant), new Map([...start, ...files]));
  });
}
