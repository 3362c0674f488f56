// Remembers which lessons were run and how they went: one file for each lesson, so that nothing has to be locked.
import path from "node:path";
import * as v from "valibot";
import { type Score, score } from "../../model/schema-pieces.ts";
import {
  StorageError,
  storeFile,
  storageFolder,
  listIfThere,
  nameFile,
  readIfThere,
} from "../stored-file.ts";

/** What a person did in a lesson. */
interface LessonProgress {
  /** When it was last run, in seconds since 1970. */
  ranAt: number;
  /** How the person predicted it at best; left out where nothing was predicted. */
  score?: Score;
}

/** By the lesson's slug, so that a lesson that is renumbered stays done. */
export type Progress = Record<string, LessonProgress>;

/** What was noted, and what could not be read. */
interface NotedProgress {
  progress: Progress;
  /** One sentence; undefined if all could be read. */
  problem: string | undefined;
}

const PROGRESS = v.strictObject({
  ranAt: v.number(),
  score: v.exactOptional(score),
  /** Written by earlier versions: how the run went. */
  isAsExpected: v.exactOptional(v.boolean()),
});
const ENDING = ".json";
/** What a person loses where progress cannot be read. */
const LOSS = "what was done so far is not shown";

/** The folder of the files, which the sandbox watches. */
export function progressFolder(): string {
  return path.join(storageFolder(), "progress");
}

/** What was done so far. A damaged file does not hide the others. */
export async function readProgress(folder = progressFolder()): Promise<NotedProgress> {
  try {
    const entries = await listIfThere(folder, LOSS);
    const names = entries.map(({ name }) => name).filter((name) => name.endsWith(ENDING));
    const files = await Promise.all(
      names.map(async (name) => ({ name, text: await readIfThere(path.join(folder, name), LOSS) })),
    );
    const read = files.map(({ name, text = "" }) => ({ name, done: parseProgress(text) }));
    const damaged = read.filter(({ done }) => done === undefined);
    return {
      progress: Object.fromEntries(
        read.flatMap(({ name, done }) => (done ? [[path.basename(name, ENDING), done]] : [])),
      ),
      problem: sentenceAbout(damaged.map(({ name }) => nameFile(path.join(folder, name)))),
    };
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return { progress: {}, problem: error.message };
  }
}

function sentenceAbout(damaged: readonly string[]): string | undefined {
  if (damaged.length === 0) return undefined;
  return `Damaged: ${damaged.join(", ")}. What was done there counts as new until it is run again.`;
}

/** `new`, `run`, `3 of 5 correct`. */
export function progressWords(done: LessonProgress | undefined): string {
  if (done?.score !== undefined) return `${done.score.right} of ${done.score.of} correct`;
  return done === undefined ? "new" : "run";
}

/** Undefined if the text is anything else. */
function parseProgress(text: string): LessonProgress | undefined {
  try {
    const result = v.safeParse(PROGRESS, JSON.parse(text));
    return result.success ? result.output : undefined;
  } catch {
    // No JSON: as damaged as JSON of another shape, and the caller says so.
    return undefined;
  }
}

/**
 * Notes that a lesson was run; the best score stays.
 * @throws StorageError (code CANNOT_STORE) with one sentence
 */
export async function noteProgress(
  slug: string,
  progress: LessonProgress,
  folder = progressFolder(),
): Promise<void> {
  const loss = "this run is not noted";
  const file = path.join(folder, slug + ENDING);
  const before = parseProgress((await readIfThere(file, loss)) ?? "");
  const best = [before?.score, progress.score]
    .filter((each) => each !== undefined)
    .toSorted((one, other) => one.right / one.of - other.right / other.of)
    .at(-1);
  const noted: LessonProgress = { ranAt: progress.ranAt, ...(best && { score: best }) };
  await storeFile(file, `${JSON.stringify(noted)}\n`, { loss });
}
