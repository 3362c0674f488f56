// Draws the matrix of a lesson: a row for each attempt, a column for each client, in each cell what was seen.
import type { Cell } from "../../lab/lessons/run.ts";
import type { Attempt } from "../../model/attempt.ts";
import type { Client } from "../../model/vocabulary.ts";
import { durationWords } from "../../model/words/values.ts";
import { describeOutcome, describeVerdict } from "./outcome-words.ts";
import type { Paint } from "../paint.ts";
import { cut, pad, widthOf, wrap } from "../text.ts";

/** A cell that is being filled, or was; while it is filled again, it still shows what was there before. */
export interface ShownCell {
  cell: Cell | undefined;
  /** When its attempt began, while it is under way; in milliseconds. */
  runningSinceMs: number | undefined;
}

export interface Column {
  client: Client;
  /** `Chrome 147` */
  name: string;
}

export interface Place {
  attempt: string;
  client: Client;
}

interface Matrix {
  attempts: readonly Attempt[];
  columns: readonly Column[];
  /** The cell in a place; undefined if it will not be filled. */
  cellAt(place: Place): ShownCell | undefined;
  /** Whether the person predicted something else of a row. */
  isMissed?: (attempt: Attempt) => boolean;
  /** The cell that the person chose; undefined where nobody can choose. */
  chosen?: Place | undefined;
  nowMs: number;
  /** On a low screen more rows count for more than whole details: one line each, wherever that can be. */
  isLow?: boolean;
}

export interface DrawnMatrix {
  lines: string[];
  /** The first line of each attempt. */
  starts: number[];
  /** For each line, the heading of the group that it belongs to; empty where it belongs to none. */
  headings: string[];
}

const GAP = 2;
const LONGEST_TITLE = 44;
const SHORTEST_TITLE = 14;
/** `✓ connected ! differs`, with the mark of the chosen cell; or, in a very narrow terminal, the two below each other. */
const [LEAST_CELL, TINY_CELL] = [22, 12];
const NUMBER_WIDTH = 3;
/** Outcome, detail and verdict stand in one line from this width of a cell on. */
const ONE_LINE_FROM = 39;
/** The same with half the detail. */
const LOW_LINE_FROM = 30;
/** The longest detail that is usual; it must not be cut. */
const USUAL_DETAIL = widthOf("should have been refused");
/** What it takes with the signs before it. */
const TWO_LINES_FROM = USUAL_DETAIL + 3;

/** The matrix, no line wider than `width`. */
export function drawMatrix(matrix: Matrix, width: number, paint: Paint): DrawnMatrix {
  const { attempts, columns } = matrix;
  const oneLine = matrix.isLow === true ? LOW_LINE_FROM : ONE_LINE_FROM;
  const widths = { ...shareWidth(width, attempts, columns.length, oneLine), oneLine };
  const names = columns.map(({ name }) => pad(cut(name, widths.cell), widths.cell));
  const lines = [
    paint("strong", " ".repeat(widths.title + GAP) + names.join(" ".repeat(GAP)).trimEnd()),
  ];
  const starts: number[] = [];
  const headings = [""];
  for (const [index, attempt] of attempts.entries()) {
    starts.push(lines.length);
    const { group = "" } = attempt;
    const heading = group && paint("strong", cut(" ".repeat(NUMBER_WIDTH) + group, width));
    if (group !== "" && group !== attempts[index - 1]?.group) lines.push(heading);
    lines.push(...drawRow(matrix, { attempt, number: index + 1 }, widths, paint));
    headings.push(...Array.from({ length: lines.length - headings.length }, () => heading));
  }
  return { lines, starts, headings };
}

type Attempts = Matrix["attempts"];

interface Widths {
  title: number;
  cell: number;
  /** From which width on a cell has one line. */
  oneLine: number;
}

/** The cells get what they need for one line, or else for two; the titles are what can be wrapped. */
function shareWidth(
  width: number,
  attempts: Attempts,
  columns: number,
  oneLine: number,
): Omit<Widths, "oneLine"> {
  const room = width - GAP * columns;
  const shortest = shortestTitle(attempts);
  const left = [oneLine, TWO_LINES_FROM].map((cell) => room - columns * cell);
  const scarce = Math.max(
    Math.min(shortest, room - columns * LEAST_CELL),
    Math.min(SHORTEST_TITLE, room - columns * TINY_CELL),
  );
  const wanted = left.find((title) => title >= shortest) ?? scarce;
  const longest = Math.max(shortest - NUMBER_WIDTH, ...attempts.map(({ label }) => widthOf(label)));
  const title = Math.min(longest + NUMBER_WIDTH, wanted);
  return { title, cell: Math.floor((room - title) / columns) };
}

