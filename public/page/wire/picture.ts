// What the view of the wire shows: one diagram or two, for a width and for what a person has chosen. Pure.
import type { Outcome } from "../../../scripts/model/acts.ts";
import type { FilledCell } from "../../../scripts/model/cell.ts";
import type { Client } from "../../../scripts/model/vocabulary.ts";
import type { Fold, OpenFolds } from "../../../scripts/model/words/fold.ts";
import type { SideNames } from "../../../scripts/model/words/step.ts";
import { alignTraces } from "./align.ts";
import { type Divergence, divergenceOf, divergentStep } from "./divergence-words.ts";
import { type Layout, layOut, type LayoutOptions, layOutPair, type Side } from "./layout.ts";
import { fontSizeOf } from "./grid.ts";

/** A diagram on the screen: whose attempt it shows, and where its rows are. */
export interface Diagram {
  cell: FilledCell;
  names: SideNames;
  layout: Layout;
}

/** Who made it, and what came of it. */
export function endOf({ cell, names }: Diagram): { client: string; outcome: Outcome } {
  return { client: names.client, outcome: cell.outcome };
}

/** Which attempts are on the screen: one of the clients, or both beside each other. */
export type Shown = Client | "both";

/** What a person has chosen. */
export interface Choice {
  /** Undefined until somebody chooses: then both. Where both do not fit, one is shown. */
  shown: Shown | undefined;
  /** Which runs of routine are unfolded. */
  open: OpenFolds;
  /** Over the whole window, with text that a class can read. */
  isLarge: boolean;
  /** The row that the keyboard is at, and in which diagram. */
  current: { client: Client; row: number } | undefined;
  /** True once a step was chosen and its panel has not been closed since. */
  hasDetails: boolean;
}

export const NOTHING_CHOSEN: Choice = {
  shown: undefined,
  open: new Set(),
  isLarge: false,
  current: undefined,
  hasDetails: false,
};

export interface Picture {
  diagrams: Diagram[];
  open: OpenFolds;
  shown: Shown;
  /** Whether two diagrams fit beside each other. */
  fitsBoth: boolean;
  /** How much larger it is drawn than it was laid out. */
  zoom: number;
  /** Where two attempts diverge, in a sentence, or that they do not; undefined where there is only one. */
  divergence: Divergence | undefined;
}

export interface PictureInput {
  /** One or two, the browser's first. */
  cells: readonly FilledCell[];
  /** What the clients are called: `Chrome 147`, `Node`. */
  names: Record<Client, string>;
  /** The client whose diagram is shown where only one fits. */
  first: Client;
  width: number;
  /** How large the reader has text; 1 is as browsers have it at first. */
  textScale: number;
  /** Steps are still added, at the end: those before must not be folded later. */
  isLive?: boolean;
}

export function areSame(
  one: PictureInput["cells"] | undefined,
  other: PictureInput["cells"],
): boolean {
  return one?.length === other.length && one.every((cell, index) => cell === other[index]);
}

/** With larger text no diagram becomes narrower than this, as it is laid out. */
const NARROWEST = 190;
/** The narrowest diagram that may stand beside another one. */
const NARROWEST_OF_PAIR = 320;
const PAIR_GAP = 16;
/** Text that a class can read, in pixels. */
const LARGE_TEXT = 16;

/** Everything that is drawn. */
export function pictureOf(
  input: PictureInput,
  choice: Pick<Choice, "shown" | "open" | "isLarge">,
): Picture {
  const { cells, names, first, textScale, isLive = false } = input;
  const { open } = choice;
  const scale = textScale * (choice.isLarge ? LARGE_TEXT / fontSizeOf(Infinity) : 1);
  const [left, right] = cells.map((cell) => ({ cell, ...sideOf(cell, names) }));
  if (left === undefined)
    return { diagrams: [], open, shown: first, fitsBoth: false, zoom: 1, divergence: undefined };
  const alone = sizeOf(input.width, Math.min(scale, Math.max(1, input.width / NARROWEST)));
  const options: LayoutOptions = { open, isLive };
  if (right === undefined) {
    const diagrams = [diagramOf(left, layOut(left, alone.width, options))];
    const shown = left.cell.client;
    return { diagrams, open, shown, fitsBoth: false, zoom: alone.zoom, divergence: undefined };
  }
  const each = sizeOf((input.width - PAIR_GAP) / 2, scale);
  const fitsBoth = each.width >= NARROWEST_OF_PAIR;
  const { shown: wanted = "both" } = choice;
  const shown = wanted === "both" && !fitsBoth ? first : wanted;
  const alignment = alignTraces(left.trace, right.trace);
  const divergence = divergenceOf(alignment, { left, right });
  if (shown === "both") {
    const layouts = layOutPair({ left, right, alignment }, each.width, options);
    const diagrams = [diagramOf(left, layouts.left), diagramOf(right, layouts.right)];
    return { diagrams, open, shown, fitsBoth, zoom: each.zoom, divergence };
  }
  const side = left.cell.client === shown ? left : right;
  const divergesAt = divergentStep(divergence, shown);
  const diagrams = [diagramOf(side, layOut(side, alone.width, { ...options, divergesAt }))];
  return { diagrams, open, shown, fitsBoth, zoom: alone.zoom, divergence };
}

/** How wide a diagram is laid out for a place on the screen, and how much larger it is drawn there. */
function sizeOf(place: number, scale: number): { width: number; zoom: number } {
  // The larger it is drawn, the narrower it is laid out; and a narrow one has smaller text, so it is drawn larger still.
  const zoom = scale === 1 ? 1 : (scale * fontSizeOf(Infinity)) / fontSizeOf(place / scale);
  return { width: Math.floor(place / zoom), zoom };
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

/** Where two attempts diverge, and the fold that it is in; undefined if what is shown has no step there. */
export function rowOfDivergence({
  diagrams,
  divergence,
}: Picture): { client: Client; row: number; fold: Fold | undefined } | undefined {
  for (const { cell, layout } of diagrams) {
    const step = divergentStep(divergence, cell.client);
    const row = layout.rows.findIndex(({ steps }) => steps.includes(step ?? -1));
    if (row !== -1) return { client: cell.client, row, fold: layout.rows[row]!.fold };
  }
  return undefined;
}

/** The folds that are open once this one was opened or closed. */
export function withFold(open: OpenFolds, { at, isOpen }: Fold): OpenFolds {
  if (open === "all") return open;
  const others = [...open].filter((each) => each !== at);
  return new Set(isOpen ? others : [...others, at]);
}

/** The row whose details are shown; undefined for none in this diagram. A fold has none: its steps have. */
export function chosenRow({ cell, layout }: Diagram, choice: Choice): number | undefined {
  const { current, hasDetails } = choice;
  if (!hasDetails || current?.client !== cell.client) return undefined;
  const { steps, fold } = layout.rows[current.row] ?? { steps: [], fold: undefined };
  return steps.length > 0 && fold === undefined ? current.row : undefined;
}
