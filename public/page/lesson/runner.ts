// Runs cells of the matrix: which, in what order, how many at once, and what is said when they are done.
import type { CellRequest } from "../../../scripts/model/protocol.ts";
import type { CellId } from "../../../scripts/model/address.ts";
import { CLIENTS } from "../../../scripts/model/vocabulary.ts";
import { CallError } from "../shell/channel.ts";
import { currentSwitches } from "../shell/state.ts";
import { runWords } from "./announcement.ts";
import { fillCell } from "./cell-run.ts";
import {
  cellKey,
  type CellState,
  type LessonState,
  type LessonStore,
  OWN,
} from "./lesson-state.ts";

export interface Runner {
  /**
   * Runs these cells with the switches as they are now; an earlier run of the same cells counts no more.
   * @returns false if a later run overtook this one
   */
  run(cells: CellId[]): Promise<boolean>;
  /** Forgets what is still under way. */
  stop(): void;
}

// More would only wait for each other: a browser opens six connections to one address, and an attempt on polling takes two.
const AT_ONCE = 3;

export function createRunner(store: LessonStore): Runner {
  const { shell } = store;
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
      const filled = await fillCell(shell.channel, cell.client, request);
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
      const { number: lesson, lesson: loaded, ...state } = store.state;
      const switches = currentSwitches(state);
      const work = (cell: CellId): Promise<void> =>
        runOne(cell, { lesson, attempt: cell.attempt, switches }, run);
      // Attempts that would see each other on the server go one by one; else the clients need not wait for each other.
      await (loaded?.oneAtATime === true
        ? workThrough(cells, 1, work)
        : Promise.all(
            CLIENTS.map((client) =>
              workThrough(
                cells.filter((cell) => cell.client === client),
                AT_ONCE,
                work,
              ),
            ),
          ));
      if (!cells.every((cell) => runs.get(cellKey(cell)) === run)) return false;
      shell.store.update({ announcement: runWords(store.state, cells) });
      return true;
    },
    stop: () => runs.clear(),
  };
}

/** Works through all items in order, so many at once; resolves when the last one is done. */
async function workThrough<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const worker = async (): Promise<void> => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** All cells of the page; the open one first, since somebody is looking at it, and then the own attempt. */
export function allCells({ lesson, address }: LessonState): CellId[] {
  const rows = [OWN, ...(lesson?.attempts ?? []).map(({ id }) => id)];
  const open = address.cell?.attempt;
  const attempts = rows.toSorted((one, other) => Number(other === open) - Number(one === open));
  return attempts.flatMap((attempt) => CLIENTS.map((client) => ({ attempt, client })));
}

/** The two cells of the own attempt. */
export function ownCells(): CellId[] {
  return CLIENTS.map((client) => ({ attempt: OWN, client }));
}
