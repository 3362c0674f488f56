// The rows of a check: what the lesson's attempts and the suite's cases say of a person's server.
import { outcomeWords } from "../../model/act-words.ts";
import type { CheckRow, Exercise } from "../../model/exercise.ts";
import { type Lesson, LessonError } from "../../model/lesson.ts";
import type { ServerSwitches } from "../../model/switches.ts";
import type { Lab } from "../lab.ts";
import { choiceOf } from "../lessons/choice.ts";
import { judgeCell } from "../lessons/run.ts";
import { nameServer } from "../servers/server-name.ts";
import { isCaseOf } from "./declaration.ts";

/** A case of the conformance suite, as far as an exercise needs to know it. */
export interface KnownCase {
  id: string;
  title: string;
}

type Verdict = Pick<CheckRow, "result" | "expected" | "seen" | "reason" | "cell" | "sent">;

/** How long an attempt may take: who waits for more waits for a mistake. */
const ATTEMPT_LIMIT_MS = 2_000;

/**
 * All rows, none of them judged: first those that failed at the start.
 * @param known the cases that say something about a server in this mode
 * @throws LessonError (code BAD_LESSON) for a case that is not known
 */
export function emptyRows(
  { rows, cases, failsAtStart, id }: Exercise,
  lesson: Lesson,
  known: readonly KnownCase[],
): CheckRow[] {
  const stranger = cases.find((start) => !known.some((each) => isCaseOf(start, each.id)));
  if (stranger !== undefined)
    throw new LessonError(
      "BAD_LESSON",
      `Exercise ${id}: "cases" has "${stranger}", which is not a case of the suite.`,
    );
  const attempts = rows.flatMap((row) => lesson.attempts.filter((each) => each.id === row));
  const chosen = known.filter((each) => cases.some((start) => isCaseOf(start, each.id)));
  const all = [...attempts, ...chosen].map((each): CheckRow => ({
    id: each.id,
    title: each.title,
    failedAtStart: failsAtStart.includes(each.id),
    result: "waits",
  }));
  return [true, false].flatMap((first) => all.filter((row) => row.failedAtStart === first));
}

/** Makes an attempt of the lesson with a Node client, and compares. */
export async function runAttempt(
  lab: Lab,
  lesson: Lesson,
  id: string,
  switches: ServerSwitches,
): Promise<Verdict> {
  const attempt = lesson.attempts.find((each) => each.id === id)!;
  const choice = { ...choiceOf(lesson, attempt, switches), timeoutMs: ATTEMPT_LIMIT_MS };
  const seen = await lab.run(choice, "node");
  const judged = judgeCell(lesson, { attempt, client: "node", switches }, seen);
  const { verdict, differences, outcome, trace } = judged;
  const cell = { client: "node" as const, outcome, trace, server: nameServer(choice) };
  if (verdict === "as expected") return { result: "passed", cell };
  const checks = trace.steps.filter((step) => step.kind === "check");
  const reason = checks.findLast((step) => step.reason !== undefined)?.reason;
  const { word, detail } = outcomeWords(outcome);
  return {
    result: verdict === "too busy" ? "too busy" : "failed",
    expected: differences.map(({ field, expected }) => `${field}: ${inWords(expected)}`).join(", "),
    seen: [
      [word, detail].filter(Boolean).join(", "),
      ...differences.map(({ field, seen: value }) => `${field}: ${inWords(value)}`),
    ].join("; "),
    ...(reason !== undefined && { reason }),
    cell,
  };
}

function inWords(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing");
}
