// Reads exercise.json and exercise.md: checks their shape, and that their parts agree.
import * as v from "valibot";
import { CHANGES } from "../../model/change.ts";
import type { Exercise } from "../../model/exercise.ts";
import { type Lesson, LessonError } from "../../model/lesson.ts";
import { auth, text, variant } from "../../model/schema-pieces.ts";
import { type Client, CLIENTS } from "../../model/vocabulary.ts";
import { parseStrictly } from "../lessons/strict-json.ts";

const ids = v.pipe(v.array(text), v.minLength(1, "at least one id"));
const sentence = v.pipe(text, v.regex(/[.?!]$/, "a sentence that ends with a stop"));

const EXERCISE_FILE = v.strictObject({
  title: text,
  /** A client's exercise has files of its own, beside it in a folder `exercise-solution`. */
  side: v.optional(v.picklist(["server", "client"]), "server"),
  auth,
  /** The formats that it can be solved in, each with the one that its start is written in; if left out, all and their own. */
  startsIn: v.exactOptional(v.record(variant, variant)),
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
  if (exercise.side === "client" && exercise.cases.length > 0)
    return `"cases" must be empty: the suite judges servers, and "side" is "client".`;
  const judged = [...failsAtStart, ...wrong.flatMap(({ caughtBy }) => caughtBy)];
  const stranger = judged.find((id) => !isJudgedBy(exercise, id));
  return stranger === undefined
    ? undefined
    : `"${stranger}" must be among "rows" or "cases", or nothing in the check notices it.`;
}

function isJudgedBy({ rows, cases }: Pick<Exercise, "rows" | "cases">, id: string): boolean {
  return (
    rows.includes(id) ||
    id === "starts" ||
    id === "types" ||
    cases.some((start) => isCaseOf(start, id))
  );
}

/** Whether a case is meant by an id, or by its group. */
export function isCaseOf(idOrGroup: string, id: string): boolean {
  return id === idOrGroup || id.startsWith(`${idOrGroup}.`);
}

/** Which attempt a row makes, and who makes it: `payload.browser`; Node, where nobody is named. */
export function readRow(row: string): { attempt: string; client: Client } {
  const [attempt = "", end] = row.split(/\.(?=[^.]*$)/);
  const client = CLIENTS.find((each) => each === end);
  return client === undefined ? { attempt: row, client: "node" } : { attempt, client };
}

/** Against its lesson. @throws LessonError (code BAD_LESSON) */
export function refuseForeignRows(
  { rows, side }: Pick<Exercise, "rows" | "side">,
  lesson: Lesson,
  file: string,
): void {
  for (const row of rows) {
    const { attempt: id } = readRow(row);
    const attempt = lesson.attempts.find((each) => each.id === id);
    const what =
      attempt === undefined
        ? `must be ids of the lesson's attempts (${lesson.attempts.map((each) => each.id).join(", ")})`
        : "must be attempts on the server itself, without an overlay";
    if (attempt === undefined || attempt.overlay !== undefined)
      throw new LessonError("BAD_LESSON", `${file}: "rows" ${what}, got "${row}".`);
    if ((side === "client") !== (row !== id))
      throw new LessonError(
        "BAD_LESSON",
        `${file}: "rows" must name the client exactly where "side" is "client" (payload.browser), got "${row}".`,
      );
  }
}

/** The parts of exercise.md. @throws LessonError (code BAD_LESSON) for one that is missing */
export function parseWords(
  markdown: string,
  file: string,
): Pick<Exercise, "task" | "hints" | "rowHints" | "solved"> {
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
    .map(joined)
    .filter(Boolean);
  if (hints.length < 2 || !hints[0]!.endsWith("?"))
    throw new LessonError(
      "BAD_LESSON",
      `${file}: "## Hints" must be a numbered list of two or more, and the first a question.`,
    );
  if (task.trim() === "") throw new LessonError("BAD_LESSON", `${file}: the task is missing.`);
  const lines = section("Where a row fails").split(/^- /m).slice(1);
  const rowHints = new Map(
    lines.map((line) => {
      const [, id = "", hint = ""] = /^`(\S+)`: (.*)$/.exec(joined(line)) ?? [];
      if (id !== "") return [id, hint];
      throw new LessonError(
        "BAD_LESSON",
        `${file}: "## Where a row fails" must be a list of lines such as "- \`header.tab\`: A hint.", got "${line.trim()}".`,
      );
    }),
  );
  return { task: task.trim(), hints, rowHints, solved: section("Solved") };
}

function joined(lines: string): string {
  return lines.replaceAll(/\s*\n\s*/g, " ").trim();
}

/** A hint is for what can fail. @throws LessonError (code BAD_LESSON) */
export function refuseForeignHints(
  exercise: Pick<Exercise, "rows" | "cases" | "rowHints">,
  file: string,
): void {
  const stranger = [...exercise.rowHints.keys()].find((id) => !isJudgedBy(exercise, id));
  if (stranger !== undefined)
    throw new LessonError(
      "BAD_LESSON",
      `${file}: "${stranger}" must be among "rows" or "cases" of the exercise.`,
    );
}
