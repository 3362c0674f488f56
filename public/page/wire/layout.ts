// Lays a trace out as rows with positions. Pure: the same trace and width give the same layout.
import type { Step, Trace } from "../../../scripts/model/trace.ts";
import { alignTraces, isPartingRow } from "./align.ts";
import { type Grid, measure } from "./grid.ts";
import { foldRows, foldSteps, type Slot } from "./routine.ts";
import type { Row } from "./row.ts";
import { placeRow } from "./row-layout.ts";
import { rowHeight } from "./row-words.ts";
import type { SideNames } from "./step-sentence.ts";
import { columnCount, findTracks, type Track } from "./tracks.ts";

export interface Layout {
  grid: Grid;
  height: number;
  names: SideNames;
  rows: Row[];
  tracks: PlacedTrack[];
}

/** A connection's line in the lane of the wire. */
export interface PlacedTrack extends Pick<Track, "connection" | "end"> {
  x: number;
  top: number;
  bottom: number;
  /** From here on it carries a websocket. */
  upgradedY: number | undefined;
}

export interface LayoutOptions {
  names: SideNames;
  /** Whether heartbeats and connections that close in good order have rows of their own. */
  showsRoutine?: boolean;
  /** The step where it parts from another attempt. */
  partsAt?: number | undefined;
}

/** Where the first row begins, below the names of the lanes. */
export const HEAD_HEIGHT = 34;
export const FOOT_HEIGHT = 12;

/** The layout of one trace. @param width in pixels, 320 or more */
export function layOut(trace: Trace, width: number, options: LayoutOptions): Layout {
  const slots = foldSteps(trace.steps, options.showsRoutine ?? false);
  const grid = gridOf(trace.steps, width);
  const partsAt = slots.findIndex(({ steps }) => steps.includes(options.partsAt ?? -1));
  const heights = slots.map((slot, index) => rowHeight(trace.steps, slot, grid, index === partsAt));
  return place({ steps: trace.steps, grid, slots, heights, names: options.names, partsAt });
}

/** One side of two attempts that stand beside each other. */
export interface PairSide {
  trace: Trace;
  names: SideNames;
}

/** The layouts of two traces whose rows are aligned and equally high. @param width of each, in pixels */
export function layOutPair(
  { left, right }: { left: PairSide; right: PairSide },
  width: number,
  showsRoutine = false,
): { left: Layout; right: Layout } {
  const alignment = alignTraces(left.trace, right.trace);
  const steps = { left: left.trace.steps, right: right.trace.steps };
  const rows = foldRows(alignment.rows, steps, showsRoutine);
  const partsAt = rows.findIndex(isPartingRow);
  const sides = { left: gridOf(steps.left, width), right: gridOf(steps.right, width) };
  const heights = rows.map((row, index) =>
    Math.max(
      ...(["left", "right"] as const).map((side) =>
        rowHeight(steps[side], row[side], sides[side], index === partsAt),
      ),
    ),
  );
  const placeSide = (side: "left" | "right", { names }: PairSide): Layout =>
    place({
      steps: steps[side],
      grid: sides[side],
      slots: rows.map((row) => row[side]),
      heights,
      names,
      partsAt,
    });
  return { left: placeSide("left", left), right: placeSide("right", right) };
}

function gridOf(steps: readonly Step[], width: number): Grid {
  return measure(width, columnCount(findTracks(steps)));
}

interface Placing {
  steps: readonly Step[];
  grid: Grid;
  slots: readonly Slot[];
  heights: readonly number[];
  names: SideNames;
  /** The row where two attempts part; -1 for none. */
  partsAt: number;
}

function place({ steps, grid, slots, heights, names, partsAt }: Placing): Layout {
  const tracks = findTracks(steps);
  let y = HEAD_HEIGHT;
  const rows = slots.map((slot, index) => {
    const height = heights[index]!;
    const at = { y, height, isParting: index === partsAt };
    y += height;
    return placeRow({ steps, slot, grid, tracks, names, at });
  });
  const height = y + FOOT_HEIGHT;
  return {
    grid,
    height,
    names,
    rows,
    tracks: tracks.map((track) => placeTrack(track, rows, height, grid)),
  };
}

function placeTrack(track: Track, rows: readonly Row[], height: number, grid: Grid): PlacedTrack {
  const { connection, end, column } = track;
  const yOf = (step: number): number => rows.find(({ steps }) => steps.includes(step))!.wireY;
  return {
    connection,
    end,
    x: grid.trackX(column),
    top: yOf(track.first),
    bottom: end === "open" ? height : yOf(track.last),
    upgradedY: track.upgraded === undefined ? undefined : yOf(track.upgraded),
  };
}
