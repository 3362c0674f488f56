// Runs the attempts of a lesson in a lab and compares what was seen with what the lesson says.
import type {
  Verdict,
  Expectation,
  Lesson,
  LessonAttempt,
  Switches,
  Difference,
} from "../../model/lesson.ts";
import type { Answered, Outcome } from "../../model/outcome.ts";
import type { Lab } from "../lab.ts";
import { OverloadedError } from "../load.ts";
import { inLanes } from "../../model/gate.ts";
import { type Client, CLIENTS } from "../../model/vocabulary.ts";
import { findDifferences } from "./compare-seen.ts";
import { hasExpectation, planAttempt } from "./plan.ts";
import type { Trace } from "../../model/trace.ts";

/** One attempt with one client. */
export interface Cell {
  attempt: LessonAttempt;
  client: Client;
  /** Undefined where the lesson says nothing for these switches. */
  expected: Expectation | undefined;
  /** Undefined where there was no browser, or no time to tell. */
  outcome: Outcome | Answered | undefined;
  trace: Trace | undefined;
  verdict: Verdict;
  /** Empty unless the verdict is "surprise". */
  differences: Difference[];
}

export interface LessonRun {
  /** The lesson's own, if left out. */
  switches?: Switches;
  /** Both, if left out. */
  clients?: readonly Client[];
  /** Called with each cell as soon as it is filled; the first is one of Node, if that is among the clients. */
  onCell?: (cell: Cell) => void;
  /** Once it is aborted, no further attempt begins. */
  signal?: AbortSignal;
}

/** An attempt, who makes it, and under which switches. */
export interface CellChoice {
  attempt: LessonAttempt;
  client: Client;
  switches: Switches;
}

// For each client; the variants share the processor with them.
const AT_ONCE = 3;

/**
 * Runs every attempt with every client, each by itself.
 * @returns the cells that were filled, row by row
 */
export async function runLesson(lab: Lab, lesson: Lesson, run: LessonRun = {}): Promise<Cell[]> {
  const { switches = lesson.switches, clients = CLIENTS, onCell, signal } = run;
  const filled = new Map<LessonAttempt, Cell[]>();

  async function fill(attempt: LessonAttempt, client: Client): Promise<void> {
    if (signal?.aborted) return;
    const cell = await runCell(lab, lesson, { attempt, client, switches });
    filled.set(attempt, [...(filled.get(attempt) ?? []), cell]);
    onCell?.(cell);
  }

  const { attempts, oneAtATime } = lesson;
  const hasNode = clients.includes("node");
  // The first outcome comes before anything else may take time, a browser above all.
  if (hasNode) await fill(attempts[0]!, "node");
  const node = attempts.slice(1).map((attempt) => () => fill(attempt, "node"));
  const browser = attempts.map((attempt) => () => fill(attempt, "browser"));
  const lanes = [...(hasNode ? [node] : []), ...(clients.includes("browser") ? [browser] : [])];
  if (oneAtATime) await inLanes(lanes.flat(), 1, (task) => task());
  else await Promise.all(lanes.map((lane) => inLanes(lane, AT_ONCE, (task) => task())));

  const order = (cell: Cell): number => clients.indexOf(cell.client);
  return attempts.flatMap((attempt) =>
    (filled.get(attempt) ?? []).toSorted((one, other) => order(one) - order(other)),
  );
}

/** Runs one attempt with one client. */
async function runCell(lab: Lab, lesson: Lesson, choice: CellChoice): Promise<Cell> {
  if (choice.client === "browser" && (await lab.browserName()) === undefined)
    return emptyCell(lesson, choice, "no browser");
  try {
    return judgeCell(lesson, choice, await makeAttempt(lab, lesson, choice));
  } catch (error) {
    if (!(error instanceof OverloadedError)) throw error;
    return emptyCell(lesson, choice, "too busy");
  }
}

function emptyCell(lesson: Lesson, choice: CellChoice, verdict: Verdict): Cell {
  const { attempt, client } = choice;
  const expected = expectationOf(lesson, choice);
  const nothing = { outcome: undefined, trace: undefined, differences: [] };
  return { attempt, client, expected, ...nothing, verdict };
}

/** Compares what was seen, by whatever client, with what the lesson says. */
export function judgeCell(
  lesson: Lesson,
  choice: CellChoice,
  { outcome, trace }: { outcome: Outcome | Answered; trace: Trace },
): Cell {
  const { attempt, client } = choice;
  const expected = expectationOf(lesson, choice);
  const differences = expected === undefined ? [] : findDifferences(expected, outcome, trace);
  const verdict = differences.length === 0 ? "as expected" : "surprise";
  const cell = { attempt, client, expected, outcome, trace, differences };
  return { ...cell, verdict: expected === undefined ? "no expectation" : verdict };
}

function expectationOf(
  lesson: Lesson,
  { attempt, client, switches }: CellChoice,
): Expectation | undefined {
  return hasExpectation(lesson, attempt, switches) ? attempt.expect[client] : undefined;
}

function makeAttempt(
  lab: Lab,
  lesson: Lesson,
  { attempt, client, switches }: CellChoice,
): Promise<{ outcome: Outcome | Answered; trace: Trace }> {
  const { token, ...server } = planAttempt(lesson, attempt, switches);
  const { credential, scheme } = attempt;
  if (attempt.do === "request") {
    const { method, path, body } = attempt;
    return lab.request({ client, ...server, method, path, body, credential, scheme, token });
  }
  const { transports, tryAllTransports, otherTokens, events } = attempt;
  return lab.run({
    client,
    ...server,
    attempt: { transports, tryAllTransports, credential, scheme, token, otherTokens, events },
  });
}
