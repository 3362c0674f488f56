// Reads lesson.json strictly: an unknown key or a wrong value names the file, the field, what was expected and what came.
import * as v from "valibot";
import { type Lesson, type LessonAttempt, LessonError } from "../../model/lesson.ts";
import { CLIENTS } from "../../model/vocabulary.ts";
import { trueAnswer } from "../../model/question.ts";
import { LESSON_FILE } from "./schema.ts";

/** Where a lesson lies; its number and slug are in its folder's name. */
export type LessonPlace = Pick<Lesson, "number" | "slug" | "folder">;

/**
 * Turns the text of a lesson.json into a lesson.
 * @param file the file's name for messages, as a person would type it
 * @throws LessonError (code BAD_LESSON) that names the first mistake
 */
export function parseLesson(text: string, file: string, place: LessonPlace): Lesson {
  const result = v.safeParse(LESSON_FILE, parseJson(text, file));
  if (!result.success) throw badLesson(file, describeIssues(result.issues));
  const lesson: Lesson = { ...place, ...result.output };
  const mistake = findContradiction(lesson);
  if (mistake !== undefined) throw badLesson(file, mistake);
  return lesson;
}

function badLesson(file: string, mistake: string): LessonError {
  return new LessonError("BAD_LESSON", `${file}: ${mistake}`);
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badLesson(file, `must be JSON, but: ${(error as Error).message}`);
  }
}

// --- Values that are right by themselves and wrong together ---

function findContradiction({ attempts, fixed, show, switches }: Lesson): string | undefined {
  const ids = attempts.map(({ id }) => id);
  return (
    findRepeated("id", ids) ??
    findRepeated(
      "title",
      attempts.map(({ title }) => title),
    ) ??
    (ids.includes(show.attempt)
      ? undefined
      : `"show.attempt" must be the id of an attempt (${ids.join(", ")}), got "${show.attempt}".`) ??
    findParted(attempts) ??
    findUnanswerable(attempts) ??
    Object.entries(fixed)
      .map(([name, { to }]) => findOutside(name, String(switches[name as keyof typeof fixed]), to))
      .find((mistake) => mistake !== undefined)
  );
}

function findRepeated(field: string, values: string[]): string | undefined {
  const index = values.findIndex((value, at) => values.indexOf(value) !== at);
  if (index === -1) return undefined;
  return `"attempts[${index}].${field}" must be unique, got "${values[index]}" again.`;
}

/** Rows of one group stand together, since its heading stands above them once. */
function findParted(attempts: LessonAttempt[]): string | undefined {
  const groups = attempts.map(({ group }) => group);
  const index = groups.findIndex(
    (group, at) => group !== undefined && group !== groups[at - 1] && groups.indexOf(group) < at,
  );
  if (index === -1) return undefined;
  return `"attempts[${index}].group" must stand beside the others of "${groups[index]}".`;
}

/** A question has an answer that what is expected makes true. */
function findUnanswerable(attempts: LessonAttempt[]): string | undefined {
  const index = attempts.findIndex(
    ({ question, expect }) =>
      question && CLIENTS.some((client) => trueAnswer(question, expect[client]) === undefined),
  );
  if (index === -1) return undefined;
  return `"attempts[${index}].question.answers" must hold what is expected at ${attempts[index]!.question!.field.join(".")}.`;
}

function findOutside(name: string, value: string, allowed: string[]): string | undefined {
  if (allowed.includes(value)) return undefined;
  return `"switches.${name}" must be one of those in "fixed.${name}.to" (${allowed.join(", ")}), got "${value}".`;
}

// --- A mistake in words ---

/** The first one; and where something is missing, also what is there by a name that is not known: often it is the same. */
function describeIssues([first, ...others]: [
  v.BaseIssue<unknown>,
  ...v.BaseIssue<unknown>[],
]): string {
  const unknown = isMissing(first) ? others.find(isUnknown) : undefined;
  return [first, unknown].flatMap((issue) => (issue ? describeIssue(issue) : [])).join(" ");
}

function isUnknown({ type, expected }: v.BaseIssue<unknown>): boolean {
  return type === "strict_object" && expected === "never";
}

function isMissing({ type, received }: v.BaseIssue<unknown>): boolean {
  return type === "strict_object" && received === "undefined";
}

function describeIssue(issue: v.BaseIssue<unknown>): string {
  const field = fieldOf(issue);
  if (isUnknown(issue)) return `"${field}" is not known here; check its spelling or remove it.`;
  if (isMissing(issue)) return `"${field}" is missing.`;
  return `"${field}" must be ${wanted(issue)}, got ${quote(issue.input)}.`;
}

/** `attempts[2].expect.both`, as one would write it in code. */
function fieldOf(issue: v.BaseIssue<unknown>): string {
  const keys = (issue.path ?? []).map(({ key }) => key);
  return keys
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");
}

const KINDS: Record<string, string> = {
  string: "a text",
  number: "a number",
  boolean: "true or false",
  Array: "a list",
  Object: "an object",
};

/** What was expected: the words given in the schema, or else the type, or the choices. */
function wanted(issue: v.BaseIssue<unknown>): string {
  if (issue.kind === "validation") return issue.message;
  const expected = issue.expected ?? "something else";
  return KINDS[expected] ?? expected.replace(/^\((.*)\)$/, "$1").replaceAll(" | ", " or ");
}

const LONGEST_SHOWN_CHARACTERS = 60;

function quote(value: unknown): string {
  const shown = JSON.stringify(value) ?? String(value);
  return shown.length > LONGEST_SHOWN_CHARACTERS
    ? `${shown.slice(0, LONGEST_SHOWN_CHARACTERS)}…`
    : shown;
}