/** How wide the matrix is best: each row in one line, or else cells in two lines. */
export function bestWidths(attempts: Attempts, columns: number): [oneLine: number, two: number] {
  const longest = Math.max(...attempts.map(({ label }) => widthOf(label)));
  return [
    Math.min(LONGEST_TITLE, longest) + NUMBER_WIDTH + columns * (GAP + ONE_LINE_FROM),
    shortestTitle(attempts) + columns * (GAP + TWO_LINES_FROM),
  ];
}

/** Its words stay whole. */
function shortestTitle(attempts: Attempts): number {
  const words = attempts.flatMap(({ label }) => label.split(" "));
  return Math.max(SHORTEST_TITLE, ...words.map(widthOf)) + NUMBER_WIDTH;
}

/** After the number of a row that came otherwise than predicted: a target that was not hit. */
export const MISSED = "○";

function drawRow(
  matrix: Matrix,
  { attempt, number }: { attempt: Attempt; number: number },
  { title, cell, oneLine }: Widths,
  paint: Paint,
): string[] {
  const sign = matrix.isMissed?.(attempt) ? paint("surprise", MISSED) : " ";
  const titleLines = wrap(attempt.label, title - NUMBER_WIDTH).map(
    (line, index) => (index === 0 ? `${number}`.padStart(2) + sign : "   ") + line,
  );
  const cells = matrix.columns.map(({ client }) =>
    drawCell(matrix, { attempt: attempt.id, client }, { width: cell, oneLine }, paint),
  );
  const height = Math.max(titleLines.length, ...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, index) =>
    [pad(titleLines[index] ?? "", title), ...cells.map((lines) => pad(lines[index] ?? "", cell))]
      .join(" ".repeat(GAP))
      .trimEnd(),
  );
}

// --- One cell ---

/** The sign in front of the chosen cell; the others have a blank there. */
const CHOSEN = "▸";

function drawCell(
  matrix: Matrix,
  place: Place,
  { width, oneLine }: { width: number; oneLine: number },
  paint: Paint,
): string[] {
  const { chosen, nowMs } = matrix;
  const isChosen = chosen?.attempt === place.attempt && chosen.client === place.client;
  const mark = chosen === undefined ? "" : isChosen ? paint("accent", CHOSEN) : " ";
  const inside = width - widthOf(mark);
  const shown = matrix.cellAt(place);
  const lines =
    shown === undefined
      ? ["–"]
      : describeCell(shown, { width: inside, oneLine, nowMs, isChosen }, paint);
  return lines.map((line) => mark + line);
}

interface CellSpace {
  width: number;
  oneLine: number;
  nowMs: number;
  isChosen: boolean;
}

/** How long it may take before a cell says how long it has taken. */
const NOTICEABLE_MS = 1000;

function describeCell(
  { cell, runningSinceMs }: ShownCell,
  space: CellSpace,
  paint: Paint,
): string[] {
  const runningMs = runningSinceMs === undefined ? 0 : space.nowMs - runningSinceMs;
  const running =
    runningMs < NOTICEABLE_MS ? "… running" : `… running, ${durationWords(runningMs)}`;
  const still = [paint("quiet", cut(running, space.width))];
  if (cell === undefined) return still;
  if (cell.outcome.length === 0) {
    const { sign, word, meaning } = describeVerdict(cell.verdict);
    return [paint(meaning, `${sign} ${word}`)];
  }
  if (runningMs >= NOTICEABLE_MS) return still;
  return describeSeen(cell, space, paint);
}

function describeSeen(
  { outcome, verdict, attempt }: Cell,
  space: CellSpace,
  paint: Paint,
): string[] {
  const { width, oneLine, isChosen } = space;
  const { sign, word, meaning, detail } = describeOutcome(outcome, attempt);
  const compared = describeVerdict(verdict);
  const short = cut(word, width - 2);
  const result = paint(meaning, `${sign} ${isChosen ? paint("chosen", short) : short}`);
  // Only a sign for what is usual, and a word with it where something needs a look.
  const isUsual = verdict === "as expected" || verdict === "no expectation";
  const against = paint(
    compared.meaning,
    isUsual ? compared.sign : `${compared.sign} ${compared.word}`,
  );
  const gap = width - widthOf(result) - widthOf(against);
  const below = detailLines(detail, width - 2).map((line) => `  ${line}`);
  if (gap < 1) return [result, ...(isUsual ? [] : [against]), ...below];
  if (width < oneLine - 1) return [result + " ".repeat(gap) + against, ...below];
  const room = gap - 3;
  return [`${result}  ${pad(cut(detail, room), room)} ${against}`];
}

/** One line; two where there is less room than the usual details take, since the status stands at their end. */
function detailLines(detail: string, width: number): string[] {
  const lines = wrap(detail, width);
  if (width >= USUAL_DETAIL || lines.length !== 2) return [cut(detail, width)];
  return lines;
}
