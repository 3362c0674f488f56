// Shows an address: loads what it needs, runs what has changed, and keeps the address bar in step.
import {
  type Address,
  isSameView,
  type ReadAddress,
  writeAddress,
} from "../../../scripts/model/address.ts";
import { loadBench } from "../bench/bench-load.ts";
import { CallError, type Channel } from "./channel.ts";
import { loadComparison } from "../compare/compare-load.ts";
import { keepPredictions, keepSwitches, keptPredictions } from "./kept.ts";
import { NOTHING_SAID } from "../lesson/prediction.ts";
import { rowsOf } from "../lesson/rows.ts";
import { allCells, ownCells, type Runner } from "../lesson/runner.ts";
import { OWN } from "../../../scripts/model/own-attempt.ts";
import {
  cellKey,
  currentSwitches,
  isRevealed,
  lessonNumber,
  openLesson,
  type Store,
} from "./state.ts";
import { whatToRun } from "../../../scripts/model/switches.ts";
import { howItWent } from "../lesson/how-it-went.ts";

export interface Visit {
  /** Goes to an address; a new page or a first trace is a new entry of the history, other switches or another trace are not. */
  show(address: Address): Promise<void>;
  /** Shows what the address bar says already. */
  arrive(address: ReadAddress): Promise<void>;
  /** Loads what is not there yet, and runs again what the server's going away has spoilt. */
  resume(): Promise<void>;
  runAll(): Promise<void>;
  /** Runs the own attempt alone. */
  runOwn(): Promise<void>;
}

/**
 * @param onPage called when another page is about to be shown, for the focus
 * @param hasRoom whether words fit beside what runs
 */
