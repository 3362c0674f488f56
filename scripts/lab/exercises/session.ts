// An exercise that is open: watches the working copy, checks every save, stores what a person wrote. A terminal or a page
// shows what it tells and calls it.
import { watch } from "node:fs";
import type { Check } from "../../model/exercise.ts";
import { KeepError } from "../kept-file.ts";
import { type CheckerParts, openChecker } from "./checker.ts";
import { compareWorkingCopy, type Differences } from "./differences.ts";
import { listVersions, reset, restore, storeVersion, type Version } from "./history.ts";
import { noteSolved } from "./solved.ts";
import { hashOf, isCurrent, openWorkingCopy, readFiles } from "./working-copy.ts";

export interface SessionParts extends Omit<CheckerParts, "folder"> {
  /** Called with what is known of the last save. */
  onCheck: (check: Check) => void;
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
  close(): Promise<void>;
}

/** An editor writes a file in several steps. */
const QUIET_MS = 20;

/** Opens the working copy, makes it if there is none, and begins with a check. @throws KeepError (code CANNOT_KEEP) */
export async function openExerciseSession(parts: SessionParts): Promise<ExerciseSession> {
  const { exercise, variant, onCheck, onNotice, onStandingBy } = parts;
  const folder = await openWorkingCopy(exercise, variant);
  if (!(await isCurrent(exercise, variant)))
    onNotice("The exercise has changed since you began: x begins again with the new start.");
  const checker = await openChecker({ ...parts, folder });
  let seen = "";
  let stored: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  async function check(): Promise<void> {
    if (isClosed) return;
    const { isSolved } = await checker.check(onCheck);
    void checker.standBy().then(onStandingBy);
    if (isSolved) await noteSolved(exercise, variant);
  }

  async function look(): Promise<void> {
    const files = await readFiles(folder);
    const now = hashOf(files);
    // A save of the same text, or a change of something else.
    if (now === seen) return;
    seen = now;
    stored = storeVersion(exercise, variant, files).catch(tell);
    await check();
  }

  /** What could not be read or stored is the person's to know; anything else is a bug. */
  function tell(error: unknown): void {
    if (!(error instanceof KeepError)) throw error;
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
    async close() {
      isClosed = true;
      clearTimeout(timer);
      stopWatching();
      await Promise.all([stored, checker.close()]);
    },
  };
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
