// An exercise that is open: watches the working copy, checks every save, stores what a person wrote. A terminal or a page
// shows what it tells and calls it.
import { watch } from "node:fs";
import type { Check } from "../../model/exercise.ts";
import { KeepError } from "../kept-file.ts";
import { type CheckerParts, openChecker } from "./checker.ts";
import { compareFiles, type DiffLine } from "./differences.ts";
import { listVersions, reset, restore, storeVersion, type Version } from "./history.ts";
import { noteSolved } from "./solved.ts";
import {
  hashOf,
  isCurrent,
  openWorkingCopy,
  readFiles,
  solutionFiles,
  startFiles,
} from "./working-copy.ts";

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
  /** From the start to what is there now, and from there to the solution. */
  differences(): Promise<{ mine: DiffLine[]; toSolution: DiffLine[] }>;
  close(): Promise<void>;
}

/** An editor writes a file in several steps. */
const QUIET_MS = 20;

/** Opens the working copy, makes it if there is none, and begins with a check. @throws KeepError (code CANNOT_KEEP) */
export async function openExerciseSession(parts: SessionParts): Promise<ExerciseSession> {
  const { exercise, variant, onCheck, onNotice, onStandingBy } = parts;
  const folder = await openWorkingCopy(exercise, variant);
  const checker = await openChecker({ ...parts, folder });
  let seen = "";
  let stored: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  async function check(): Promise<void> {
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
    stored = stored.then(() => storeVersion(exercise, variant, files)).catch(tell);
    await check();
  }

  /** Of what could not be stored the person is told; anything else is a mistake of ours. */
  function tell(error: unknown): void {
    if (!(error instanceof KeepError)) throw error;
    onNotice(error.message);
  }

  const watcher = watch(folder, () => {
    clearTimeout(timer);
    timer = setTimeout(() => void look().catch(tell), QUIET_MS);
  });
  watcher.on("error", ({ message }) => onNotice(`Saves are not seen any more (${message}).`));
  if (!(await isCurrent(exercise, variant)))
    onNotice("The exercise has changed since you began: x begins again with the new start.");
  void look().catch(tell);

  return {
    folder,
    run: () => void check().catch(tell),
    reset: () => reset(exercise, variant),
    versions: (most) => listVersions(exercise, variant, most),
    restore: (version) => restore(exercise, variant, version),
    async differences() {
      const [start, now, solution] = await Promise.all([
        startFiles(exercise, variant),
        readFiles(folder),
        solutionFiles(exercise, variant),
      ]);
      return { mine: compareFiles(start, now), toSolution: compareFiles(now, solution) };
    },
    async close() {
      clearTimeout(timer);
      watcher.close();
      await Promise.all([stored, checker.close()]);
    },
  };
}
