// Reads a JSON file of a lesson, an exercise or a weaker form strictly: an unknown key or a wrong value names the file, the field, what was expected
// and what came.
import * as v from "valibot";
import { LessonError } from "../../model/lesson.ts";

/**
 * @param file the file's name for messages, as a person would type it
 * @throws LessonError (code BAD_LESSON) that names the first mistake
 */
export function parseStrictly<Schema extends v.GenericSchema>(
  schema: Schema,
  text: string,
  file: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, parseJson(text, file));
  if (result.success) return result.output;
  throw new LessonError("BAD_LESSON", `${file}: ${describeIssues(result.issues)}`);
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new LessonError("BAD_LESSON", `${file}: must be JSON, but: ${(error as Error).message}`);
  }
}

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
  const what = field === "" ? "the file" : `"${field}"`;
  return `${what} must be ${wanted(issue)}, got ${quote(issue.input)}.`;
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
  const choices = expected.replace(/^\((.*)\)$/, "$1").split(" | ");
  return choices.map((choice) => KINDS[choice] ?? choice).join(" or ");
}

const LONGEST_SHOWN_CHARACTERS = 60;

function quote(value: unknown): string {
  const shown = JSON.stringify(value) ?? String(value);
  return shown.length > LONGEST_SHOWN_CHARACTERS
    ? `${shown.slice(0, LONGEST_SHOWN_CHARACTERS)}…`
    : shown;
}
