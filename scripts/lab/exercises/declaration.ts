// Reads exercise.json and exercise.md: checks their shape, and that their parts agree.
import * as v from "valibot";
import { CHANGES } from "../../model/change.ts";
import type { Exercise } from "../../model/exercise.ts";
import { type Lesson, LessonError } from "../../model/lesson.ts";
import { auth, text } from "../../model/schema-pieces.ts";
import { parseStrictly } from "../lessons/strict-json.ts";

const ids = v.pipe(v.array(text), v.minLength(1, "at least one id"));
const sentence = v.pipe(text, v.regex(/[.?!]$/, "a sentence that ends with a stop"));

const EXERCISE_FILE = v.strictObject({
  title: text,
  auth,
  files: v.pipe(v.array(text), v.minLength(1, "at least one file")),
  /** From the variant to the start. */
  changes: CHANGES,
  rows: v.array(text),
  cases: v.array(text),
  failsAtStart: ids,
  wrong: v.pipe(
    v.array(v.strictObject({ what: sentence, changes: CHANGES, caughtBy: ids })),
    v.minLength(2, "at least two tempting wrong solutions"),
  ),
});
type ExerciseFile = v.InferOutput<typeof EXERCISE_FILE>;

/**
 * @param file its name for messages, as a person would type it
 * @throws LessonError (code BAD_LESSON) that names the first mistake
 */
export function parseExercise(json: string, file: string): ExerciseFile {
  const exercise = parseStrictly(EXERCISE_FILE, json, file);
  const mistake = findContradiction(exercise);
  if (mistake !== undefined) throw new LessonError("BAD_LESSON", `${file}: ${mistake}`);
  return exercise;
}

function findContradiction(exercise: ExerciseFile): string | undefined {
  const { files, changes, failsAtStart, wrong } = exercise;
  const unlisted = [...changes, ...wrong.flatMap((each) => each.changes)].find(
    ({ file }) => !files.includes(file),
  );
  if (unlisted !== undefined)
    return `"changes" must be of a file in "files" (${files.join(", ")}), got "${unlisted.file}".`;
  const untouched = files.find((file) => !changes.some((change) => change.file === file));
  if (untouched !== undefined)
    return `"files" has "${untouched}", and "changes" has no change of it.`;
  const judged = [...failsAtStart, ...wrong.flatMap(({ caughtBy }) => caughtBy)];
  const stranger = judged.find((id) => !isJudgedBy(exercise, id));
  return stranger === undefined
    ? undefined
    : `"${stranger}" must be among "rows" or "cases", or nothing in the check notices it.`;
}

function isJudgedBy({ rows, cases }: Pick<Exercise, "rows" | "cases">, id: string): boolean {
  return rows.includes(id) || cases.some((start) => isCaseOf(start, id));
}

/** Whether a case is meant by an id, or by its group. */
export function isCaseOf(idOrGroup: string, id: string): boolean {
  return id === idOrGroup || id.startsWith(`${idOrGroup}.`);
}

/** Against its lesson. @throws LessonError (code BAD_LESSON) */
export function refuseForeignRows(rows: readonly string[], lesson: Lesson, file: string): void {
  for (const id of rows) {
    const attempt = lesson.attempts.find((each) => each.id === id);
    const what =
      attempt === undefined
        ? `must be ids of the lesson's attempts (${lesson.attempts.map((each) => each.id).join(", ")})`
        : "must be attempts on the server itself, without an overlay";
    if (attempt === undefined || attempt.overlay !== undefined)
      throw new LessonError("BAD_LESSON", `${file}: "rows" ${what}, got "${id}".`);
  }
}

/** The three parts of exercise.md. @throws LessonError (code BAD_LESSON) for one that is missing */
export function parseWords(
  markdown: string,
  file: string,
): Pick<Exercise, "task" | "hints" | "solved"> {
  const [task = "", ...parts] = markdown.split(/^## /m);
  const section = (title: string): string => {
    const body = parts
      .find((part) => part.startsWith(`${title}\n`))
      ?.slice(title.length)
      .trim();
    if (body) return body;
    throw new LessonError("BAD_LESSON", `${file}: must have a section "## ${title}".`);
  };
  const hints = section("Hints")
    .split(/^\d+\. /m)
    .map((hint) => hint.replaceAll(/\s*\n\s*/g, " ").trim())
    .filter(Boolean);
  if (hints.length < 2 || !hints[0]!.endsWith("?"))
    throw new LessonError(
      "BAD_LESSON",
      `${file}: "## Hints" must be a numbered list of two or more, and the first a question.`,
    );
  if (task.trim() === "") throw new LessonError("BAD_LESSON", `${file}: the task is missing.`);
  return { task: task.trim(), hints, solved: section("Solved") };
}
