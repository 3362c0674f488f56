// What a person has chosen in the view of the wire, and where the keyboard goes from there. Pure.
import type { Client } from "../../../scripts/model/vocabulary.ts";
import type { Layout } from "./layout.ts";
import type { Diagram } from "./diagram.ts";

/** Which attempts are on the screen: one of the clients, or both beside each other. */
export type Shown = Client | "both";

export interface WireState {
  /** Undefined until somebody chooses: then both, if they fit. */
  shown: Shown | undefined;
  /** Whether heartbeats and closed connections have rows of their own. */
  showsRoutine: boolean;
  /** The row that the keyboard is at, and in which diagram. */
  current: { client: Client; row: number } | undefined;
  /** True once a step was chosen and its panel has not been closed since. */
  hasDetails: boolean;
}

export const NOTHING_CHOSEN: WireState = {
  shown: undefined,
  showsRoutine: false,
  current: undefined,
  hasDetails: false,
};

/** The row that a key leads to; undefined for a key that leads nowhere. */
export function rowAfterKey(key: string, row: number, { rows }: Layout): number | undefined {
  const usable = rows.flatMap(({ kind }, index) => (kind === "empty" ? [] : [index]));
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

/** The row beside this one; where there is none, the nearest before it, else the first. */
export function rowBeside(row: number, { rows }: Layout): number {
  const usable = rows.flatMap(({ kind }, index) => (kind === "empty" ? [] : [index]));
  return usable.findLast((each) => each <= row) ?? usable[0] ?? 0;
}

/** The row that the Tab key leads to: the chosen one, else the first. */
export function currentRow({ cell, layout }: Diagram, { current }: WireState): number {
  const row = current?.client === cell.client ? current.row : -1;
  const isThere = layout.rows[row] !== undefined && layout.rows[row].kind !== "empty";
  return isThere ? row : layout.rows.findIndex(({ kind }) => kind !== "empty");
}

/** The row whose details are shown; undefined for none in this diagram. */
export function chosenRow({ cell, layout }: Diagram, state: WireState): number | undefined {
  const { current, hasDetails } = state;
  if (!hasDetails || current?.client !== cell.client) return undefined;
  return (layout.rows[current.row]?.steps.length ?? 0) > 0 ? current.row : undefined;
}
