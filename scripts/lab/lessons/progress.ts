// Remembers which lessons were run and how they went, in one small file.
import path from "node:path";
import * as v from "valibot";
import { keepFile, readIfThere } from "../kept-file.ts";
import { KEPT_FOLDER, ROOT } from "../servers/variants.ts";

/** How a lesson went when it was last run. */
export interface LessonProgress {
  /** When, in seconds since 1970. */
  ranAt: number;
  /** Whether every cell was as the lesson says. */
  isAsExpected: boolean;
}

/** By the lesson's slug, so that a lesson that is renumbered stays done. */
export type Progress = Record<string, LessonProgress>;

/** The progress file cannot be used; the message says why and what to do. */
class ProgressError extends Error {
  readonly code = "BAD_PROGRESS";
}

/** The folder that progress and the sandbox's address are kept in; `PROGRESS_FOLDER` names another one. */
export function progressFolder(): string {
  return path.resolve(ROOT, process.env["PROGRESS_FOLDER"] ?? KEPT_FOLDER);
}

/** For whoever watches it. */
export function progressFile(): string {
  return path.join(progressFolder(), "progress.json");
}

const PROGRESS = v.record(
  v.string(),
  v.strictObject({ ranAt: v.number(), isAsExpected: v.boolean() }),
);

/**
 * What was done so far; nothing, if there is no file yet.
 * @throws ProgressError (code BAD_PROGRESS) if the file is there and broken; it is left as it is
 */
export async function readProgress(file = progressFile()): Promise<Progress> {
  const text = await readIfThere(file);
  if (text === undefined) return {};
  const progress = parseProgress(text);
  if (progress !== undefined) return progress;
  throw new ProgressError(
    `${path.relative(ROOT, file)} is damaged and was left as it is: mend it, or remove it to begin anew.`,
  );
}

/** The progress in that text; undefined if it is anything else. */
function parseProgress(text: string): Progress | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const result = v.safeParse(PROGRESS, value);
    // To Valibot an empty list is a record too.
    return result.success && !Array.isArray(value) ? result.output : undefined;
  } catch {
    // No JSON: as damaged as JSON of another shape, and the caller says so.
    return undefined;
  }
}

/**
 * Notes how a lesson went, beside what is noted of the others.
 * @throws ProgressError (code BAD_PROGRESS) if the file is broken; nothing is written then
 */
export async function noteProgress(
  slug: string,
  progress: LessonProgress,
  file = progressFile(),
): Promise<void> {
  const noted = { ...(await readProgress(file)), [slug]: progress };
  await keepFile(file, `${JSON.stringify(noted, undefined, 2)}\n`);
}
