// Fills one cell: with the Node client, or with what the learner's own page saw.
import { randomUUID } from "node:crypto";
import type { ClientTask, Outcome } from "../model/acts.ts";
import { type View, writeAddress } from "../model/address.ts";
import type { Attempt } from "../model/attempt.ts";
import type { FilledCell } from "../model/cell.ts";
import { createGate } from "../model/gate.ts";
import { isOutcomeOf, skipAll } from "../model/outcome.ts";
import { OWN, ownAttempt } from "../model/own-attempt.ts";
import type { CellRequest, LogSource, PreparedCell, Scene } from "../model/protocol.ts";
import type { Client } from "../model/vocabulary.ts";
import type { RunChoice } from "../lab/client-task.ts";
import type { Lab, Seen } from "../lab/lab.ts";
import { OverloadedError } from "../lab/busy.ts";
import { choiceOf } from "../lab/lessons/choice.ts";
import { readLesson } from "../lab/lessons/files.ts";
import { judgeCell } from "../lab/lessons/run.ts";
import type { ServerChoice } from "../lab/servers/pool.ts";
import type { SeenTokens } from "./seen-tokens.ts";
import type { Limit } from "./work-limit.ts";
import { RequestError } from "./requests.ts";

interface Cells {
  runNode(request: CellRequest): Promise<FilledCell>;
  /** Opens an address for an attempt of the page. */
  prepare(request: CellRequest): Promise<PreparedCell>;
  /** Takes what the page saw; the answer adds what went over the wire. */
  settle(run: string, outcome: Outcome): Promise<FilledCell>;
  /** The page has gone: what it has not settled is over. */
  abandon(): void;
}

interface Pending {
  acts: RunChoice["acts"];
  give: (outcome: Outcome) => void;
  filled: Promise<FilledCell>;
}

const GONE = "the page has gone";

/** Called for each attempt that a page has made. */
export type OnFilled = (request: CellRequest, cell: FilledCell) => void;

interface CellsOptions {
  lab: Lab;
  onFilled?: OnFilled | undefined;
  /** A run that a page has prepared counts until it is settled. */
  limitRuns: Limit;
  seenTokens: SeenTokens;
  /** How long after the end of its own time a run may be settled; then it is given up, since others may wait for it. */
  graceMs?: number;
}

/** A page makes no more at once, so that one which leaves them unsettled leaves room for others. */
const AT_ONCE = 3;
/** A page whose tab is in the background is slow. */
const GRACE_MS = 10_000;

/** The cells of one page. */
export function openCells(options: CellsOptions): Cells {
  const { lab, limitRuns, seenTokens, onFilled, graceMs = GRACE_MS } = options;
  const pending = new Map<string, Pending>();
  const gate = createGate(AT_ONCE);
  let hasLeft = false;

  /** With an id at each token that was seen. */
  function named(cell: FilledCell): FilledCell {
    seenTokens.name(cell.trace);
    return cell;
  }

  async function runNode(request: CellRequest): Promise<FilledCell> {
    const { choice, judge } = await findTask(request, "node");
    return named(judge(await lab.run(choice, "node")));
  }

  async function prepare(request: CellRequest): Promise<PreparedCell> {
    const { choice, judge } = await findTask(request, "browser");
    const { acts } = choice;
    const run = randomUUID();
    return new Promise((resolve, reject) => {
      /** Hands over what is to be done, and waits for what the page saw. */
      const handOver = (task: ClientTask): Promise<Outcome> =>
        new Promise((tell) => {
          // Its turn came too late: nobody is there to settle it.
          if (hasLeft) return tell(skipAll(acts, GONE));
          const give = (outcome: Outcome): void => {
            clearTimeout(deadline);
            pending.delete(run);
            tell(outcome);
          };
          const giveUp = (): void => give(skipAll(acts, GONE));
          const deadline = setTimeout(giveUp, task.timeoutMs + graceMs);
          pending.set(run, { acts, give, filled });
          resolve({ run, task });
        });
      const seen = limitRuns(() => gate.run(() => lab.run(choice, handOver)));
      const filled = seen.then((result) => {
        const cell = named(judge(result));
        onFilled?.(request, cell);
        return cell;
      });
      // Once the run is handed over, this changes nothing, and its owner learns of it.
      filled.then((cell) => resolve({ filled: cell }), reject);
    });
  }

  async function settle(run: string, outcome: Outcome): Promise<FilledCell> {
    const open = pending.get(run);
    if (open === undefined)
      throw new RequestError("This run took too long and is over, or was never prepared.");
    if (!isOutcomeOf(outcome, open.acts))
      throw new RequestError("This is not the outcome of that run.");
    open.give(outcome);
    return open.filled;
  }

  function abandon(): void {
    hasLeft = true;
    for (const { acts, give } of pending.values()) give(skipAll(acts, GONE));
  }

  return { runNode, prepare, settle, abandon };
}

/** What is to be run, and how the result is judged. */
interface Task {
  choice: RunChoice;
  judge: (seen: Seen) => FilledCell;
}

/** The lesson, and all attempts that can be made there. */
async function attemptsOf({ lesson: number, switches }: Scene) {
  const lesson = number === undefined ? undefined : await readLesson(number);
  return { lesson, attempts: [...(lesson?.attempts ?? []), ownAttempt(switches)] };
}

/** The servers that these attempts meet. */
export async function serversOf(scene: Scene): Promise<ServerChoice[]> {
  const { lesson, attempts } = await attemptsOf(scene);
  return attempts.map((attempt) => choiceOf(lesson, attempt, scene.switches));
}

async function findTask(request: CellRequest, client: Client): Promise<Task> {
  const { lesson: number, attempt: id, switches } = request;
  const { lesson, attempts } = await attemptsOf(request);
  const attempt = attempts.find((one) => one.id === id);
  if (attempt === undefined)
    throw new RequestError(
      lesson === undefined
        ? `Outside a lesson there is only the attempt "${OWN}".`
        : `Lesson ${number} has no attempt "${id}".`,
    );
  return {
    choice: { ...choiceOf(lesson, attempt, switches), source: sourceOf(number, attempt, client) },
    judge: (seen) => {
      const { attempt: _, ...cell } = judgeCell(lesson, { attempt, client, switches }, seen);
      if (cell.verdict === "too busy") throw new OverloadedError();
      return cell;
    },
  };
}

/** Where a log line about this attempt leads. */
function sourceOf(lesson: number | undefined, { id, title }: Attempt, client: Client): LogSource {
  const view: View =
    lesson === undefined ? { page: "sandbox" } : { page: "lesson", number: lesson };
  const page = lesson === undefined ? "sandbox" : `lesson ${lesson}`;
  return {
    title: `${page}, ${title}, ${client === "node" ? "Node" : client}`,
    address: writeAddress({ view, chosen: {}, cell: { attempt: id, client } }),
  };
}
