// Draws an open lesson on a screen of a given size.
import { bestWidths, type DrawnMatrix, drawMatrix } from "./matrix.ts";
import { renderBeginning } from "../markdown.ts";
import type { Paint } from "../paint.ts";
import { renderFrame, type ScreenSize, SIDE_BY_SIDE_FROM } from "./session-frame.ts";
import type { Attempt } from "../../model/attempt.ts";
import { judged } from "../../model/prediction.ts";
import { hasFolds } from "./sequence.ts";
import { renderPanel, renderQuestion } from "./session-panels.ts";
import { askedIn, attemptsOf, chosenCell, placeKey, predictedIn, type Session } from "./session.ts";
import { cut, fill, pad } from "../text.ts";

interface DrawnSession {
  /** As many as the screen is high, none wider than it. */
  lines: string[];
  /** How far the panel is scrolled in fact: it stops at its end. */
  scroll: number;
}

/** Beside a matrix that needs more than half: enough for a trace. */
const LEAST_PANEL_WIDTH = 72;

/** A matrix of fewer lines has one for each row. */
const LOW = 14;

/** The whole screen. */
export function renderSession(
  session: Session,
  size: ScreenSize,
  nowMs: number,
  paint: Paint,
): DrawnSession {
  const { width, height } = size;
  const { top, bottom } = renderFrame(session, size, paint);
  const room = { width, height: Math.max(1, height - top.length - bottom.length) };
  const { lines, scroll } = renderBody(session, room, nowMs, paint);
  const filled = fill(lines, room.height);
  // On a screen of a few lines the last ones say how to get out.
  return { lines: [...top, ...filled, ...bottom].slice(-height), scroll };
}

function renderBody(session: Session, room: ScreenSize, nowMs: number, paint: Paint): DrawnSession {
  const { width, height } = room;
  if (askedIn(session) !== undefined) {
    if (session.panel !== "words")
      return { lines: renderQuestion(session, room, paint), scroll: 0 };
    // What the questions are about; what comes after it has the answers.
    return scrolled(renderBeginning(session.words, width, paint), session, room, paint);
  }
  if (width < SIDE_BY_SIDE_FROM) {
    if (session.panel !== "matrix")
      return scrolled(renderPanel(session, width, paint), session, room, paint);
    return { lines: renderMatrix(session, room, nowMs, paint), scroll: 0 };
  }
  const half = Math.floor((width - 3) / 2);
  const best = bestWidths(attemptsOf(session), session.columns.length).find(
    (each) => width - 3 - each >= LEAST_PANEL_WIDTH,
  );
  const left = Math.max(half, best ?? 0);
  const matrix = renderMatrix(session, { width: left, height }, nowMs, paint);
  const right = { width: width - left - 3, height };
  const panel = scrolled(renderPanel(session, right.width, paint), session, right, paint);
  const lines = Array.from({ length: height }, (_, index) =>
    `${pad(matrix[index] ?? "", left)} ${paint("quiet", "│")} ${panel.lines[index] ?? ""}`.trimEnd(),
  );
  return { lines, scroll: panel.scroll };
}

function renderMatrix(
  session: Session,
  { width, height }: ScreenSize,
  nowMs: number,
  paint: Paint,
): string[] {
  const { columns, chosen } = session;
  const cellAt = (place: typeof chosen) => session.cells.get(placeKey(place));
  const attempts = attemptsOf(session);
  const isLow = height < LOW;
  const predicted = predictedIn(session);
  const isMissed = (attempt: Attempt) => judged(predicted, attempt)?.isRight === false;
  const matrix = { attempts, columns, cellAt, isMissed, chosen, nowMs, isLow };
  const drawn = drawMatrix(matrix, width, paint);
  const index = attempts.findIndex(({ id }) => id === chosen.attempt);
  const { starts, lines } = drawn;
  const rows = { from: starts[index] ?? 0, to: starts[index + 1] ?? lines.length };
  return keepVisible(drawn, rows, height, paint);
}

function countLines(count: number): string {
  return `${count} ${count === 1 ? "line" : "lines"}`;
}

interface Chosen {
  /** Its first line, and the one behind its last. */
  from: number;
  to: number;
}

/** Below the names of the columns, as many rows as there is room for; the chosen one is among them, and the first one's heading. */
function keepVisible(
  { lines: [head = "", ...rows], starts, headings }: DrawnMatrix,
  { from, to }: Chosen,
  height: number,
  paint: Paint,
): string[] {
  const room = height - 2;
  if (rows.length <= height - 1) return [head, ...rows];
  // From the beginning, if the chosen row is seen then; else that one stands in the middle, but for the end.
  const middle = Math.round((from + to) / 2) - 1;
  const earliest =
    to - 1 <= room ? 0 : Math.max(0, Math.min(rows.length - room, middle - Math.floor(room / 2)));
  const start = starts.map((line) => line - 1).find((line) => line >= earliest) ?? earliest;
  const heading = headings[start + 1] === rows[start] ? "" : headings[start + 1];
  const hasRoom = Boolean(heading) && to - 1 - start < room;
  const shown = rows.slice(start, start + room - (hasRoom ? 1 : 0));
  const below = rows.length - start - shown.length;
  const hidden = [
    start > 0 ? `↑ ${countLines(start)}` : "",
    below > 0 ? `↓ ${countLines(below)}` : "",
  ];
  return [
    head,
    ...(hasRoom ? [heading!] : []),
    ...shown,
    paint("quiet", hidden.filter(Boolean).join("   ")),
  ];
}

/** As much of a panel as there is room for; the last line says what is hidden, and how one leaves what one reads. */
function scrolled(
  lines: string[],
  session: Session,
  { width, height }: ScreenSize,
  paint: Paint,
): DrawnSession {
  const { scroll: wanted, panel } = session;
  const isReading = panel !== "matrix";
  const room = isReading || lines.length > height ? height - 1 : height;
  const scroll = Math.max(0, Math.min(wanted, lines.length - room));
  const above = scroll > 0 ? [`↑ ${countLines(scroll)}`] : [];
  const rest = lines.length - scroll - room;
  const below = rest > 0 ? [`↓ ${countLines(rest)}`] : [];
  const more = lines.length > room ? ["Space: more"] : [];
  const trace = chosenCell(session)?.trace;
  const folds = session.isEveryStep ? "⏎: fold" : "⏎: every step";
  const unfold = panel === "trace" && trace !== undefined && hasFolds(trace) ? [folds] : [];
  const keys = isReading ? [...more, ...unfold, "Esc: back"] : [];
  const shown = fill(lines.slice(scroll, scroll + room), room);
  const last = [...above, ...below, ...keys].join("   ");
  return { lines: room < height ? [...shown, paint("quiet", cut(last, width))] : shown, scroll };
}
