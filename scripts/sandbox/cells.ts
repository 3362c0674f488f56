// Fills one cell: with the Node client, or with what the learner's own page saw.
import { randomUUID } from "node:crypto";
import type { Answered, Outcome } from "../model/outcome.ts";
import type { ConnectChoice, RequestChoice, TokenChoice } from "../lab/lab-choice.ts";
import type { Lab, Seen } from "../lab/lab.ts";
import type { Lesson, LessonAttempt } from "../model/lesson.ts";
import { createGate } from "../model/gate.ts";
import type { Client } from "../model/vocabulary.ts";
import { readLesson } from "../lab/lessons/files.ts";
import { planAttempt } from "../lab/lessons/plan.ts";
import { judgeCell } from "../lab/lessons/run.ts";
import { nameServer } from "../lab/servers/server-name.ts";
import type { Limit } from "./work-limit.ts";
import type { CellRequest, FilledCell, PageSwitches, PreparedCell } from "../model/protocol.ts";
import { RequestError } from "./requests.ts";

type AnyOutcome = Outcome | Answered;

/** What is to be done, and how the result is judged. */
type Task = { judge: (client: Client, seen: Seen<AnyOutcome>) => FilledCell } & (
  | { do: "connect"; choice: ConnectChoice }
  | { do: "request"; choice: RequestChoice }
);

export interface Cells {
  runNode(request: CellRequest): Promise<FilledCell>;
  /** Opens an address for an attempt of the page. */
  prepare(request: CellRequest): Promise<PreparedCell>;
  /** Takes what the page saw; the answer adds what went over the wire. */
  settle(run: string, outcome: AnyOutcome): Promise<FilledCell>;
  /** The page has gone: what it has not settled is over. */
  abandon(): void;
}

interface Pending {
  give: (outcome: AnyOutcome) => void;
  filled: Promise<FilledCell>;
}

const NOBODY_ANSWERED: AnyOutcome = { result: "unanswered", durationMs: 0 };

interface CellsOptions {
  lab: Lab;
  /** A run that a page has prepared counts until it is settled. */
  limitRuns: Limit;
  /** How long after the end of its own time a run may be settled; then it is given up, since others may wait for it. */
  graceMs?: number;
}

/** A page makes no more at once, so that one which leaves them unsettled leaves room for others. */
const AT_ONCE = 3;
/** A page whose tab is in the background is slow. */
const GRACE_MS = 10_000;

/** The cells of one page. */
export function openCells({ lab, limitRuns, graceMs = GRACE_MS }: CellsOptions): Cells {
  const pending = new Map<string, Pending>();
  const gate = createGate(AT_ONCE);
  let hasLeft = false;

  async function runNode(request: CellRequest): Promise<FilledCell> {
    const task = await findTask(request);
    const client = "node";
    const seen: Promise<Seen<AnyOutcome>> =
      task.do === "connect"
        ? lab.run({ ...task.choice, client })
        : lab.request({ ...task.choice, client });
    return task.judge(client, await seen);
  }

  async function prepare(request: CellRequest): Promise<PreparedCell> {
    const task = await findTask(request);
    const run = randomUUID();
    return new Promise((resolve, reject) => {
      /** Hands over what is prepared, and waits for what the page saw. */
      const handOver = (prepared: PreparedCell, timeoutMs: number): Promise<AnyOutcome> =>
        new Promise((tell) => {
          // Its turn came too late: nobody is there to settle it.
          if (hasLeft) return tell(NOBODY_ANSWERED);
          const give = (outcome: AnyOutcome): void => {
            clearTimeout(deadline);
            pending.delete(run);
            tell(outcome);
          };
          const deadline = setTimeout(() => give(NOBODY_ANSWERED), timeoutMs + graceMs);
          pending.set(run, { give, filled });
          resolve(prepared);
        });
      const perform = (): Promise<Seen<AnyOutcome>> =>
        task.do === "connect"
          ? lab.runWith(
              task.choice,
              (attempt) =>
                handOver({ run, do: "connect", attempt }, attempt.timeoutMs) as Promise<Outcome>,
            )
          : lab.requestWith(
              task.choice,
              (asked) =>
                handOver(
                  { run, do: "request", request: asked },
                  asked.timeoutMs,
                ) as Promise<Answered>,
            );
      const seen = limitRuns(() => gate.run(perform));
      const filled = seen.then((told) => task.judge("browser", told));
      // Once the run is handed over, this changes nothing any more, and whoever settles it is told.
      filled.catch(reject);
    });
  }

  async function settle(run: string, outcome: AnyOutcome): Promise<FilledCell> {
    const open = pending.get(run);
    if (open === undefined)
      throw new RequestError("This run took too long and is over, or was never prepared.");
    open.give(outcome);
    return open.filled;
  }

  function abandon(): void {
    hasLeft = true;
    for (const { give } of pending.values()) give(NOBODY_ANSWERED);
  }

  return { runNode, prepare, settle, abandon };
}

// --- What to do ---

async function findTask({ lesson, attempt: id, switches }: CellRequest): Promise<Task> {
  const found = lesson === undefined ? undefined : await readLesson(lesson);
  if (id === "own") return ownTask(switches, found?.oneAtATime ?? false);
  if (found === undefined)
    throw new RequestError("Outside a lesson there is only the own attempt.");
  const attempt = found.attempts.find((one) => one.id === id);
  if (attempt === undefined) throw new RequestError(`Lesson ${lesson} has no attempt "${id}".`);
  return lessonTask(found, attempt, switches);
}

function lessonTask(lesson: Lesson, attempt: LessonAttempt, switches: PageSwitches): Task {
  const { variant, auth, serverTransports } = switches;
  const chosen = { variant, auth, serverTransports };
  const { token, ...server } = planAttempt(lesson, attempt, chosen);
  const judge = (client: Client, seen: Seen<AnyOutcome>): FilledCell => {
    const cell = judgeCell(lesson, { attempt, client, switches: chosen }, seen);
    const { expected, verdict, differences } = cell;
    return { client, ...seen, expected, verdict, differences, server: nameServer(server) };
  };
  const { credential, scheme } = attempt;
  if (attempt.do === "request") {
    const { method, path, body } = attempt;
    return {
      do: "request",
      choice: { ...server, method, path, body, credential, scheme, token },
      judge,
    };
  }
  const { transports, tryAllTransports, otherTokens, events } = attempt;
  const connect = { transports, tryAllTransports, credential, scheme, token, otherTokens, events };
  return { do: "connect", choice: { ...server, attempt: connect }, judge };
}

/** Of the person's own attempt no lesson says anything. */
function ownTask(switches: PageSwitches, isAlone: boolean): Task {
  const { variant, auth, serverTransports, token, ...rest } = switches;
  const server = { variant, auth, serverTransports };
  const attempt = { ...rest, token: labToken(token), otherTokens: [], events: [] };
  const judge = (client: Client, seen: Seen<AnyOutcome>): FilledCell => ({
    client,
    ...seen,
    expected: undefined,
    verdict: "no expectation",
    differences: [],
    server: nameServer(server),
  });
  return { do: "connect", choice: { ...server, isAlone, attempt }, judge };
}

function labToken(token: PageSwitches["token"]): TokenChoice {
  return "name" in token ? token.name : token;
}
