// Lays a trace out as rows with positions. Pure: the same trace and width give the same layout.
import type { Step, Trace } from "../../../scripts/model/trace.ts";
import type { SideNames } from "../../../scripts/model/words/step.ts";
import { alignTraces, isDivergence } from "./align.ts";
import { foldRows, foldSteps, type Slot } from "./fold.ts";
import { type Grid, measure } from "./grid.ts";
import {
  contentHeight,
  DIVERGENCE_HEIGHT,
  placeRow,
  type Row,
  type RowContent,
  rowContent,
} from "./row.ts";

export interface Layout {
  grid: Grid;
  height: number;
  names: SideNames;
  rows: Row[];
  connections: ConnectionLine[];
}

/** A TCP connection's line in the lane of the wire. */
export interface ConnectionLine extends Pick<Connection, "connection" | "end"> {
  x: number;
  top: number;
  bottom: number;
  /** From here on it carries a websocket. */
  upgradedY: number | undefined;
}

/** Where the first row begins, below the names of the lanes. */
export const HEAD_HEIGHT = 34;
export const FOOT_HEIGHT = 12;

/** An attempt, and what its sides are called. */
export interface Side {
  trace: Trace;
  names: SideNames;
}

interface LayoutOptions {
  /** Whether heartbeats and connections that close cleanly have rows of their own. */
  showsAll?: boolean;
  /** The step where it diverges from another attempt. */
  divergesAt?: number | undefined;
}

/** The layout of one trace. @param width in pixels, 320 or more */
export function layOut(
  side: Side,
  width: number,
  { showsAll = false, divergesAt = -1 }: LayoutOptions = {},
): Layout {
  const slots = foldSteps(side.trace.steps, showsAll);
  const draft = draftOf(side, slots, width);
  const divergence = slots.findIndex(({ steps }) => steps.includes(divergesAt));
  return place(draft, heightsOf([draft], divergence), divergence);
}

/** The layouts of two traces whose rows are aligned and equally high. @param width of each, in pixels */
export function layOutPair(
  { left, right }: { left: Side; right: Side },
  width: number,
  showsAll = false,
): { left: Layout; right: Layout } {
  const steps = { left: left.trace.steps, right: right.trace.steps };
  const rows = foldRows(alignTraces(left.trace, right.trace).rows, steps, showsAll);
  const divergence = rows.findIndex(isDivergence);
  const slots = (side: "left" | "right"): Slot[] => rows.map((row) => row[side]);
  const drafts = [draftOf(left, slots("left"), width), draftOf(right, slots("right"), width)];
  const heights = heightsOf(drafts, divergence);
  const [leftLayout, rightLayout] = drafts.map((draft) => place(draft, heights, divergence));
  return { left: leftLayout!, right: rightLayout! };
}

/** Everything but the heights, which are common to two that stand beside each other. */
interface Draft {
  grid: Grid;
  names: SideNames;
  contents: RowContent[];
  connections: Connection[];
}

function draftOf({ trace: { steps }, names }: Side, slots: readonly Slot[], width: number): Draft {
  const connections = findConnections(steps);
  const columns = Math.max(1, ...connections.map(({ column }) => column + 1));
  const grid = measure(width, columns);
  const contents = slots.map((slot) => rowContent(steps, slot, { grid, names }));
  return { grid, names, contents, connections };
}

function heightsOf(drafts: readonly Draft[], divergence: number): number[] {
  return drafts[0]!.contents.map((_, row) => {
    const each = drafts.map(({ contents, grid }) => contentHeight(contents[row]!, grid));
    return Math.max(...each) + (row === divergence ? DIVERGENCE_HEIGHT : 0);
  });
}

/** @param divergence the row where two attempts diverge; -1 for none */
function place(draft: Draft, heights: readonly number[], divergence: number): Layout {
  const { grid, names, contents, connections } = draft;
  let y = HEAD_HEIGHT;
  const rows = contents.map((content, index) => {
    const height = heights[index]!;
    const of = connections.find(({ connection }) => connection === content.step?.connection);
    const connectionX = grid.columnX(of?.column ?? 0);
    const at = { y, height, isDivergence: index === divergence, grid, connectionX };
    y += height;
    return placeRow(content, at);
  });
  const height = y + FOOT_HEIGHT;
  const lines = connections.map((each) => placeConnection(each, rows, { height, grid }));
  return { grid, height, names, rows, connections: lines };
}

function placeConnection(
  { connection, end, column, first, last, upgraded }: Connection,
  rows: readonly Row[],
  { height, grid }: Pick<Layout, "height" | "grid">,
): ConnectionLine {
  const yOf = (step: number): number => rows.find(({ steps }) => steps.includes(step))!.wireY;
  return {
    connection,
    end,
    x: grid.columnX(column),
    top: yOf(first),
    bottom: end === "open" ? height : yOf(last),
    upgradedY: upgraded === undefined ? undefined : yOf(upgraded),
  };
}

// --- The TCP connections ---

/** A connection's place in the lane of the wire, by the indexes of its steps. */
interface Connection {
  connection: number;
  /** Counted from 0, from the client's side; a column is used again when its connection has ended. */
  column: number;
  first: number;
  last: number;
  /** The step of the 101 response, from which on it carries a websocket. */
  upgraded: number | undefined;
  /** `open`: nothing is known of its end. */
  end: "closed" | "cut" | "open";
}

/** The connections of a trace, in the order in which they came. */
function findConnections(steps: readonly Step[]): Connection[] {
  const found: Connection[] = [];
  steps.forEach((step, index) => {
    const known =
      found.find(({ connection }) => connection === step.connection) ??
      openConnection(found, step.connection, index);
    known.last = index;
    if (step.kind === "response" && step.status === 101) known.upgraded = index;
    if (step.kind === "closed") known.end = step.isCut ? "cut" : "closed";
  });
  return found;
}

function openConnection(found: Connection[], connection: number, first: number): Connection {
  const taken = new Set(found.filter(({ end }) => end === "open").map(({ column }) => column));
  let column = 0;
  while (taken.has(column)) column += 1;
  const known = { connection, column, first, last: first };
  found.push({ ...known, upgraded: undefined, end: "open" });
  return found.at(-1)!;
}
