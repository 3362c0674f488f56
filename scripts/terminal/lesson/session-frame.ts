// Draws what stands above and below the matrix of an open lesson, as far as the screen has room for it.
import { OWN } from "../../model/own-attempt.ts";
import { questionsOf, scoreOf } from "../../model/prediction.ts";
import { describeOwn, describeSilence, describeWhy } from "./cell-words.ts";
import { ASKING_KEYS, KEYS } from "./shortcuts.ts";
import { summarizeBriefly } from "./lesson-summary.ts";
import { type Paint, paintNothing } from "../paint.ts";
import { askedIn, chosenCell, predictedIn, predictionWords, type Session } from "./session.ts";
import {
  cut,
  fill,
  flow,
  padLeft,
  printable,
  READING_WIDTH,
  shorten,
  widthOf,
  wrap,
} from "../text.ts";

export interface ScreenSize {
  width: number;
  height: number;
}

interface Frame {
  top: string[];
  bottom: string[];
}

/** From this width on, the matrix and a panel stand side by side. */
export const SIDE_BY_SIDE_FROM = 150;

/** What a low screen does without, one more at each step: the goal, the address, the rules, the room for sentences. */
type Thrift = 0 | 1 | 2 | 3 | 4;
/** For the names of the columns and a few rows, which take two lines each where it is narrow. */
const LEAST_BETWEEN = 16;

/** What stands above and below, with as much between the two as the screen allows. */
export function renderFrame(session: Session, size: ScreenSize, paint: Paint): Frame {
  // Nothing that a key or an outcome changes: else all lines would jump.
  const quiet = { ...session, notice: "", failure: "", cells: new Map() };
  const thrift = ([0, 1, 2, 3] as const).find((each) => {
    const { top, bottom } = drawFrame(quiet, size, each, paintNothing);
    return size.height - top.length - bottom.length >= LEAST_BETWEEN;
  });
  return drawFrame(session, size, thrift ?? 4, paint);
}

function drawFrame(session: Session, size: ScreenSize, thrift: Thrift, paint: Paint): Frame {
  const { width } = size;
  const isAsking = askedIn(session) !== undefined;
  const keys = isAsking ? ASKING_KEYS : keysBelow(session, thrift < 2);
  const isTight = thrift === 4;
  const rule = thrift < 3 ? [paint("quiet", "─".repeat(width))] : [];
  const goal = wrap(paint("quiet", session.lesson.goal), Math.min(width, READING_WIDTH));
  return {
    top: [
      renderTitle(session, width, paint),
      ...(thrift < 1 ? goal : []),
      // While a question is open, their keys do nothing.
      ...(isAsking ? [] : renderSwitches(session, width, paint)),
      ...(thrift < 2 && !isAsking ? [renderPage(session, width, paint)] : []),
      ...rule,
    ],
    bottom: [
      ...rule,
      ...(isTight
        ? fill(renderNotice(session, size, 1, paint), 1)
        : fill(renderNotice(session, size, MOST_NOTICE_LINES, paint), LEAST_NOTICE_LINES)),
      ...renderKeys(keys, width, isTight, paint),
    ],
  };
}

// --- Above ---

function renderTitle(session: Session, width: number, paint: Paint): string {
  const { lesson, numbers } = session;
  const state = describeState(session);
  const words = `Lesson ${lesson.number} of ${numbers.length} · ${lesson.title}`;
  const title = cut(words, width - Math.min(22, widthOf(state) + 2));
  const right = padLeft(cut(state, width - widthOf(title) - 2), width - widthOf(title));
  return paint("strong", title) + paint(session.failure === "" ? "quiet" : "bad", right);
}

function describeState(session: Session): string {
  const { isRunning, failure, cells, asking = 0, lesson } = session;
  if (askedIn(session) !== undefined)
    return `Question ${asking + 1} of ${questionsOf(lesson.attempts).length}`;
  const shown = [...cells.values()];
  const done = shown.filter(({ runningSinceMs }) => runningSinceMs === undefined);
  if (isRunning) return `… ${done.length} of ${shown.length}`;
  if (failure !== "") return "! stopped";
  const score = scoreOf(predictedIn(session));
  const predicted = score === undefined ? "" : `predicted ${score.right} of ${score.of} · `;
  return predicted + summarizeBriefly(done.flatMap(({ cell }) => cell ?? []));
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

/** An address that is cut leads nowhere: where it does not fit, only the shortcut is named. */
function renderPage({ page }: Session, width: number, paint: Paint): string {
  const address = widthOf(`o ${page}`) <= width ? page : "opens the page";
  return `${paint("accent", "o")} ${paint("quiet", cut(address, width - 2))}`;
}

// --- Below ---

/** What stands above these lines stays where it is, whether or not there is something to say. */
const LEAST_NOTICE_LINES = 2;
const MOST_NOTICE_LINES = 3;

/** About the last key; else about a failure; else why the chosen cell is as it is. */
function renderNotice(
  session: Session,
  { width, height }: ScreenSize,
  most: number,
  paint: Paint,
): string[] {
  const { notice, failure } = session;
  const short = (text: string, room: number): string[] => shorten(wrap(text, room), most, room);
  if (notice !== "") return short(notice, width).map((line) => paint("surprise", line));
  if (failure !== "") return describeFailure(failure, width, Math.floor(height / 3));
  // Where the cell itself is out of sight, there is no line about it.
  const isInSight = width >= SIDE_BY_SIDE_FROM || ["matrix", "trace"].includes(session.panel);
  const cell = isInSight ? chosenCell(session) : undefined;
  const silence = cell && describeSilence(cell, session.lesson, session.switches);
  const own = cell?.attempt.id === OWN ? [describeOwn(session.switches)] : [];
  const why =
    cell === undefined
      ? []
      : [
          predictionWords(session, cell.attempt),
          ...describeWhy(cell),
          ...(silence ? [silence] : []),
          ...own,
        ];
  return short(why.filter(Boolean).join(" "), Math.min(width, 110));
}

const MOST_FAILURE_LINES = 7;

/** Its beginning: there Node says what went wrong, and further down where. */
function describeFailure(failure: string, width: number, most: number): string[] {
  const lines = failure.split("\n").filter((line) => line.trim() !== "");
  const wrapped = lines.flatMap((line) => wrap(printable(line), width));
  return wrapped.slice(0, Math.min(most, MOST_FAILURE_LINES));
}

/** Their values stand above, or are said where the own attempt is chosen. */
const SWITCH_KEYS = new Set("fatkTyhs");

function keysBelow({ hasExercise }: Session, isPageAbove: boolean): typeof KEYS {
  const left = new Set([...SWITCH_KEYS, isPageAbove ? "o" : "", hasExercise ? "" : "e"]);
  return KEYS.filter(({ key }) => !left.has(key));
}

function renderKeys(
  keys: typeof ASKING_KEYS,
  width: number,
  isTight: boolean,
  paint: Paint,
): string[] {
  const words = keys.map(({ key, does }) => `${paint("accent", key)} ${does}`);
  if (!isTight) return flow(words, "  ", width);
  // One line, with the last two: they lead to all others, and out.
  const end = words.slice(-2).join("  ");
  const [start = ""] = flow(words.slice(0, -2), "  ", Math.max(1, width - widthOf(end) - 2));
  return [`${start}  ${end}`];
}
