// Lays one row of the diagram out: its texts, its arrow, its marks. Pure.
import type { Step } from "../../../scripts/model/trace.ts";
import { verdictOf } from "../../../scripts/model/check-verdict.ts";
import { type Grid, textX } from "./grid.ts";
import { columnsOf } from "./plain-text.ts";
import { foldWords, type Slot } from "./routine.ts";
import type { Arrow, PlacedText, Row } from "./row.ts";
import { ARROW_HEIGHT, brokenWords, hasLine, PADDING, PARTING_HEIGHT } from "./row-words.ts";
import { stepSentence, type SideNames, timeWords } from "./step-sentence.ts";
import type { Line, Tone } from "./step-words.ts";
import type { Track } from "./tracks.ts";

interface Placing {
  steps: readonly Step[];
  slot: Slot;
  grid: Grid;
  tracks: readonly Track[];
  names: SideNames;
  at: Pick<Row, "y" | "height" | "isParting">;
}

export function placeRow(placing: Placing): Row {
  const { slot, at } = placing;
  const [first] = slot.steps;
  if (first === undefined) return { ...emptyRow(at), kind: "empty" };
  return slot.isFolded ? placeFold(placing, first) : placeStep(placing, first);
}

function emptyRow(at: Placing["at"]): Omit<Row, "kind"> {
  const wireY = at.y + at.height / 2;
  return {
    ...at,
    steps: [],
    isFolded: false,
    wireY,
    time: "",
    timeY: wireY,
    texts: [],
    arrow: undefined,
    badge: undefined,
    decision: undefined,
    sentence: "",
  };
}

function placeFold({ steps, slot, grid, at }: Placing, first: number): Row {
  const words = foldWords(steps, slot.steps, grid.isCompact);
  const y = at.y + (at.height + grid.fontSize) / 2 - 2;
  const text = { ...plainText(`▸ ${words}`, "quiet"), x: textX(grid, "client"), y };
  return {
    ...emptyRow(at),
    kind: "fold",
    steps: slot.steps,
    isFolded: true,
    time: timeWords(steps[first]!.atMs),
    timeY: y,
    texts: [text],
    sentence: `Folded: ${foldWords(steps, slot.steps, false)}. Press Enter to show them.`,
  };
}

function plainText(text: string, tone: Tone): Omit<PlacedText, "x" | "y"> {
  const columns = columnsOf(text);
  return {
    anchor: "start",
    text,
    tone,
    isTitle: false,
    mark: undefined,
    token: undefined,
    columns,
  };
}

function placeStep({ steps, grid, tracks, names, at }: Placing, index: number): Row {
  const step = steps[index]!;
  const { title, tone, lines } = brokenWords(steps, index, grid);
  const top = at.y + PADDING + (at.isParting ? PARTING_HEIGHT : 0);
  const titleBottom = top + title.length * grid.lineHeight;
  const isArrow = hasLine(step);
  const place = (line: Line, y: number, isTitle: boolean): PlacedText => ({
    ...plainText(line.text, line.tone),
    ...placeBeside(step, grid),
    y,
    isTitle,
    mark: line.mark,
    token: line.token,
    columns: columnsOf(line.text) + (line.mark ? 2 : 0),
  });
  const baseline = (from: number, line: number): number => from + (line + 1) * grid.lineHeight - 4;
  const below = titleBottom + (isArrow ? ARROW_HEIGHT : 0);
  const column = tracks.find(({ connection }) => connection === step.connection)?.column ?? 0;
  const x = grid.trackX(column);
  return {
    ...at,
    steps: [index],
    isFolded: false,
    kind: step.kind,
    wireY: isArrow ? titleBottom + ARROW_HEIGHT / 2 : top + grid.lineHeight / 2,
    // When a check was made, nothing on the wire shows.
    time: step.kind === "check" ? "" : timeWords(step.atMs),
    timeY: baseline(top, 0),
    texts: [
      ...title.map((text, line) => place({ text, tone }, baseline(top, line), true)),
      ...lines.map((line, count) => place(line, baseline(below, count), false)),
    ],
    arrow: arrowOf(step, tone, x, grid),
    badge: step.kind === "check" ? undefined : { x, connection: step.connection },
    decision: step.kind === "check" ? verdictOf(steps, index).decision : undefined,
    sentence: stepSentence(steps, index, names),
  };
}

/** A check has its mark on the server's lane, so its text keeps away from it. */
function placeBeside(step: Step, grid: Grid): Pick<PlacedText, "x" | "anchor"> {
  const x = textX(grid, step.from) - (step.kind === "check" ? 8 : 0);
  return { x, anchor: step.from === "client" ? "start" : "end" };
}

function arrowOf(step: Step, tone: Tone, trackX: number, grid: Grid): Arrow | undefined {
  const [from, other] =
    step.from === "client" ? [grid.client, grid.server] : [grid.server, grid.client];
  switch (step.kind) {
    case "check":
      return undefined;
    case "closed":
      return step.isCut ? { from, to: trackX, kind: "cut", tone } : undefined;
    case "frame":
      return { from, to: other, kind: "websocket", tone };
    case "request":
    case "response":
      return { from, to: other, kind: "http", tone };
  }
}
