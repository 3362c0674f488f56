// Runs a lesson once and prints it. Each outcome is a remark as soon as it is there; the whole is the result.
import type { Lab } from "../../lab/lab.ts";
import { type Cell, runLesson } from "../../lab/lessons/run.ts";
import type { Attempt } from "../../model/attempt.ts";
import type { Lesson } from "../../model/lesson.ts";
import type { Switches } from "../../model/switches.ts";
import type { Client } from "../../model/vocabulary.ts";
import { readWords } from "../../lab/lessons/files.ts";
import { maskValue } from "../../lab/wire/masking.ts";
import { renderCellLine } from "./cell-words.ts";
import { renderHead, renderResults } from "./lesson-page.ts";
import type { Column } from "./matrix.ts";
import type { Look } from "../paint.ts";
import { remarkOnProgress } from "./progress-remarks.ts";

/** Where a lesson is printed to. */
export interface Paper extends Look {
  print: (line: string) => void;
  /** A word beside the result: how far it is. */
  remark: (line: string) => void;
}

interface OnceRun {
  lab: Lab;
  lesson: Lesson;
  /** The rows: those of the lesson, and the person's own if it was asked for. */
  attempts: readonly Attempt[];
  switches: Switches;
  clients: readonly Client[];
  /** `Node 20.20.2` */
  nodeName: string;
}

/** Prints what can be said before anything is run. */
export async function printHead(lesson: Lesson, switches: Switches, paper: Paper): Promise<void> {
  const head = { lesson, words: await readWords(lesson), switches };
  for (const line of [...renderHead(head, paper.width, paper.paint), ""]) paper.print(line);
}

/** Runs the lesson and prints the outcomes. @returns all cells */
export async function printRun(run: OnceRun, paper: Paper): Promise<Cell[]> {
  const { lab, lesson, attempts, clients, nodeName } = run;
  const { print, remark, width, paint } = paper;
  const cells = await runAndRemark(run, paper, (cell) => {
    const number = attempts.indexOf(cell.attempt) + 1;
    remark(renderCellLine(cell, number, width, paint));
  });
  const hasBrowser = clients.includes("browser");
  const browser = hasBrowser ? await lab.browserName() : undefined;
  const browserMissing = hasBrowser ? await lab.browserMissing() : undefined;
  const names = { browser: browser ?? "No browser", node: nodeName };
  const columns: Column[] = clients.map((client) => ({ client, name: names[client] }));
  const { switches } = run;
  const words = await readWords(lesson);
  const results = { lesson, words, switches, attempts, columns, cells, browserMissing };
  for (const line of ["", ...renderResults(results, width, paint)]) print(line);
  return cells;
}

/** Runs the lesson, and says so whenever nothing has come for a while. */
async function runAndRemark(
  { lab, lesson, attempts, switches, clients }: OnceRun,
  paper: Pick<Paper, "remark">,
  onCell: (cell: Cell) => void,
): Promise<Cell[]> {
  const total = attempts.length * clients.length;
  let done = 0;
  let isOver = false;
  const sayHowFar = (): void => paper.remark(`… ${done} of ${total}`);
  let stop = remarkOnProgress(sayHowFar);
  try {
    return await runLesson(lab, lesson, {
      switches,
      attempts,
      clients,
      onCell: (cell) => {
        // After a failure, what is still under way breaks because everything is being stopped.
        if (isOver) return;
        done += 1;
        onCell(cell);
        stop();
        stop = remarkOnProgress(sayHowFar);
      },
    });
  } finally {
    isOver = true;
    stop();
  }
}

/** Runs the lesson and prints one JSON document, without a token in it. @returns all cells */
export async function printJson(
  run: OnceRun,
  paper: Pick<Paper, "print" | "remark">,
): Promise<Cell[]> {
  const { lab, lesson, switches, clients } = run;
  const cells = await runAndRemark(run, paper, () => undefined);
  const { number, slug, title, goal } = lesson;
  const { variant, auth, serverTransports } = switches;
  const browser = clients.includes("browser") ? await lab.browserName() : undefined;
  const names = { browser: browser ?? null, node: run.nodeName };
  const document = {
    lesson: { number, slug, title, goal },
    switches: { variant, auth, serverTransports },
    clients: Object.fromEntries(clients.map((client) => [client, names[client]])),
    cells: cells.map(({ attempt, ...cell }) => ({
      attempt: attempt.id,
      title: attempt.title,
      ...cell,
      expected: cell.verdict === "no expectation" ? undefined : attempt.expect?.[cell.client],
    })),
  };
  paper.print(JSON.stringify(maskValue(document), undefined, 2));
  return cells;
}
