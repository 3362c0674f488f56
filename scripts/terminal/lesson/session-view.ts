// Draws an open lesson on a screen of a given size.
import { attemptsOf, type Session, chosenCell, placeKey } from "./session.ts";
import { OWN } from "../../model/own-attempt.ts";
import { describeOwn, describeSilence, describeWhy } from "./cell-words.ts";
import { KEYS } from "./keys.ts";
import { type DrawnMatrix, drawMatrix } from "./matrix.ts";
import { summarizeBriefly } from "./lesson-page.ts";
import type { Paint } from "../paint.ts";
import { renderPanel } from "./session-panels.ts";
import { cut, flow, pad, padLeft, printable, READING_WIDTH, widthOf, wrap } from "../text.ts";

export interface ScreenSize {
  width: number;
  height: number;
}

export interface Frame {
  /** As many as the screen is high, none wider than it. */
  lines: string[];
  /** How far the panel is scrolled in fact: it stops at its end. */
  scroll: number;
}

/** From this width on, the matrix and a panel stand side by side. */
const SIDE_BY_SIDE_FROM = 150;

/** The whole screen. */
export function renderSession(
  session: Session,
  size: ScreenSize,
  nowMs: number,
  paint: Paint,
): Frame {
  const { width, height } = size;
  const top = renderTop(session, width, paint);
  const bottom = renderBottom(session, width, paint);
  const room = { width, height: Math.max(1, height - top.length - bottom.length) };
  const { lines, scroll } = renderBody(session, room, nowMs, paint);
  const filled = fill(lines, room.height);
  return { lines: [...top, ...filled, ...bottom].slice(0, height), scroll };
}

function fill(lines: string[], height: number): string[] {
  return lines.concat(Array.from({ length: Math.max(0, height - lines.length) }, () => ""));
}

// --- Above and below ---

function renderTop(session: Session, width: number, paint: Paint): string[] {
  const { lesson, numbers } = session;
  const title = cut(`Lesson ${lesson.number} of ${numbers.length} · ${lesson.title}`, width - 22);
  const state = describeState(session);
  const right = padLeft(cut(state, width - widthOf(title) - 2), width - widthOf(title));
  return [
    paint("strong", title) + paint(session.failure === "" ? "quiet" : "bad", right),
    ...wrap(paint("quiet", lesson.goal), Math.min(width, READING_WIDTH)),
    ...renderSwitches(session, width, paint),
    renderPage(session, width, paint),
    paint("quiet", "─".repeat(width)),
  ];
}

function describeState({ isRunning, failure, cells }: Session): string {
  const shown = [...cells.values()];
  const done = shown.filter(({ runningSinceMs }) => runningSinceMs === undefined);
  if (isRunning) return `… ${done.length} of ${shown.length}`;
  if (failure !== "") return "! broke off";
  return summarizeBriefly(done.flatMap(({ cell }) => cell ?? []));
}

/** What else the own attempt is made of is said where it is chosen, and where one of its switches is flipped. */
function renderSwitches({ switches }: Session, width: number, paint: Paint): string[] {
  const { variant, auth, serverTransports, token } = switches;
  const values = {
    f: variant,
    a: auth,
    t: serverTransports.join("+"),
    k: `own token ${typeof token === "string" ? token : "typed"}`,
  };
  const parts = Object.entries(values).map(([key, value]) => `${paint("accent", key)} ${value}`);
  return flow(parts, "   ", width);
}

/** An address that is cut leads nowhere: where it does not fit, the key alone is named. */
function renderPage({ page }: Session, width: number, paint: Paint): string {
  const address = widthOf(`o ${page}`) <= width ? page : "opens the page";
  return `${paint("accent", "o")} ${paint("quiet", cut(address, width - 2))}`;
}

/** The letters of the switches stand beside their values above. */
const BOTTOM_KEYS = KEYS.filter(({ key }) => !"fatkTyhso".includes(key));
/** What stands above these lines stays where it is, whether or not there is something to say. */
const LEAST_NOTICE_LINES = 2;
const MOST_NOTICE_LINES = 3;

function renderBottom(session: Session, width: number, paint: Paint): string[] {
  const keys = BOTTOM_KEYS.map(({ key, does }) => `${paint("accent", key)} ${does}`);
  return [
    paint("quiet", "─".repeat(width)),
    ...fill(renderNotice(session, width, paint), LEAST_NOTICE_LINES),
    ...flow(keys, "  ", width),
  ];
}

/** About the last key; else about a failure; else why the chosen cell is as it is. */
function renderNotice(session: Session, width: number, paint: Paint): string[] {
  const { notice, failure } = session;
  if (notice !== "") return wrap(paint("surprise", notice), width).slice(0, MOST_NOTICE_LINES);
  if (failure !== "") return describeFailure(failure, width);
  // Where the cell itself is out of sight, nothing is said about it.
  const isInSight = width >= SIDE_BY_SIDE_FROM || ["matrix", "trace"].includes(session.panel);
  const cell = isInSight ? chosenCell(session) : undefined;
  const silence = cell && describeSilence(cell, session.lesson, session.switches);
  const own = cell?.attempt.id === OWN ? [describeOwn(session.switches)] : [];
  const why =
    cell === undefined ? [] : [...describeWhy(cell), ...(silence ? [silence] : []), ...own];
  return wrap(why.join(" "), Math.min(width, 110)).slice(0, MOST_NOTICE_LINES);
}

const MOST_FAILURE_LINES = 7;

/** Its beginning: there Node says what went wrong, and further down where. */
function describeFailure(failure: string, width: number): string[] {
  const lines = failure.split("\n").filter((line) => line.trim() !== "");
  return lines.flatMap((line) => wrap(printable(line), width)).slice(0, MOST_FAILURE_LINES);
}

// --- Between ---

function renderBody(session: Session, room: ScreenSize, nowMs: number, paint: Paint): Frame {
  const { width, height } = room;
  if (width < SIDE_BY_SIDE_FROM) {
    if (session.panel !== "matrix")
      return scrolled(renderPanel(session, width, paint), session, room, paint);
    return { lines: renderMatrix(session, room, nowMs, paint), scroll: 0 };
  }
  const left = Math.floor((width - 3) / 2);
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
  const drawn = drawMatrix({ attempts, columns, cellAt, chosen, nowMs }, width, paint);
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
  // The chosen row stands in the middle, but for the beginning and the end; the first one is seen from its first line on.
  const middle = Math.round((from + to) / 2) - 1;
  const earliest = Math.max(0, Math.min(rows.length - room, middle - Math.floor(room / 2)));
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
  { scroll: wanted, panel }: Session,
  { width, height }: ScreenSize,
  paint: Paint,
): Frame {
  const isReading = panel !== "matrix";
  const room = isReading || lines.length > height ? height - 1 : height;
  const scroll = Math.max(0, Math.min(wanted, lines.length - room));
  const above = scroll > 0 ? [`↑ ${countLines(scroll)}`] : [];
  const rest = lines.length - scroll - room;
  const below = rest > 0 ? [`↓ ${countLines(rest)}`] : [];
  const keys = isReading ? [...(lines.length > room ? ["Space: on"] : []), "Esc: back"] : [];
  const shown = fill(lines.slice(scroll, scroll + room), room);
  const last = [...above, ...below, ...keys].join("   ");
  return { lines: room < height ? [...shown, paint("quiet", cut(last, width))] : shown, scroll };
}
