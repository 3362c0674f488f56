// A lesson on the screen, or the free sandbox: what is loaded and run, and when.
import type { TemplateResult } from "lit-html";
import type { CellId } from "../../../scripts/model/address.ts";
import { whatToRun } from "../../../scripts/model/switches.ts";
import type { OpenPage, ViewOf } from "../shell/page.ts";
import type { Key } from "../shell/shortcuts.ts";
import type { Shell } from "../shell/shell.ts";
import { currentSwitches, hasOwnAttempt } from "../shell/state.ts";
import { markChips } from "./chips.ts";
import { focusQuestion, recoverFocus, showOpened, showResult } from "./focus.ts";
import { createLessonActions, type LessonActions } from "./lesson-actions.ts";
import { loadLesson, noteProgress } from "./lesson-calls.ts";
import {
  cellKey,
  createLessonStore,
  EMPTY_LESSON,
  isRevealed,
  type LessonState,
} from "./lesson-state.ts";
import { leaveOutUnknownCell, revealLinkedCell } from "./linked-cell.ts";
import { NOTHING_SAID, storedPredictions } from "./answers.ts";
import { allCells, createRunner, ownCells } from "./runner.ts";
import { cellToOpen } from "./shown-cell.ts";

interface Looks {
  view: (state: LessonState, actions: LessonActions) => TemplateResult;
  keys: (actions: LessonActions) => Key[];
  title?: (state: LessonState) => string;
}

export function openLesson(
  shell: Shell,
  { view, keys, title }: Looks,
): OpenPage<ViewOf<"lesson"> | ViewOf<"sandbox">> {
  const store = createLessonStore(shell);
  const runner = createRunner(store);
  const actions = createLessonActions(store, () => void runAll(), forget);
  let lastOpened: CellId | undefined;
  let lastAsked: number | undefined;
  let hasFetchedResults = false;
  /** After the first run the page opens a cell; later the person does. */
  let hasOpenedFirst = false;

  async function runAll(): Promise<void> {
    const { connection, number, lesson } = store.state;
    // At the very start there is nothing to run yet. Later, a server that is away leaves its cells marked: see `load`.
    if (connection === "connecting" || (number !== undefined && lesson === undefined)) return;
    if (await runner.run(allCells(store.state))) await noteProgress(store);
  }

  /** Who predicts again is surprised again: the explanation waits for the outcomes of the next run. */
  function forget(): void {
    runner.stop();
    store.update({ cells: {} });
  }

  /** Once all have come to an end, however often the sandbox went away meanwhile. */
  function openFirst(): void {
    const { state } = store;
    const cells = Object.values(state.cells);
    // Who predicts again sees the first one again.
    if (!isRevealed(state)) hasOpenedFirst = false;
    const isOver = cells.every(({ phase }) => phase === "filled" || phase === "failed");
    if (hasOpenedFirst || cells.length === 0 || !isOver || !isRevealed(state)) return;
    hasOpenedFirst = true;
    if (state.address.cell !== undefined) return;
    store.update({ first: cellToOpen(state), panel: "rows" });
    showResult();
  }

  async function runOwn(): Promise<void> {
    const { token } = currentSwitches(store.state);
    // Nothing was typed yet; the outcomes of the token before stay until then.
    if (typeof token === "string" || token.text !== "") await runner.run(ownCells());
  }

  /** What is still to be predicted stays unseen, and unrun. */
  async function run(): Promise<void> {
    if (isRevealed(store.state)) await runAll();
  }

  /** It comes into sight with its switches, and has yet to run. */
  function runOwnFirst(): void {
    const { state } = store;
    const [own] = ownCells();
    const isNew = state.cells[cellKey(own!)] === undefined && Object.keys(state.cells).length > 0;
    if (hasOwnAttempt(state) && isNew) void runOwn();
  }

  async function loadFirst(): Promise<void> {
    await loadLesson(store);
    leaveOutUnknownCell(store);
    revealLinkedCell(store);
    if (isRevealed(store.state)) await runAll();
  }

  /** The words may be of another format by now. */
  async function loadAgain(): Promise<void> {
    const { cells } = store.state;
    const lost = allCells(store.state).filter((cell) => cells[cellKey(cell)]?.phase === "lost");
    await Promise.all([loadLesson(store), lost.length > 0 ? runner.run(lost) : undefined]);
  }

  async function fetchResults(): Promise<void> {
    // Chromium never fetches again what it could not fetch once.
    if (hasFetchedResults || store.state.connection === "lost") return;
    hasFetchedResults = true;
    try {
      const { resultsView } = await import("./results.ts");
      store.update({ results: resultsView });
    } catch (error) {
      console.error(error);
      shell.store.update({ notice: "The outcomes could not be loaded. Reload to try again." });
    }
  }

  function empty(): void {
    runner.stop();
    hasOpenedFirst = false;
    store.update(EMPTY_LESSON);
  }

  return {
    ...(title && { title: () => title(store.state) }),
    view: () => view(store.state, actions),
    enter(where) {
      empty();
      const number = where.page === "lesson" ? where.number : undefined;
      const predictions = number === undefined ? NOTHING_SAID : storedPredictions(number);
      store.update({ number, predictions });
    },
    leave: empty,
    async load() {
      const { number, lesson, cells } = store.state;
      const isLoaded = number === undefined || lesson !== undefined;
      await (isLoaded && Object.keys(cells).length > 0 ? loadAgain() : loadFirst());
    },
    async flipped(before) {
      const now = currentSwitches(store.state);
      // What runs need not wait for the words, which quote the code in the chosen format.
      await Promise.all([
        before.variant === now.variant ? undefined : loadLesson(store),
        whatToRun(before, now) === "all" || !hasOwnAttempt(store.state) ? run() : runOwn(),
      ]);
    },
    run,
    keys: () => keys(actions),
    rendered(isFocusLost) {
      if (isRevealed(store.state)) void fetchResults();
      markChips(store.state);
      openFirst();
      runOwnFirst();
      const { asking } = store.state;
      if (asking !== lastAsked && asking !== undefined) focusQuestion();
      else if (isFocusLost) recoverFocus(lastOpened);
      lastAsked = asking;
      const { cell } = store.state.address;
      if (cell === undefined || lastOpened === cell || showOpened()) lastOpened = cell;
    },
  };
}
