// Lays a trace out as rows with positions. Pure: the same trace and width give the same layout.
import type { Step, Trace } from "../../../scripts/model/trace.ts";
import type { SideNames } from "../../../scripts/model/words/step.ts";
import {
  foldSteps,
  NO_FOLD_OPEN,
  type OpenFolds,
  type Slot,
} from "../../../scripts/model/words/fold.ts";
import { lanesOf } from "../../../scripts/model/words/routine.ts";
import type { Alignment } from "./align.ts";
import { foldRows } from "./fold.ts";
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
  /** What the lanes of the client are called, where it has several. */
  lanes: string[];
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

export const FOOT_HEIGHT = 12;

/** An attempt, and what its sides are called. */
export interface Side {
  trace: Trace;
  names: SideNames;
}

export interface LayoutOptions {
  /** Which runs of routine are not folded. */
  open?: OpenFolds;
  /** Only heartbeats and the like are folded: whether anything else is routine may change with what still comes. */
  isLive?: boolean;
}

/** The layout of one trace. @param width in pixels, 320 or more @param divergesAt the step where it diverges from another */
export function layOut(
  side: Side,
  width: number,
  {
    open = NO_FOLD_OPEN,
    isLive = false,
    divergesAt = -1,
  }: LayoutOptions & { divergesAt?: number | undefined } = {},
): Layout {
  const slots = foldSteps(side.trace.steps, open, isLive);
  const draft = draftOf(side, slots, width);
  const divergence = slots.findIndex(({ steps, fold }) => !fold && steps.includes(divergesAt));
  return place(draft, { heights: heightsOf([draft], divergence), divergence });
}

/** The layouts of two traces whose rows are aligned and equally high. @param width of each, in pixels */
export function layOutPair(
  { left, right, alignment }: { left: Side; right: Side; alignment: Alignment },
  width: number,
  { open = NO_FOLD_OPEN }: LayoutOptions = {},
): { left: Layout; right: Layout } {
  const steps = { left: left.trace.steps, right: right.trace.steps };
  const rows = foldRows(alignment.rows, steps, open);
  const divergent = alignment.rows[alignment.divergesAt ?? -1];
  const divergence = rows.findIndex(
    (row) => !row.left.fold && divergent !== undefined && row.rows.includes(divergent),
  );
  const drafts = [
    draftOf(
      left,
      rows.map((row) => row.left),
      width,
    ),
    draftOf(
      right,
      rows.map((row) => row.right),
      width,
    ),
  ];
  const heights = heightsOf(drafts, divergence);
  const [leftLayout, rightLayout] = drafts.map((draft) => place(draft, { heights, divergence }));
  return { left: leftLayout!, right: rightLayout! };
}

/** Everything but the heights, which are common to two that stand beside each other. */
interface Draft {
  grid: Grid;
  names: SideNames;
  lanes: string[];
  contents: RowContent[];
  connections: Connection[];
}

function draftOf({ trace: { steps }, names }: Side, slots: readonly Slot[], width: number): Draft {
  const connections = findConnections(steps, slots);
  const columns = Math.max(1, ...connections.map(({ column }) => column + 1));
  const { names: laneNames, lanes } = lanesOf(steps);
  const grid = measure(width, columns, Math.max(1, laneNames.length));
  const contents = slots.map((slot) => {
    const lane = laneNames[lanes[slot.steps[0] ?? -1] ?? -1];
    const client = lane === undefined ? names.client : `${names.client} (${lane})`;
    return rowContent(steps, slot, { grid, names: { ...names, client }, lanes });
  });
  return { grid, names, lanes: laneNames, contents, connections };
}

function heightsOf(drafts: readonly Draft[], divergence: number): number[] {
  return drafts[0]!.contents.map((_, row) => {
    const each = drafts.map(({ contents, grid }) => contentHeight(contents[row]!, grid));
    return Math.max(...each) + (row === divergence ? DIVERGENCE_HEIGHT : 0);
  });
}

interface Heights {
  heights: readonly number[];
  /** The row where two attempts diverge; -1 for none. */
  divergence: number;
}

function place(draft: Draft, { heights, divergence }: Heights): Layout {
  const { grid, names, lanes, contents, connections } = draft;
  let y = 0;
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
  return { grid, height, names, lanes, rows, connections: lines };
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

/** The connections of a trace, in the order in which they came, without those whose steps are all folded. */
function findConnections(steps: readonly Step[], slots: readonly Slot[]): Connection[] {
  const found: Connection[] = [];
  const seen = slots.filter(({ fold }) => fold === undefined).flatMap((slot) => slot.steps);
  const shown = new Set(seen.map((index) => steps[index]!.connection));
  steps.forEach((step, index) => {
    if (!shown.has(step.connection)) return;
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
