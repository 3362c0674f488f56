// One row of the diagram, laid out: its words in lines that fit, what there is to draw, and where. Pure.
import type { Decision, SeenToken, Step } from "../../../scripts/model/trace.ts";
import { timeWords } from "../../../scripts/model/words/values.ts";
import {
  type Line,
  type SideNames,
  stepWords,
  type Tone,
} from "../../../scripts/model/words/step.ts";
import type { Fold, Slot } from "../../../scripts/model/words/fold.ts";
import { routineWords } from "../../../scripts/model/words/routine.ts";
import { breakLines, columnsOf, type Grid, textX } from "./grid.ts";

export interface PlacedText extends RowText {
  x: number;
  /** Of the baseline. */
  y: number;
  /** `end`: the text ends at x. */
  anchor: "start" | "end";
  /** Its width in columns of the font, the sign included. */
  columns: number;
}

interface RowText {
  text: string;
  tone: Tone;
  isTitle: boolean;
  /** A sign before the text, which then leaves two columns for it. */
  credential?: "present" | "absent";
  token?: SeenToken;
}

export interface Arrow {
  from: number;
  to: number;
  kind: "http" | "websocket" | "cut";
  tone: Tone;
}

export interface Row {
  /** The steps that it stands for, by their indexes; none where only the attempt beside it has one. */
  steps: number[];
  /** Where it is the head of a run that can be folded. */
  fold: Fold | undefined;
  /** Which of the client's lanes it belongs to. */
  lane: number;
  kind: Step["kind"] | "fold" | "empty";
  y: number;
  height: number;
  /** The height of its arrow, or of its sign on the wire. */
  wireY: number;
  time: string;
  timeY: number;
  texts: PlacedText[];
  arrow: Arrow | undefined;
  /** The connection's number on the wire. */
  badge: { x: number; connection: number } | undefined;
  /** What a check decided, as a sign on the server's lane. */
  decision: Decision | undefined;
  /** Here two attempts diverge. */
  isDivergence: boolean;
  /** The row as one sentence; empty where it stands for nothing. */
  sentence: string;
}

const PADDING = 5;
/** A connection's number stands on it, clear of the texts above and below. */
const ARROW_HEIGHT = 17;
/** A long payload is folded; the details show all of it. */
const MOST_LINES = 4;
/** Above the row where two attempts diverge stands a line that says so. */
export const DIVERGENCE_HEIGHT = 20;

// --- What stands in a row ---

/** The words of a row in lines, before they have their place. */
export interface RowContent extends Pick<Row, "steps" | "fold" | "lane" | "kind" | "sentence"> {
  /** The first of its steps, or of those that it is the head of. */
  step: Step | undefined;
  tone: Tone;
  title: RowText[];
  lines: RowText[];
}

export function rowContent(
  steps: readonly Step[],
  { steps: own, fold }: Slot,
  { grid, names, lanes }: { grid: Grid; names: SideNames; lanes: readonly number[] },
): RowContent {
  const first = fold?.steps[0] ?? own[0] ?? -1;
  const step = steps[first];
  const lane = Math.max(0, lanes[first] ?? 0);
  const nothing = { tone: "quiet" as const, title: [], lines: [], sentence: "" };
  const empty = { steps: own, fold, lane, step, ...nothing };
  if (step === undefined) return { ...empty, kind: "empty" };
  if (fold !== undefined) {
    const words = routineWords(steps, fold.steps);
    // The count at the end must not be cut.
    const texts = breakLines(
      `${fold.isOpen ? "▾" : "▸"} ${words}`,
      grid.titleColumns(lane),
      MOST_LINES,
    );
    const sentence = fold.isOpen
      ? `Unfolded: ${words}. Press Enter to fold them.`
      : `Folded: ${words}. Press Enter to show them.`;
    const lines = texts.map((text) => ({ text, tone: "quiet" as const, isTitle: false }));
    return { ...empty, kind: "fold", lines, sentence };
  }
  const { title, tone, credential, content, sentence } = stepWords(step, names);
  const isTitle = true;
  const titleLines = breakLines(title, grid.titleColumns(lane), MOST_LINES);
  const columns = grid.textColumns(lane);
  return {
    ...empty,
    kind: step.kind,
    tone,
    title: titleLines.map((text) => ({ text, tone, isTitle })),
    lines: [
      ...(credential ? brokenLine(credential, columns, credential.isPresent) : []),
      ...content.flatMap((line) => brokenLine(line, columns, line.token && true)),
    ],
    sentence,
  };
}

