// Runs the attempts of a lesson in a lab and compares what was seen with what the lesson says.
import type { Attempt } from "../../model/attempt.ts";
import type { FilledCell, Verdict } from "../../model/cell.ts";
import type { Lesson } from "../../model/lesson.ts";
import { runCells } from "../../model/run-cells.ts";
import type { ServerSwitches } from "../../model/switches.ts";
import { type Client, CLIENTS } from "../../model/vocabulary.ts";
import type { Lab, Seen } from "../lab.ts";
import { OverloadedError } from "../busy.ts";
import { nameServer } from "../servers/server-name.ts";
import { choiceOf, isClaimed } from "./choice.ts";
import { findDifferences } from "./judge.ts";

/** One attempt with one client. */
export interface Cell extends FilledCell {
  attempt: Attempt;
}

interface LessonRun {
  /** The lesson's own, if left out. */
  switches?: ServerSwitches;
  /** All of the lesson's, if left out. */
  attempts?: readonly Attempt[];
  /** Both, if left out. */
  clients?: readonly Client[];
  /** Called with each cell as soon as it is filled; the first is one of Node, if that is among the clients. */
  onCell?: (cell: Cell) => void;
  /** Once it is aborted, no further attempt begins. */
  signal?: AbortSignal;
}

/** An attempt, who makes it, and under which switches. */
interface CellChoice {
  attempt: Attempt;
  client: Client;
  switches: ServerSwitches;
}

/**
 * Runs every attempt with every client, each by itself.
 * @returns the cells that were filled, row by row
 */
export async function runLesson(lab: Lab, lesson: Lesson, run: LessonRun = {}): Promise<Cell[]> {
  const { switches = lesson.switches, attempts = lesson.attempts, onCell, signal } = run;
  const { clients = CLIENTS } = run;
  const choices = attempts.flatMap((attempt) =>
    clients.map((client): CellChoice => ({ attempt, client, switches })),
  );
  const filled = new Map<CellChoice, Cell>();

  async function fill(choice: CellChoice): Promise<void> {
    if (signal?.aborted) return;
    const cell = await runCell(lab, lesson, choice, signal);
    filled.set(choice, cell);
    onCell?.(cell);
  }

  // The first outcome comes before anything else may take time, a browser above all.
  const first = choices.find(({ client }) => client === "node");
  if (first !== undefined) await fill(first);
  const others = choices.filter((choice) => choice !== first);
  // Of a lesson whose attempts would see each other, the lab runs one at a time on each server.
  await runCells(others, false, fill);
  return choices.flatMap((choice) => filled.get(choice) ?? []);
}

/** Runs one attempt with one client, and again if this machine was too busy to tell. */
async function runCell(
  lab: Lab,
  lesson: Lesson,
  choice: CellChoice,
  signal: AbortSignal | undefined,
): Promise<Cell> {
  const { attempt, client, switches } = choice;
  const server = choiceOf(lesson, attempt, switches);
  const empty = { attempt, client, outcome: [], trace: { steps: [] }, differences: [] };
  const emptyCell = (verdict: Verdict): Cell => ({ ...empty, verdict, server: nameServer(server) });
  if (client === "browser" && (await lab.browserName()) === undefined)
    return emptyCell("no browser");
  try {
    const cell = judgeCell(lesson, choice, await lab.run(server, client));
    // Once more, when there may be less to do: a token of two seconds can expire before a busy client has connected.
    return cell.verdict === "too busy" && !signal?.aborted
      ? judgeCell(lesson, choice, await lab.run(server, client))
      : cell;
  } catch (error) {
    if (!(error instanceof OverloadedError)) throw error;
    return emptyCell("too busy");
  }
}

/**
 * Compares what was seen, by any client, with what the lesson says.
 * @param lesson undefined in the free sandbox
 */
export function judgeCell(
  lesson: Lesson | undefined,
  { attempt, client, switches }: CellChoice,
  { isDoubtful, ...seen }: Seen,
): Cell {
  const server = nameServer(choiceOf(lesson, attempt, switches));
  const cell = { attempt, client, ...seen, server, differences: [] };
  const isJudged = lesson !== undefined && isClaimed(lesson, attempt, switches);
  const differences = isJudged ? findDifferences(attempt, client, seen) : [];
  if (isJudged && differences.length === 0) return { ...cell, verdict: "as expected" };
  // Load is not a surprise, and not an outcome of the person's own attempt.
  if (isDoubtful) return { ...cell, verdict: "too busy" };
  return isJudged
    ? { ...cell, verdict: "surprise", differences }
    : { ...cell, verdict: "no expectation" };
}
