// Reads lesson.json: checks its shape, and then fields that are right each and wrong together.
import { type Lesson, type LessonAttempt, LessonError } from "../../model/lesson.ts";
import { trueAnswer } from "../../model/question.ts";
import { LESSON_FILE } from "../../model/lesson-schema.ts";
import { parseStrictly } from "./strict-json.ts";

/** Where a lesson lies; its number and slug are in its folder's name. */
export type LessonPlace = Pick<Lesson, "number" | "slug" | "folder">;

/**
 * Turns the text of a lesson.json into a lesson.
 * @param file the file's name for messages, as a person would type it
 * @throws LessonError (code BAD_LESSON) that names the first mistake
 */
export function parseLesson(text: string, file: string, place: LessonPlace): Lesson {
  const lesson: Lesson = { ...place, ...parseStrictly(LESSON_FILE, text, file) };
  const mistake = findContradiction(lesson);
  if (mistake !== undefined) throw new LessonError("BAD_LESSON", `${file}: ${mistake}`);
  return lesson;
}

// --- Values that are right by themselves and wrong together ---

function findContradiction({
  attempts,
  fixed,
  show,
  switches,
  oneAtATime,
}: Lesson): string | undefined {
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
    findUnopened(attempts) ??
    findIgnored(attempts) ??
    findWrongKill(attempts, oneAtATime) ??
    findMisplaced(attempts) ??
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

/** A connection is opened once, before anything else is done with it. */
function findUnopened(attempts: LessonAttempt[]): string | undefined {
  for (const [index, { acts }] of attempts.entries())
    for (const [at, act] of acts.entries()) {
      if (!("as" in act)) continue;
      const field = `"attempts[${index}].acts[${at}].as"`;
      const before = acts.slice(0, at).filter((each) => each.do === "connect");
      const isOpen = before.some(({ as }) => as === act.as);
      if (act.do === "connect" && isOpen)
        return `${field} must be a new connection, got "${act.as}" again: "renew" opens it once more.`;
      if (act.do !== "connect" && !isOpen)
        return `${field} must be a connection that an act before it opens, got "${act.as}".`;
    }
  return undefined;
}

/** An option of one credential has no effect beside another. */
function findIgnored(attempts: LessonAttempt[]): string | undefined {
  for (const [index, { acts }] of attempts.entries())
    for (const [at, act] of acts.entries()) {
      if (act.do !== "connect") continue;
      const options = [
        { option: "authOption", owner: "payload", isSet: act.authOption !== undefined },
        { option: "scheme", owner: "header", isSet: act.scheme !== "bearer" },
      ];
      const ignored = options.find(({ owner, isSet }) => isSet && act.credential !== owner);
      if (ignored)
        return `"attempts[${index}].acts[${at}].${ignored.option}" must stand beside "credential": "${ignored.owner}", got "${act.credential}".`;
    }
  return undefined;
}

/** A server that is killed is there, and leaves another one to whom the clients can go; nobody else uses it meanwhile. */
function findWrongKill(attempts: LessonAttempt[], oneAtATime: boolean): string | undefined {
  for (const [index, { acts, servers = 1 }] of attempts.entries())
    for (const [at, act] of acts.entries()) {
      if (act.do !== "kill") continue;
      const field = `"attempts[${index}].acts[${at}].server"`;
      if (servers === 1) return `${field} must stand in an attempt with several "servers".`;
      if (act.server > servers)
        return `${field} must be one of its ${servers} servers, got ${act.server}.`;
      if (!oneAtATime) return `${field} must stand in a lesson with "oneAtATime": true.`;
    }
  return undefined;
}

/** What is expected of the last act stands beside "wire". */
function findMisplaced(attempts: LessonAttempt[]): string | undefined {
  const index = attempts.findIndex(({ acts }) => acts.at(-1)!.expect !== undefined);
  if (index === -1) return undefined;
  const last = attempts[index]!.acts.length - 1;
  return `"attempts[${index}].acts[${last}].expect" must stand in "attempts[${index}].expect", which is about the last act.`;
}

/** A question has an answer that what is expected makes true. */
function findUnanswerable(attempts: LessonAttempt[]): string | undefined {
  const index = attempts.findIndex(
    ({ question, expect }) => question && trueAnswer(question, expect) === undefined,
  );
  if (index === -1) return undefined;
  return `"attempts[${index}].question.answers" must hold what is expected at ${attempts[index]!.question!.field.join(".")}.`;
}

function findOutside(name: string, value: string, allowed: string[]): string | undefined {
  if (allowed.includes(value)) return undefined;
  return `"switches.${name}" must be one of those in "fixed.${name}.to" (${allowed.join(", ")}), got "${value}".`;
}
