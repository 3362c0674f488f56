// An exercise that is open: watches the working copy, checks every save, stores what a person wrote. A terminal or a page
// shows what it tells and calls it.
import { watch } from "node:fs";
import type { EditedFile } from "../../model/edited-file.ts";
import type { Check } from "../../model/exercise.ts";
import { createGate } from "../../model/gate.ts";
import { StorageError } from "../stored-file.ts";
import { type CheckerParts, openChecker } from "./checker.ts";
import { compareWorkingCopy, type Differences } from "./differences.ts";
import { EditError, readEdited, writeEdited } from "./edited-file.ts";
import { listVersions, reset, restore, storeVersion, type Version } from "./history.ts";
import { noteOpen } from "./open-elsewhere.ts";
import { noteSolved } from "./solved.ts";
import { editedFiles, hashOf, isCurrent, openWorkingCopy, readFiles } from "./working-copy.ts";

interface SessionParts extends Omit<CheckerParts, "folder"> {
  /** Called with what is known of the last save. */
  onCheck: (check: Check) => void;
  /** Called when a file has changed, before it is checked. */
  onSave?: () => void;
  /** Called once it is noted that the exercise is solved. */
  onSolved?: () => void;
  /** Called with a sentence for the person. */
  onNotice: (sentence: string) => void;
  /** Called when the process stands by that becomes the next server. */
  onStandingBy?: () => void;
}

export interface ExerciseSession {
  /** The working copy, absolute. */
  readonly folder: string;
  /** Checks again, though nothing has changed. */
  run(): void;
  /** Begins again. */
  reset(): Promise<void>;
  /** What was written before, the latest first. */
  versions(most: number): Promise<Version[]>;
  restore(version: Version): Promise<void>;
  differences(): Promise<Differences>;
  /** A file of the exercise. @throws EditError (code CANNOT_EDIT) for any other one */
  read(name: string): Promise<EditedFile>;
  /**
   * Writes a file of the exercise, unless another hand has done so since it was read: then both texts are stored.
   * @param file with the hash of what was read
   * @returns what is there now
   * @throws EditError (code CANNOT_EDIT); StorageError (code CANNOT_STORE)
   */
  save(file: EditedFile): Promise<{ file: EditedFile; isWritten: boolean }>;
  close(): Promise<void>;
}

/** An editor writes a file in several steps. */
const QUIET_MS = 20;

/** Opens the working copy, makes it if there is none, and begins with a check. @throws StorageError (code CANNOT_STORE) */
export async function openExerciseSession(parts: SessionParts): Promise<ExerciseSession> {
  const { exercise, variant, onCheck, onSave, onSolved, onNotice, onStandingBy } = parts;
  const folder = await openWorkingCopy(exercise, variant);
  if (!(await isCurrent(exercise, variant)))
    onNotice("The exercise has changed since you began: x begins again with the new start.");
  const note = await noteOpen(exercise, variant);
  if (note.isElsewhere)
    onNotice("Another terminal or page has this exercise open, too: both check each save.");
  const checker = await openChecker({ ...parts, folder });
  let seen = "";
  let reading: Promise<unknown> = Promise.resolve();
  let stored: Promise<void> = Promise.resolve();
  let noted: Promise<void> = Promise.resolve();
  const saves = createGate(1);
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  async function check(): Promise<void> {
    if (isClosed) return;
    await checker.check((latest) => {
      // Begun before a person sees it, who may leave at once.
      if (latest.isSolved) noted = noteSolved(exercise, variant).then(onSolved, tell);
      onCheck(latest);
      // A person who has seen enough saves again, while the others run: the next server is ready by then.
      if (isTelling(latest)) void checker.standBy();
    });
    void checker.standBy().then(onStandingBy);
  }

  async function look(): Promise<void> {
    const whole = readFiles(folder);
    reading = whole.catch(() => undefined);
    const files = await whole;
    const now = hashOf(files);
    // A save of the same text, or a change of something else.
    if (now === seen) return;
    seen = now;
    onSave?.();
    stored = storeVersion(exercise, variant, files).catch(tell);
    await check();
  }

  function refuseForeign(name: string): void {
    const known = editedFiles(exercise, variant);
    if (!known.includes(name))
      throw new EditError(`Exercise ${exercise.id} edits ${known.join(", ")}, and no other file.`);
  }

  async function save(mine: EditedFile): Promise<{ file: EditedFile; isWritten: boolean }> {
    refuseForeign(mine.name);
    const saved = await writeEdited(folder, mine);
    if (!saved.isWritten) {
      const theirs = await readFiles(folder);
      await storeVersion(exercise, variant, theirs);
      await storeVersion(exercise, variant, new Map([...theirs, [mine.name, mine.text]]));
    }
    return saved;
  }

  /** What could not be read or stored is the person's to know; anything else is a bug. */
  function tell(error: unknown): void {
    if (!(error instanceof StorageError)) throw error;
    onNotice(error.message);
  }

  const stopWatching = watchFolder(folder, onNotice, () => {
    clearTimeout(timer);
    timer = setTimeout(() => void look().catch(tell), QUIET_MS);
  });
  void look().catch(tell);

  return {
    folder,
    run: () => void check().catch(tell),
    reset: () => reset(exercise, variant),
    versions: (most) => listVersions(exercise, variant, most),
    restore: (version) => restore(exercise, variant, version),
    differences: () => compareWorkingCopy(exercise, variant),
    async read(name) {
      refuseForeign(name);
      return readEdited(folder, name);
    },
    save: (file) => saves.run(() => save(file)),
    async close() {
      isClosed = true;
      clearTimeout(timer);
      stopWatching();
      // What was saved just now is read first, and then stored.
      const last = reading.then(() => stored);
      await Promise.all([last, noted, checker.close(), note.forget()]);
    },
  };
}

/** Whether it shows what the person looks at first: the rows that failed at the start. */
function isTelling({ rows }: Check): boolean {
  return (
    rows.some(({ result }) => result !== "waits") &&
    rows.every(({ failedAtStart, result }) => !failedAtStart || result !== "waits")
  );
}

/** @returns what ends that */
function watchFolder(
  folder: string,
  onNotice: SessionParts["onNotice"],
  onChange: () => void,
): () => void {
  const refuse = ({ message }: Error): void =>
    onNotice(`Saves are not seen (${message}): run the check yourself.`);
  try {
    const watcher = watch(folder, onChange).on("error", refuse);
    return () => watcher.close();
  } catch (error) {
    // The system watches only so many folders.
    refuse(error as Error);
    return () => undefined;
  }
}
