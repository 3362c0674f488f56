// The state of an open lesson, and how it changes: by a key, by a cell that is filled, by what was loaded. Nothing here does anything.
import type { Cell } from "../../lab/lessons/run.ts";
import type { Attempt } from "../../model/attempt.ts";
import type { Lesson } from "../../model/lesson.ts";
import { ownAttempt } from "../../model/own-attempt.ts";
import {
  judged,
  judgedWords,
  type Predicted,
  questionsOf,
  scoreOf,
  scoreWords,
} from "../../model/prediction.ts";
import { type Switches, switchesFor } from "../../model/switches.ts";
import type { Variant } from "../../model/vocabulary.ts";
import type { Column, Place, ShownCell } from "./matrix.ts";

/** What is shown in the place of the matrix, or beside it. */
export type Panel = "matrix" | "trace" | "code" | "words" | "help";

export interface Session {
  lesson: Lesson;
  /** The number of the lesson that is to be open: another one while that is being read. */
  wanted: number;
  /** The numbers of all lessons. */
  numbers: readonly number[];
  /** The lesson's words, as Markdown. */
  words: string;
  hasExercise: boolean;
  /** The address of this lesson's page, with the key that opens it. */
  page: string;
  switches: Switches;
  columns: readonly Column[];
  /** By `placeKey`. */
  cells: ReadonlyMap<string, ShownCell>;
  /** Counts the runs, so that a cell of an earlier one is known as such. */
  run: number;
  isRunning: boolean;
  /**
   * Which of the lesson's questions is asked, from 0; as many as there are: the run that answers them has yet to end.
   * Undefined where nothing is asked, or everything is answered.
   */
  asking: number | undefined;
  /** What the person predicted, by the attempt's id. */
  said: Predicted["said"];
  chosen: Place;
  panel: Panel;
  /** Whether a trace shows every step, also routine. */
  isEveryStep: boolean;
  /** How many lines of the panel are above the screen. */
  scroll: number;
  /** Which of the lesson's pieces of code is shown. */
  part: number;
  /** The code of that piece in the chosen format; undefined until it is read. */
  code: { title: string; source: string } | undefined;
  /** One sentence about the last key. */
  notice: string;
  /** Why the last run broke off; with the last lines of a variant that died. */
  failure: string;
}

/** What a new lesson begins with. */
export interface Opening {
  lesson: Lesson;
  numbers: readonly number[];
  words: string;
  hasExercise: boolean;
  page: string;
  columns: readonly Column[];
  /** Asks the lesson's questions before anything runs. */
  predicts?: boolean;
}

/** A lesson as it is opened: nothing has been run yet. */
export function openSession(opening: Opening): Session {
  const { lesson, numbers, words, hasExercise, page, columns, predicts = false } = opening;
  const clients = columns.map(({ client }) => client);
  const { attempt, client } = lesson.show;
  return {
    lesson,
    wanted: lesson.number,
    numbers,
    words,
    hasExercise,
    page,
    switches: switchesFor({}, lesson),
    columns,
    cells: new Map(),
    run: 0,
    isRunning: false,
    asking: predicts ? 0 : undefined,
    said: {},
    chosen: { attempt, client: clients.includes(client) ? client : clients[0]! },
    panel: "matrix",
    isEveryStep: false,
    scroll: 0,
    part: 0,
    code: undefined,
    notice: "",
    failure: "",
  };
}

/** The key of a cell in `Session.cells`. */
export function placeKey({ attempt, client }: Place): string {
  return `${client} ${attempt}`;
}

/** The rows of the matrix: the lesson's attempts, and the person's own. */
export function attemptsOf({ lesson, switches }: Session): Attempt[] {
  return [...lesson.attempts, ownAttempt(switches)];
}

/** The attempt whose question is asked; undefined once all were asked. */
export function askedIn({
  lesson,
  asking,
}: Session): ReturnType<typeof questionsOf>[0] | undefined {
  return asking === undefined ? undefined : questionsOf(lesson.attempts)[asking];
}

