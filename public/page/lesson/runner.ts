// Runs cells of the matrix: which, in what order, how many at once, and the message when they are done.
import type { CellRequest } from "../../../scripts/model/protocol.ts";
import type { CellId } from "../../../scripts/model/address.ts";
import { runCells } from "../../../scripts/model/run-cells.ts";
import { OWN } from "../../../scripts/model/own-attempt.ts";
import { CLIENTS } from "../../../scripts/model/vocabulary.ts";
import { CallError } from "../shell/channel.ts";
import { currentSwitches, hasOwnAttempt } from "../shell/state.ts";
import { runWords } from "./announcement.ts";
import { fillCell } from "./cell-run.ts";
import { cellKey, type CellState, type LessonState, type LessonStore } from "./lesson-state.ts";

interface Runner {
  /**
   * Runs these cells with the switches as they are now; an earlier run of the same cells counts no more.
   * @returns false if a later run overtook this one
   */
  run(cells: CellId[]): Promise<boolean>;
  /** Forgets what is still under way. */
  stop(): void;
}

export function createRunner(store: LessonStore): Runner {
  const { shell } = store;
  // Which run a cell belongs to: the result of an earlier one is not shown.
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
      await runCells(cells, loaded?.oneAtATime ?? false, (cell) =>
        runOne(cell, { lesson, attempt: cell.attempt, switches }, run),
      );
      if (!cells.every((cell) => runs.get(cellKey(cell)) === run)) return false;
      shell.store.update({ announcement: runWords(store.state, cells) });
      return true;
    },
    stop: () => runs.clear(),
  };
}

/** All cells of the page; the open one first, since somebody is looking at it, and then the own attempt. */
export function allCells(state: LessonState): CellId[] {
  const { lesson, address } = state;
  const rows = [
    ...(hasOwnAttempt(state) ? [OWN] : []),
    ...(lesson?.attempts ?? []).map(({ id }) => id),
  ];
  const open = address.cell?.attempt;
  const attempts = rows.toSorted((one, other) => Number(other === open) - Number(one === open));
  return attempts.flatMap((attempt) => CLIENTS.map((client) => ({ attempt, client })));
}

/** The two cells of the own attempt. */
export function ownCells(): CellId[] {
  return CLIENTS.map((client) => ({ attempt: OWN, client }));
}
