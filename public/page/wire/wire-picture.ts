// What the view of the wire draws: one diagram or two, for a width and for what was chosen. Pure.
import type { FilledCell } from "../../../scripts/model/protocol.ts";
import type { Client } from "../../../scripts/model/vocabulary.ts";
import { alignTraces } from "./align.ts";
import type { Diagram } from "./diagram.ts";
import { layOut, layOutPair } from "./layout.ts";
import { partingWords } from "./parting.ts";
import type { SideNames } from "./step-sentence.ts";
import type { Shown, WireState } from "./wire-state.ts";

export interface Picture {
  diagrams: Diagram[];
  shown: Shown;
  /** Where two attempts part, in a sentence, or that they do not; undefined where there is only one. */
  parting: { words: string; doPart: boolean } | undefined;
}

export interface PictureInput {
  /** One or two, the browser's first. */
  cells: readonly FilledCell[];
  names: Record<Client, string>;
  /** The client whose diagram is shown where only one fits. */
  first: Client;
  width: number;
}

type Choice = Pick<WireState, "shown" | "showsRoutine">;
type Cells = [left: FilledCell, right: FilledCell];

/** The narrowest in which two diagrams can stand beside each other. */
const NARROWEST_PAIR = 760;
const PAIR_GAP = 16;

/** Everything that is drawn. */
export function pictureOf(input: PictureInput, choice: Choice): Picture {
  const [left, right] = input.cells;
  if (left === undefined) return { diagrams: [], shown: input.first, parting: undefined };
  if (right !== undefined) return comparedPicture([left, right], input, choice);
  return { diagrams: [single(left, input, choice)], shown: left.client, parting: undefined };
}

function comparedPicture([left, right]: Cells, input: PictureInput, choice: Choice): Picture {
  const { names, first, width } = input;
  const alignment = alignTraces(left.trace, right.trace);
  const words = partingWords(alignment, {
    left: left.trace,
    right: right.trace,
    names: { left: names[left.client], right: names[right.client] },
  });
  const parting = { words, doPart: alignment.partsAt !== undefined };
  const shown = choice.shown ?? (width >= NARROWEST_PAIR ? "both" : first);
  if (shown === "both") return { diagrams: pair([left, right], input, choice), shown, parting };
  const row = alignment.rows[alignment.partsAt ?? -1];
  const isLeft = left.client === shown;
  const diagram = single(isLeft ? left : right, input, choice, isLeft ? row?.left : row?.right);
  return { diagrams: [diagram], shown, parting };
}

function single(
  cell: FilledCell,
  { names, width }: PictureInput,
  { showsRoutine }: Choice,
  partsAt?: number,
): Diagram {
  const own = sideNamesOf(cell, names);
  const layout = layOut(cell.trace, width, { names: own, showsRoutine, partsAt });
  return { cell, names: own, layout };
}

function pair([left, right]: Cells, { names, width }: PictureInput, choice: Choice): Diagram[] {
  const sides = {
    left: { trace: left.trace, names: sideNamesOf(left, names) },
    right: { trace: right.trace, names: sideNamesOf(right, names) },
  };
  const each = Math.max(NARROWEST_PAIR / 2, Math.floor((width - PAIR_GAP) / 2));
  const layouts = layOutPair(sides, each, choice.showsRoutine);
  return [
    { cell: left, names: sides.left.names, layout: layouts.left },
    { cell: right, names: sides.right.names, layout: layouts.right },
  ];
}

/** `cjs · passport · polling+websocket` is called `cjs server`. */
function sideNamesOf({ client, server }: FilledCell, names: PictureInput["names"]): SideNames {
  return { client: names[client], server: `${server.split(" ")[0]} server` };
}
