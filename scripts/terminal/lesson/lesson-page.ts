// A lesson printed once, from top to bottom: what it is about, the matrix, the reasons, one trace, and the result.
import { wordsFileOf } from "../../lab/lessons/files.ts";
import type { Cell } from "../../lab/lessons/run.ts";
import type { Attempt } from "../../model/attempt.ts";
import type { Lesson } from "../../model/lesson.ts";
import type { ServerSwitches } from "../../model/switches.ts";
import type { Client } from "../../model/vocabulary.ts";
import { nameServer } from "../../lab/servers/server-name.ts";
import { describeWhy, renderCell } from "./cell-words.ts";
import { renderBeginning, renderTakeaways } from "../markdown.ts";
import { summarize } from "./lesson-summary.ts";
import { type Column, drawMatrix } from "./matrix.ts";
import { VERDICT_LEGEND } from "./outcome-words.ts";
import type { Paint } from "../paint.ts";
import { READING_WIDTH, wrap } from "../text.ts";

/** What is known before anything is run. */
interface PageHead {
  lesson: Lesson;
  words: string;
  switches: ServerSwitches;
}

/** Title, goal, a few sentences, and the server that it is about. */
export function renderHead(
  { lesson, words, switches }: PageHead,
  width: number,
  paint: Paint,
): string[] {
  const { number, title, goal } = lesson;
  const reading = Math.min(width, READING_WIDTH);
  return [
    paint("strong", `Lesson ${number} · ${title}`),
    ...wrap(goal, reading),
    "",
    ...renderBeginning(words, width, paint),
    "",
    ...wrap(paint("quiet", `All its words: ${wordsFileOf(lesson)}`), width),
    ...wrap(`Server: ${nameServer(switches)}`, width),
  ];
}

interface PageResults {
  lesson: Lesson;
  switches: ServerSwitches;
  /** The rows. */
  attempts: readonly Attempt[];
  columns: readonly Column[];
  cells: readonly Cell[];
  /** The lesson's words, as Markdown. */
  words: string;
  /** How to get a browser, where there is none. */
  browserMissing: string | undefined;
}

/** The matrix, and everything that stands below it. */
export function renderResults(results: PageResults, width: number, paint: Paint): string[] {
  const { lesson, attempts, columns, cells, browserMissing } = results;
  const find = (attempt: string, client: string): Cell | undefined =>
    cells.find((cell) => cell.attempt.id === attempt && cell.client === client);
  const matrix = {
    attempts,
    columns,
    cellAt: ({ attempt, client }: { attempt: string; client: string }) => {
      const cell = find(attempt, client);
      return cell && { cell, runningSinceMs: undefined };
    },
    nowMs: 0,
  };
  const shown = find(lesson.show.attempt, lesson.show.client);
  const other = cells.find(
    ({ attempt, outcome }) => attempt.id === lesson.show.attempt && outcome.length > 0,
  );
  return [
    ...drawMatrix(matrix, width, paint).lines,
    ...wrap(paint("quiet", VERDICT_LEGEND), width),
    ...(browserMissing === undefined ? [] : wrap(browserMissing, Math.min(width, READING_WIDTH))),
    ...renderReasons(results, width, paint),
    ...renderShown(shown?.outcome.length ? shown : other, results, width, paint),
    "",
    paint("strong", "Take away"),
    ...renderTakeaways(results.words, width, paint),
    "",
    ...wrap(summarize(cells, lesson, results.switches), Math.min(width, READING_WIDTH)),
  ];
}

// --- Why ---

function renderReasons(
  { attempts, columns, cells }: PageResults,
  width: number,
  paint: Paint,
): string[] {
  const places = new Map<string, { row: number; client: Client }[]>();
  for (const [index, { id }] of attempts.entries())
    for (const cell of cells.filter(({ attempt }) => attempt.id === id))
      for (const sentence of describeWhy(cell))
        places.set(sentence, [
          ...(places.get(sentence) ?? []),
          { row: index + 1, client: cell.client },
        ]);
  if (places.size === 0) return [];
  const reading = Math.min(width, READING_WIDTH) - 3;
  const lines = [...places].flatMap(([sentence, at]) =>
    wrap(`${placesInWords(at, columns.length)}: ${sentence}`, reading).map((line, index) =>
      index === 0 ? ` ${line}` : `   ${line}`,
    ),
  );
  return ["", paint("strong", "Why"), ...lines];
}

/** `2 browser, 5, 8`: a client is named where the reason is not that of the whole row. */
function placesInWords(at: readonly { row: number; client: Client }[], columns: number): string {
  const rows = [...new Set(at.map(({ row }) => row))];
  const named = rows.map((row) => {
    const clients = at.filter((place) => place.row === row).map(({ client }) => client);
    return clients.length === columns ? `${row}` : `${row} ${clients.join(", ")}`;
  });
  return named.join(", ");
}

// --- The trace ---

function renderShown(
  cell: Cell | undefined,
  { attempts, columns }: PageResults,
  width: number,
  paint: Paint,
): string[] {
  if (cell === undefined) return [];
  const number = attempts.findIndex(({ id }) => id === cell.attempt.id) + 1;
  const title = `On the wire: ${number} ${cell.attempt.title}, ${cell.client}`;
  return [
    "",
    ...wrap(paint("strong", title), width),
    ...renderCell(cell, { columns }, width, paint),
  ];
}
