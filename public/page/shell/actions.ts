// What a person can do on the page; views and keys call these and nothing else.
import type { Address, CellId, View } from "../../../scripts/model/address.ts";
import { traceWords } from "./announcement.ts";
import { type BenchActions, createBenchActions } from "../bench/bench-actions.ts";
import { CallError, type Channel } from "./channel.ts";
import { type ChoiceName, type Chosen, textOf } from "../../../scripts/model/choices.ts";
import { type CompareActions, createCompareActions } from "../compare/compare-actions.ts";
import { keyIn } from "./key.ts";
import { keepPredictions } from "./kept.ts";
import { NOTHING_SAID, type Prediction, type Predictions } from "../lesson/prediction.ts";
import {
  cellKey,
  currentSwitches,
  isRevealed,
  lessonNumber,
  openLesson,
  type Panel,
  type State,
  type Store,
} from "./state.ts";
import { fixedSwitch, nextChoice, nextToken } from "./switch-values.ts";
import type { Visit } from "./visit.ts";

export interface Actions {
  go(view: View): void;
  choose(change: Chosen): void;
  /** Sets a switch to its next value. @param step -1 for the token before */
  flip(name: ChoiceName | "token" | "tryAllTransports", step: 1 | -1): void;
  openCell(cell: CellId): void;
  /** Puts the trace away, also the one that the lesson shows first. */
  closeCell(): void;
  predict(cell: CellId, prediction: Prediction): void;
  /** Runs the lesson and shows the outcomes, whatever was predicted. */
  reveal(): void;
  /** Forgets what was predicted, and hides the outcomes again. */
  predictAgain(): void;
  runAll(): void;
  /** Shows the words or the code; puts them away if they are shown. */
  togglePanel(panel: Panel): void;
  toggleSwitches(): void;
  toggleLog(): void;
  /** Ends the running variant; the next attempt starts it anew. */
  restart(): void;
  /** @param text the address that the terminal printed, or the key alone */
  unlock(text: string): void;
  dismissNotice(): void;
  compare: CompareActions;
  bench: BenchActions;
}

export function createActions(store: Store, channel: Channel, visit: Visit): Actions {
  const show = (change: Partial<Address>): void => {
    void visit.show({ ...store.state.address, ...change });
  };

  function keep(predictions: Predictions): void {
    const number = lessonNumber(store.state);
    if (number !== undefined) keepPredictions(number, predictions);
    store.update({ predictions });
  }

  async function restart(): Promise<void> {
    try {
      await channel.call("restart", currentSwitches(store.state));
      store.update({ notice: "The server was ended. It is started anew for what runs next." });
      // What is still to be predicted stays unseen, and unrun.
      await (isToBePredicted(store.state) ? visit.runOwn() : visit.runAll());
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      store.update({ notice: error.message });
    }
  }

  function choose(change: Chosen): void {
    show({ chosen: { ...store.state.address.chosen, ...change } });
  }

  return {
    go: (view) => show({ view, cell: undefined }),
    choose,
    flip(name, step) {
      const now = currentSwitches(store.state);
      if (name === "token") return choose({ token: nextToken(now, step) });
      if (name === "tryAllTransports") return choose({ tryAllTransports: !now.tryAllTransports });
      const lesson = openLesson(store.state);
      const next = nextChoice(name, now, lesson);
      if (textOf(next) !== textOf(now[name])) return choose({ [name]: next });
      store.update({ notice: fixedSwitch(lesson, name)?.reason });
    },
    openCell(cell) {
      show({ cell });
      const announcement = traceWords(store.state);
      if (announcement !== undefined) store.update({ announcement });
    },
    closeCell() {
      store.update({ isFirstCellClosed: true });
      show({ cell: undefined });
    },
    predict(cell, prediction) {
      const { said, ...rest } = store.state.predictions;
      keep({ said: { ...said, [cellKey(cell)]: prediction }, ...rest });
    },
    reveal() {
      keep({ ...store.state.predictions, isRevealed: true });
      if (store.state.panel !== undefined) store.update({ panel: "words" });
      void visit.runAll();
    },
    predictAgain() {
      keep(NOTHING_SAID);
      if (store.state.panel !== undefined) store.update({ panel: "code" });
    },
    runAll() {
      if (isToBePredicted(store.state)) this.reveal();
      else void visit.runAll();
    },
    togglePanel: (panel) =>
      store.update({ panel: store.state.panel === panel ? undefined : panel }),
    toggleSwitches: () => store.update({ areSwitchesOpen: !store.state.areSwitchesOpen }),
    toggleLog: () => store.update({ isLogOpen: !store.state.isLogOpen }),
    restart: () => void restart(),
    unlock(text) {
      const key = keyIn(text) ?? text.trim();
      store.update({ connection: "connecting", refusal: undefined });
      channel.useKey(key);
    },
    dismissNotice: () => store.update({ notice: undefined }),
    compare: createCompareActions(store),
    bench: createBenchActions({ store, channel, choose: (token) => choose({ token }) }),
  };
}

function isToBePredicted(state: State): boolean {
  return lessonNumber(state) !== undefined && !isRevealed(state);
}