/** A line in lines that fit; only the first of them has the sign. */
function brokenLine(
  { text, tone, token }: Line,
  textColumns: number,
  isPresent: boolean | undefined,
): RowText[] {
  const credential = isPresent ? "present" : "absent";
  const columns = textColumns - (isPresent === undefined ? 0 : 2);
  return breakLines(text, columns, MOST_LINES).map((part, at) => ({
    text: part,
    tone,
    isTitle: false,
    ...(token && { token }),
    ...(isPresent !== undefined && at === 0 && { credential }),
  }));
}

/** How high the row must be for it. */
export function contentHeight(
  { step, kind, fold, title, lines }: RowContent,
  { lineHeight }: Grid,
): number {
  if (kind === "empty") return 0;
  const arrow = fold === undefined && hasArrow(step) ? ARROW_HEIGHT : 0;
  return (title.length + lines.length) * lineHeight + arrow + 2 * PADDING;
}

/** Whether a line leads from one side towards the other, below the title. */
function hasArrow(step: Step | undefined): boolean {
  return step?.kind === "closed" ? step.isCut : step?.kind !== "check";
}

// --- Where it stands ---

interface Place extends Pick<Row, "y" | "height" | "isDivergence"> {
  grid: Grid;
  /** Of the step's connection. */
  connectionX: number;
}

export function placeRow(content: RowContent, place: Place): Row {
  const { step, kind, title, lines, tone, steps, fold, lane, sentence } = content;
  const { y, height, isDivergence, grid, connectionX } = place;
  const row = { steps, fold, lane, kind, y, height, isDivergence, sentence };
  const nothing = { arrow: undefined, badge: undefined, decision: undefined };
  const middle = y + height / 2;
  if (step === undefined)
    return { ...row, ...nothing, wireY: middle, time: "", timeY: middle, texts: [] };
  const top = y + PADDING + (isDivergence ? DIVERGENCE_HEIGHT : 0);
  const titleBottom = top + title.length * grid.lineHeight;
  const isArrow = fold === undefined && hasArrow(step);
  const below = titleBottom + (isArrow ? ARROW_HEIGHT : 0);
  const baseline = (from: number, line: number): number => from + (line + 1) * grid.lineHeight - 4;
  const placeText = (text: RowText, at: number): PlacedText => ({
    ...text,
    ...besideLane(content, grid),
    y: at,
    columns: columnsOf(text.text) + (text.credential ? 2 : 0),
  });
  return {
    ...row,
    ...(fold ? nothing : signsOf(step, { tone, grid, connectionX, lane })),
    wireY: isArrow ? titleBottom + ARROW_HEIGHT / 2 : top + grid.lineHeight / 2,
    // When a check was made, nothing on the wire shows.
    time: kind === "check" ? "" : timeWords(step.atMs),
    timeY: baseline(top, 0),
    texts: [
      ...title.map((text, line) => placeText(text, baseline(top, line))),
      ...lines.map((text, line) => placeText(text, baseline(below, line))),
    ],
  };
}

/** A check has its sign on the server's lane, so its text keeps away from it. */
function besideLane(
  { step, kind, lane }: RowContent,
  grid: Grid,
): Pick<PlacedText, "x" | "anchor"> {
  const side = kind === "fold" ? "client" : step!.from;
  const x = textX(grid, side, lane) - (kind === "check" ? 8 : 0);
  return { x, anchor: side === "client" ? "start" : "end" };
}

function signsOf(
  step: Step,
  {
    tone,
    grid,
    connectionX,
    lane,
  }: Pick<Place, "grid" | "connectionX"> & { tone: Tone; lane: number },
): Pick<Row, "arrow" | "badge" | "decision"> {
  if (step.kind === "check") return { arrow: undefined, badge: undefined, decision: step.decision };
  const isFromClient = step.from === "client";
  const client = grid.clients[lane]!;
  const [from, other] = isFromClient ? [client, grid.server] : [grid.server, client];
  const kind = step.kind === "closed" ? "cut" : step.kind === "frame" ? "websocket" : "http";
  const to = kind === "cut" ? connectionX : other;
  return {
    arrow: hasArrow(step) ? { from, to, kind, tone } : undefined,
    badge: { x: connectionX, connection: step.connection },
    decision: undefined,
  };
}
