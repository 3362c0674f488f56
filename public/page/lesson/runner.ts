// Runs cells of the matrix: which, in what order, how many at once, and what is said when they are done.
import { inLanes } from "../../../scripts/model/gate.ts";
import type { CellRequest } from "../../../scripts/model/protocol.ts";
import type { CellId } from "../../../scripts/model/address.ts";
import { CallError, type Channel } from "../shell/channel.ts";
import { runWords } from "../shell/announcement.ts";
import { fillCell } from "./cell-run.ts";
import {
  cellKey,
  type CellState,
  CLIENTS,
  currentSwitches,
  openLesson,
  lessonNumber,
  OWN,
  type State,
  type Store,
} from "../shell/state.ts";

export interface Runner {
  /**
   * Runs these cells with the switches as they are now; an earlier run of the same cells counts no more.
   * @returns false if a later run overtook this one
   */
  run(cells: CellId[]): Promise<boolean>;
  /** Forgets all cells, and what is still under way. */
  clear(): void;
}

// More would only wait for each other: a browser opens six connections to one address, and an attempt on polling takes two.
const AT_ONCE = 3;

export function createRunner(store: Store, channel: Channel): Runner {
  // Which run a cell belongs to: what comes of an earlier one is not shown.
  const runs = new Map<string, number>();
  let lastRun = 0;

  function update(cell: CellId, change: Partial<CellState>): void {
    const { cells } = store.state;
    const key = cellKey(cell);
    const old = cells[key] ?? { phase: "waiting", filled: undefined, error: undefined };
    store.update({ cells: { ...cells, [key]: { ...old, ...change } } });
  }

  async function runOne(cell: CellId, request: CellRequest, run: number): Promise<void> {
    const isWanted = (): boolean => runs.get(cellKey(cell)) === run;
    if (!isWanted()) return;
    update(cell, { phase: "running" });
    try {
      const filled = await fillCell(channel, cell.client, request);
      if (isWanted()) update(cell, { phase: "filled", filled, error: undefined });
    } catch (error) {
      if (!isWanted()) return;
      const isLost = error instanceof CallError && error.code === "LOST";
      const { message } = error as Error;
      update(cell, isLost ? { phase: "lost" } : { phase: "failed", error: message });
    }
  }

  return {
    async run(cells) {
      lastRun += 1;
      const run = lastRun;
      for (const cell of cells) {
        runs.set(cellKey(cell), run);
        update(cell, { phase: "waiting" });
      }
      const { state } = store;
      const lesson = lessonNumber(state);
      const switches = currentSwitches(state);
      const work = (cell: CellId): Promise<void> =>
        runOne(cell, { lesson, attempt: cell.attempt, switches }, run);
      await Promise.all(
        lanesOf(cells, openLesson(state)?.oneAtATime ?? false).map((items) =>
          inLanes(items, items === cells ? 1 : AT_ONCE, work),
        ),
      );
      if (!cells.every((cell) => runs.get(cellKey(cell)) === run)) return false;
      store.update({ announcement: runWords(store.state, cells) });
      return true;
    },
    clear() {
      runs.clear();
      store.update({ cells: {} });
    },
  };
}

/** One lane for each client; a single one where attempts would see each other on the server. */
function lanesOf(cells: CellId[], isOneAtATime: boolean): CellId[][] {
  if (isOneAtATime) return [cells];
  return CLIENTS.map((client) => cells.filter((cell) => cell.client === client));
}

/** All cells of the page; the open one first, since somebody is looking at it, and then the own attempt. */
export function allCells(state: State): CellId[] {
  const rows = [OWN, ...(openLesson(state)?.attempts ?? []).map(({ id }) => id)];
  const open = state.address.cell?.attempt;
  const attempts = rows.toSorted((one, other) => Number(other === open) - Number(one === open));
  return attempts.flatMap((attempt) => CLIENTS.map((client) => ({ attempt, client })));
}

/** The two cells of the own attempt. */
export function ownCells(): CellId[] {
  return CLIENTS.map((client) => ({ attempt: OWN, client }));
}
