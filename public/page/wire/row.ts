// One row of the diagram, laid out: its words in lines that fit, what there is to draw, and where. Pure.
import type { Decision, SeenToken, Step } from "../../../scripts/model/trace.ts";
import {
  type Line,
  type SideNames,
  stepWords,
  timeWords,
  type Tone,
} from "../../../scripts/model/words/step.ts";
import { foldWords, type Slot } from "./fold.ts";
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
  isFolded: boolean;
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
const ARROW_HEIGHT = 15;
/** A long payload is folded; the details show all of it. */
const MOST_LINES = 2;
/** Above the row where two attempts diverge stands a line that says so. */
export const DIVERGENCE_HEIGHT = 20;

// --- What stands in a row ---

/** The words of a row in lines, before they have their place. */
export interface RowContent extends Pick<Row, "steps" | "isFolded" | "kind" | "sentence"> {
  /** The first of its steps. */
  step: Step | undefined;
  tone: Tone;
  title: RowText[];
  lines: RowText[];
}

export function rowContent(
  steps: readonly Step[],
  slot: Slot,
  { grid, names }: { grid: Grid; names: SideNames },
): RowContent {
  const [first] = slot.steps;
  const step = steps[first ?? -1];
  const nothing = { tone: "quiet" as const, title: [], lines: [], sentence: "" };
  const empty = { ...slot, step, ...nothing };
  if (step === undefined) return { ...empty, kind: "empty" };
  if (slot.isFolded) {
    const text = `▸ ${foldWords(steps, slot.steps, grid.isCompact)}`;
    const sentence = `Folded: ${foldWords(steps, slot.steps, false)}. Press Enter to show them.`;
    const lines = [{ text, tone: "quiet", isTitle: false }] satisfies RowText[];
    return { ...empty, kind: "fold", lines, sentence };
  }
  const { title, tone, credential, content, sentence } = stepWords(step, names);
  const isTitle = true;
  const titleLines = breakLines(title, grid.titleColumns, MOST_LINES);
  return {
    ...empty,
    kind: step.kind,
    tone,
    title: titleLines.map((text) => ({ text, tone, isTitle })),
    lines: [
      ...(credential ? brokenLine(credential, grid, credential.isPresent) : []),
      ...content.flatMap((line) => brokenLine(line, grid, line.token && true)),
    ],
    sentence,
  };
}

/** A line in lines that fit; only the first of them has the sign. */
function brokenLine(
  { text, tone, token }: Line,
  { textColumns }: Grid,
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
  { step, kind, isFolded, title, lines }: RowContent,
  { lineHeight }: Grid,
): number {
  if (kind === "empty") return 0;
  const arrow = !isFolded && hasArrow(step) ? ARROW_HEIGHT : 0;
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
  const { step, kind, title, lines, tone, steps, isFolded, sentence } = content;
  const { y, height, isDivergence, grid, connectionX } = place;
  const row = { steps, isFolded, kind, y, height, isDivergence, sentence };
  const nothing = { arrow: undefined, badge: undefined, decision: undefined };
  const middle = y + height / 2;
  if (step === undefined)
    return { ...row, ...nothing, wireY: middle, time: "", timeY: middle, texts: [] };
  const top = y + PADDING + (isDivergence ? DIVERGENCE_HEIGHT : 0);
  const titleBottom = top + title.length * grid.lineHeight;
  const isArrow = !isFolded && hasArrow(step);
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
    ...(isFolded ? nothing : signsOf(step, { tone, grid, connectionX })),
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
function besideLane({ step, kind }: RowContent, grid: Grid): Pick<PlacedText, "x" | "anchor"> {
  const side = kind === "fold" ? "client" : step!.from;
  const x = textX(grid, side) - (kind === "check" ? 8 : 0);
  return { x, anchor: side === "client" ? "start" : "end" };
}

function signsOf(
  step: Step,
  { tone, grid, connectionX }: Pick<Place, "grid" | "connectionX"> & { tone: Tone },
): Pick<Row, "arrow" | "badge" | "decision"> {
  if (step.kind === "check") return { arrow: undefined, badge: undefined, decision: step.decision };
  const isFromClient = step.from === "client";
  const [from, other] = isFromClient ? [grid.client, grid.server] : [grid.server, grid.client];
  const kind = step.kind === "closed" ? "cut" : step.kind === "frame" ? "websocket" : "http";
  const to = kind === "cut" ? connectionX : other;
  return {
    arrow: hasArrow(step) ? { from, to, kind, tone } : undefined,
    badge: { x: connectionX, connection: step.connection },
    decision: undefined,
  };
}
