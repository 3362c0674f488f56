// The rows of a check: what the lesson's attempts and the suite's cases say of a person's server.
import { outcomeWords } from "../../model/words/acts.ts";
import type { CheckRow, Exercise } from "../../model/exercise.ts";
import { type Lesson, LessonError } from "../../model/lesson.ts";
import type { ServerSwitches } from "../../model/switches.ts";
import type { Lab } from "../lab.ts";
import { choiceOf } from "../lessons/choice.ts";
import { judgeCell } from "../lessons/run.ts";
import { VariantStartError } from "../servers/process.ts";
import { nameServer } from "../servers/server-name.ts";
import { isCaseOf, readRow } from "./declaration.ts";
import { runOwn } from "./own-client.ts";
import type { WorkingOptions } from "./own-options.ts";

/** A case of the conformance suite, as far as an exercise needs to know it. */
export interface KnownCase {
  id: string;
  title: string;
}

type Verdict = Pick<CheckRow, "result" | "expected" | "seen" | "reason" | "cell" | "sent">;

/** How long an attempt may take: who waits for more waits for a mistake. One that waits for an expiry may take longer. */
const ATTEMPT_LIMIT_MS = 2_000;
const WAITING_LIMIT_MS = 4_000;

/**
 * All rows, none of them judged: first those that failed at the start.
 * @param known the cases that say something about a server in this mode
 * @throws LessonError (code BAD_LESSON) for a case that is not known
 */
export function emptyRows(
  { rows, cases, failsAtStart, id, side }: Exercise,
  lesson: Lesson,
  known: readonly KnownCase[],
): CheckRow[] {
  const stranger = cases.find((start) => !known.some((each) => isCaseOf(start, each.id)));
  if (stranger !== undefined)
    throw new LessonError(
      "BAD_LESSON",
      `Exercise ${id}: "cases" has "${stranger}", which is not a case of the suite.`,
    );
  const attempts = rows.map((row) => {
    const { attempt, client } = readRow(row);
    const { title } = lesson.attempts.find((each) => each.id === attempt)!;
    const who = client === "browser" ? "a page" : "Node";
    return { id: row, title: side === "client" ? `${title}: ${who}` : title };
  });
  const chosen = known.filter((each) => cases.some((start) => isCaseOf(start, each.id)));
  const all = [...attempts, ...chosen].map((each): CheckRow => ({
    id: each.id,
    title: each.title,
    failedAtStart: failsAtStart.includes(each.id),
    result: "waits",
  }));
  return [true, false].flatMap((first) => all.filter((row) => row.failedAtStart === first));
}

/** Makes an attempt of the lesson, and compares. @param own the options of the client, if a person writes those */
export async function runAttempt(
  lab: Lab,
  lesson: Lesson,
  row: string,
  switches: ServerSwitches,
  own?: WorkingOptions,
): Promise<Verdict> {
  const { attempt: id, client } = readRow(row);
  const attempt = lesson.attempts.find((each) => each.id === id)!;
  const isWaiting = attempt.acts.some((act) => act.do === "wait");
  const timeoutMs = isWaiting ? WAITING_LIMIT_MS : ATTEMPT_LIMIT_MS;
  const choice = { ...choiceOf(lesson, attempt, switches), timeoutMs };
  const seen = await (own ? runOwn(lab, own, choice, client) : lab.run(choice, client));
  const [first] = seen.outcome;
  if (first?.result === "not started") throw new VariantStartError(first);
  const judged = judgeCell(lesson, { attempt, client, switches }, seen);
  const { verdict, differences, outcome, trace } = judged;
  const browser = client === "browser" && ((await lab.browserName()) ?? "Node, as a page");
  const cell = { client, outcome, trace, server: nameServer(choice), ...(browser && { browser }) };
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