/** What was predicted, beside what came; a cell that is being filled again answers nothing. */
export function predictedIn({ lesson, said, cells }: Session): Predicted {
  return {
    attempts: lesson.attempts,
    said,
    cellAt(place) {
      const shown = cells.get(placeKey(place));
      return shown?.runningSinceMs === undefined ? shown?.cell : undefined;
    },
  };
}

/** What was predicted of a row, and how it came; empty where nothing was predicted, or nothing is known. */
export function predictionWords(session: Session, { id }: Pick<Attempt, "id">): string {
  const attempt = session.lesson.attempts.find((each) => each.id === id);
  const result = attempt && judged(predictedIn(session), attempt);
  return result === undefined ? "" : judgedWords(result);
}

/** After the run that answers the questions: chooses the first row that differs from its prediction, whose reason is shown then; if none differs, says so. */
function answerQuestions(session: Session): Session {
  if (session.asking === undefined) return session;
  const score = scoreOf(predictedIn(session));
  const answered = { ...session, asking: undefined };
  if (score === undefined) return answered;
  const [attempt] = score.missed;
  if (attempt === undefined) return { ...answered, notice: scoreWords(score) };
  return { ...answered, chosen: { attempt, client: "browser" } };
}

/** After a stopped run, everything runs again; otherwise only the own attempt, if no other switch was flipped. */
export function attemptsToRun(session: Session, what: "all" | "own"): Attempt[] {
  const attempts = attemptsOf(session);
  return what === "all" || session.isRunning ? attempts : attempts.slice(-1);
}

/** The cells of these attempts are to be filled again; until then they show what they held. */
export function beginRun(
  session: Session,
  nowMs: number,
  attempts: readonly Attempt[] = attemptsOf(session),
): Session {
  const cells = new Map(session.cells);
  for (const { id } of attempts)
    for (const { client } of session.columns) {
      const key = placeKey({ attempt: id, client });
      cells.set(key, { cell: session.cells.get(key)?.cell, runningSinceMs: nowMs });
    }
  return { ...session, cells, run: session.run + 1, isRunning: true, failure: "" };
}

/** Puts a cell into its place, unless it belongs to an earlier run. */
export function fillCell(session: Session, run: number, cell: Cell): Session {
  if (run !== session.run) return session;
  const key = placeKey({ attempt: cell.attempt.id, client: cell.client });
  const cells = new Map(session.cells).set(key, { cell, runningSinceMs: undefined });
  return { ...session, cells };
}

/** The run is over; cells that it did not fill are empty from now on. */
export function endRun(session: Session, run: number, failure = ""): Session {
  if (run !== session.run) return session;
  const filled = [...session.cells].filter(([, shown]) => shown.runningSinceMs === undefined);
  const ended = { ...session, cells: new Map(filled), isRunning: false, failure };
  return failure === "" ? answerQuestions(ended) : ended;
}

/** Once the browser has said what it is. */
export function nameBrowser(session: Session, name: string): Session {
  const columns = session.columns.map((column) =>
    column.client === "browser" ? { ...column, name } : column,
  );
  return { ...session, columns };
}

/** Whether the chosen cell is being filled again. */
export function isChosenRunning({ cells, chosen }: Session): boolean {
  return cells.get(placeKey(chosen))?.runningSinceMs !== undefined;
}

/** The format of the code: that of the chosen row, if it has one of its own. */
export function codeVariant({ lesson, chosen, switches }: Session): Variant {
  const attempt = lesson.attempts.find(({ id }) => id === chosen.attempt);
  return attempt?.variant ?? switches.variant;
}

/** What the chosen cell shows. */
export function chosenCell(session: Session): Cell | undefined {
  return session.cells.get(placeKey(session.chosen))?.cell;
}
