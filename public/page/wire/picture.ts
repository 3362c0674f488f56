// What the view of the wire shows: one diagram or two, for a width and for what a person has chosen. Pure.
import type { FilledCell } from "../../../scripts/model/cell.ts";
import type { Client } from "../../../scripts/model/vocabulary.ts";
import type { SideNames } from "../../../scripts/model/words/step.ts";
import { alignTraces } from "./align.ts";
import { divergenceWords } from "./divergence-words.ts";
import { type Layout, layOut, layOutPair, type Side } from "./layout.ts";

/** A diagram on the screen: whose attempt it shows, and where its rows are. */
export interface Diagram {
  cell: FilledCell;
  names: SideNames;
  layout: Layout;
}

/** Which attempts are on the screen: one of the clients, or both beside each other. */
export type Shown = Client | "both";

/** What a person has chosen. */
export interface Choice {
  /** Undefined until somebody chooses: then both, if they fit. */
  shown: Shown | undefined;
  /** Whether heartbeats and closed connections have rows of their own. */
  showsAll: boolean;
  /** The row that the keyboard is at, and in which diagram. */
  current: { client: Client; row: number } | undefined;
  /** True once a step was chosen and its panel has not been closed since. */
  hasDetails: boolean;
}

export const NOTHING_CHOSEN: Choice = {
  shown: undefined,
  showsAll: false,
  current: undefined,
  hasDetails: false,
};

export interface Picture {
  diagrams: Diagram[];
  shown: Shown;
  /** Where two attempts diverge, in a sentence, or that they do not; undefined where there is only one. */
  divergence: { words: string; isThere: boolean } | undefined;
}

export interface PictureInput {
  /** One or two, the browser's first. */
  cells: readonly FilledCell[];
  /** What the clients are called: `Chrome 147`, `Node`. */
  names: Record<Client, string>;
  /** The client whose diagram is shown where only one fits. */
  first: Client;
  width: number;
}

/** The narrowest in which two diagrams can stand beside each other. */
const NARROWEST_PAIR = 760;
const PAIR_GAP = 16;

/** Everything that is drawn. */
export function pictureOf(input: PictureInput, choice: Choice): Picture {
  const { cells, names, first, width } = input;
  const { showsAll } = choice;
  const [left, right] = cells.map((cell) => ({ cell, ...sideOf(cell, names) }));
  if (left === undefined) return { diagrams: [], shown: first, divergence: undefined };
  if (right === undefined) {
    const diagram = diagramOf(left, layOut(left, width, { showsAll }));
    return { diagrams: [diagram], shown: left.cell.client, divergence: undefined };
  }
  const alignment = alignTraces(left.trace, right.trace);
  const row = alignment.rows[alignment.divergesAt ?? -1];
  const divergence = {
    words: divergenceWords(alignment, { left, right }),
    isThere: row !== undefined,
  };
  const shown = choice.shown ?? (width >= NARROWEST_PAIR ? "both" : first);
  if (shown === "both") {
    const each = Math.max(NARROWEST_PAIR / 2, Math.floor((width - PAIR_GAP) / 2));
    const layouts = layOutPair({ left, right }, each, showsAll);
    const diagrams = [diagramOf(left, layouts.left), diagramOf(right, layouts.right)];
    return { diagrams, shown, divergence };
  }
  const [side, divergesAt] = left.cell.client === shown ? [left, row?.left] : [right, row?.right];
  const layout = layOut(side, width, { showsAll, divergesAt });
  return { diagrams: [diagramOf(side, layout)], shown, divergence };
}

/** `cjs · passport · polling+websocket` is called `cjs server`. */
function sideOf({ client, server, trace }: FilledCell, names: PictureInput["names"]): Side {
  return { trace, names: { client: names[client], server: `${server.split(" ")[0]} server` } };
}

function diagramOf({ cell, names }: Side & Pick<Diagram, "cell">, layout: Layout): Diagram {
  return { cell, names, layout };
}

// --- Where the keyboard goes ---

/** The row that a key leads to; undefined for a key that leads nowhere. */
export function rowAfterKey(key: string, row: number, layout: Layout): number | undefined {
  const usable = usableRows(layout);
  switch (key) {
    case "ArrowDown":
      return usable.find((each) => each > row) ?? usable.at(-1);
    case "ArrowUp":
      return usable.findLast((each) => each < row) ?? usable[0];
    case "Home":
      return usable[0];
    case "End":
      return usable.at(-1);
    default:
      return undefined;
  }
}

function usableRows({ rows }: Layout): number[] {
  return rows.flatMap(({ kind }, index) => (kind === "empty" ? [] : [index]));
}

/** The row beside this one; where there is none, the nearest before it, else the first. */
export function rowBeside(row: number, layout: Layout): number {
  const usable = usableRows(layout);
  return usable.findLast((each) => each <= row) ?? usable[0] ?? 0;
}

/** The row that the Tab key leads to: the chosen one, else the first. */
export function currentRow({ cell, layout }: Diagram, { current }: Choice): number {
  const usable = usableRows(layout);
  const row = current?.client === cell.client ? current.row : -1;
  return usable.includes(row) ? row : (usable[0] ?? -1);
}

/** The row whose details are shown; undefined for none in this diagram. */
export function chosenRow({ cell, layout }: Diagram, choice: Choice): number | undefined {
  const { current, hasDetails } = choice;
  if (!hasDetails || current?.client !== cell.client) return undefined;
  return (layout.rows[current.row]?.steps.length ?? 0) > 0 ? current.row : undefined;
}