export function createVisit(
  { store, channel, runner }: { store: Store; channel: Channel; runner: Runner },
  { onPage, hasRoom }: { onPage: () => void; hasRoom: () => boolean },
): Visit {
  async function apply(address: Address): Promise<void> {
    const before = store.state;
    const switchesBefore = currentSwitches(before);
    keepSwitches(address.chosen);
    store.update({ address });
    if (!isSameView(before.address.view, address.view)) return enter(before.address.view.page);
    const change = whatToRun(switchesBefore, currentSwitches(store.state));
    if (change === "nothing") return;
    // The words quote the code in the chosen format; what runs need not wait for them.
    const isFormatChanged = switchesBefore.variant !== currentSwitches(store.state).variant;
    await Promise.all([
      isFormatChanged ? loadLesson() : undefined,
      isFormatChanged ? loadComparison(store, channel) : undefined,
      loadBench(store, channel),
      change === "all" && isRevealed(store.state) ? runAll() : runOwn(),
    ]);
  }

  async function enter(pageBefore: string): Promise<void> {
    runner.clear();
    const number = lessonNumber(store.state);
    const predictions = number === undefined ? NOTHING_SAID : keptPredictions(number);
    // The words tell what happens, so they come after the run; the code is what a prediction can be made from.
    const panel = !hasRoom() ? undefined : predictions.isRevealed ? "words" : "code";
    store.update({
      predictions,
      panel,
      isFirstCellClosed: false,
      notice: undefined,
      announcement: "",
    });
    // From one tab of the comparison to another, the focus stays on the tabs.
    if (pageBefore !== "compare" || store.state.address.view.page !== "compare") onPage();
    await start();
  }

  async function start(): Promise<void> {
    await Promise.all([loadLesson(), loadComparison(store, channel), loadBench(store, channel)]);
    leaveOutUnknownCell();
    revealLinkedCell();
    if (isRevealed(store.state)) await runAll();
  }

  async function loadLesson(): Promise<void> {
    const number = lessonNumber(store.state);
    if (number === undefined || store.state.connection !== "connected") return;
    try {
      const lesson = await channel.call("lesson", number, currentSwitches(store.state).variant);
      if (lessonNumber(store.state) === number) store.update({ lesson, lessonError: undefined });
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      // Lost: `resume` comes back to it.
      if (error.code === "REFUSED") store.update({ lesson: undefined, lessonError: error.message });
    }
  }

  /** A link may have a slip in it, or name a row that another version of the lesson has. */
  function leaveOutUnknownCell(): void {
    const { state } = store;
    const { cell, view } = state.address;
    const hasRows = view.page === "sandbox" || openLesson(state) !== undefined;
    if (
      cell === undefined ||
      !hasRows ||
      rowsOf(state).some(({ attempt }) => attempt.id === cell.attempt)
    )
      return;
    const sentence = `"attempt" in the address names no row here, got "${cell.attempt.slice(0, 40)}"; it was left out.`;
    const notice = state.notice === undefined ? sentence : `${state.notice} ${sentence}`;
    store.update({ address: { ...state.address, cell: undefined }, notice });
  }

  /** A link to an attempt is sent to be seen; and what was seen cannot be predicted any more. */
  function revealLinkedCell(): void {
    const { address, predictions: before, panel } = store.state;
    const lesson = openLesson(store.state);
    const isOfLesson = address.cell !== undefined && address.cell.attempt !== OWN;
    if (lesson === undefined || !isOfLesson || before.isRevealed) return;
    const predictions = { ...before, isRevealed: true };
    keepPredictions(lesson.number, predictions);
    store.update({ predictions, panel: panel && "words" });
  }

  async function runAll(): Promise<void> {
    const { state } = store;
    // At the very start there is nothing to run yet. Later, a server that is away leaves its cells marked: see `resume`.
    if (state.connection === "connecting") return;
    if (state.address.view.page === "bench") return loadBench(store, channel);
    const lesson = openLesson(state);
    if (lesson === undefined && state.address.view.page !== "sandbox") return;
    if (!(await runner.run(allCells(state))) || lesson === undefined) return;
    const went = howItWent(lesson, store.state.cells);
    if (went !== undefined) await noteProgress(lesson.number, went.isAsExpected);
  }

  async function noteProgress(lesson: number, isAsExpected: boolean): Promise<void> {
    try {
      await channel.call("finished", lesson, isAsExpected);
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      // Lost: the outcomes are on the screen all the same, and the next run notes them.
      if (error.code === "REFUSED") store.update({ notice: error.message });
    }
  }

  async function runOwn(): Promise<void> {
    const { page } = store.state.address.view;
    const { token } = currentSwitches(store.state);
    // Nothing was typed yet; the outcomes of the token before stay until then.
    if (typeof token !== "string" && token.text === "") return;
    if (page === "lesson" || page === "sandbox") await runner.run(ownCells());
  }

  return {
    async show(address) {
      const before = store.state.address;
      // So that Back puts a trace away again, which on a phone fills the screen.
      const isTraceOpened = before.cell === undefined && address.cell !== undefined;
      const isNewEntry = !isSameView(before.view, address.view) || isTraceOpened;
      const url = writeAddress(address);
      if (isNewEntry) history.pushState(null, "", url);
      else history.replaceState(null, "", url);
      await apply(address);
    },
    async arrive({ problems, ...address }) {
      // A typed token is in no address: it stays as long as nothing else was chosen.
      const { token } = store.state.address.chosen;
      const typed = typeof token === "object" ? { token } : {};
      const applied = apply({ ...address, chosen: { ...typed, ...address.chosen } });
      if (problems.length > 0) store.update({ notice: problems.join(" ") });
      await applied;
    },
    async resume() {
      const { cells } = store.state;
      const isLoaded = lessonNumber(store.state) === undefined || openLesson(store.state);
      if (!isLoaded || Object.keys(cells).length === 0) return start();
      const lost = allCells(store.state).filter((cell) => cells[cellKey(cell)]?.phase === "lost");
      // The format may have been flipped meanwhile.
      const isAnyLost = lost.length > 0;
      await Promise.all([
        loadLesson(),
        loadComparison(store, channel),
        isAnyLost ? runner.run(lost) : undefined,
      ]);
    },
    runAll,
    runOwn,
  };
}
