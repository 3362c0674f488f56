// What a person can do in a lesson; its views and keys call these and nothing else.
import type { CellId } from "../../../scripts/model/address.ts";
import type { Shell } from "../shell/shell.ts";
import { traceWords } from "./announcement.ts";
import { cellKey, isRevealed, type LessonStore, type Panel } from "./lesson-state.ts";
import { NOTHING_SAID, type Prediction, type Predictions, storePredictions } from "./prediction.ts";
import { shownCell } from "./shown-cell.ts";

export interface LessonActions extends Pick<Shell, "choose"> {
  openCell(cell: CellId): void;
  /** Closes the trace, also the one that the lesson shows first. @returns false if none is open */
  closeCell(): boolean;
  predict(cell: CellId, prediction: Prediction): void;
  /** Runs the lesson and shows the outcomes, whatever was predicted. */
  reveal(): void;
  /** Forgets what was predicted, and hides the outcomes again. */
  predictAgain(): void;
  /** Runs everything again; reveals it, if it was still to be predicted. */
  runAll(): void;
  /** Shows the words or the code; hides them if they are shown. */
  togglePanel(panel: Panel): void;
  /** Goes to the next lesson, or the one before. @returns false if there is none */
  step(step: 1 | -1): boolean;
}

/** @param run runs everything again */
export function createLessonActions(store: LessonStore, run: () => void): LessonActions {
  const { shell } = store;

  function predictWith(predictions: Predictions): void {
    const { number } = store.state;
    if (number !== undefined) storePredictions(number, predictions);
    store.update({ predictions });
  }

  /** In place of what stands there; where nothing does, there is no room for it. */
  function turnPanelTo(panel: Panel): void {
    if (store.state.panel !== undefined) store.update({ panel });
  }

  function reveal(): void {
    predictWith({ ...store.state.predictions, isRevealed: true });
    turnPanelTo("words");
    run();
  }

  return {
    choose: shell.choose,
    openCell(cell) {
      shell.show({ cell });
      const announcement = traceWords(store.state);
      if (announcement !== undefined) shell.store.update({ announcement });
    },
    closeCell() {
      if (shownCell(store.state) === undefined) return false;
      store.update({ isFirstCellClosed: true });
      shell.show({ cell: undefined });
      return true;
    },
    predict(cell, prediction) {
      const { said, ...rest } = store.state.predictions;
      predictWith({ said: { ...said, [cellKey(cell)]: prediction }, ...rest });
    },
    reveal,
    predictAgain() {
      predictWith(NOTHING_SAID);
      turnPanelTo("code");
    },
    runAll: () => (isRevealed(store.state) ? run() : reveal()),
    togglePanel: (panel) =>
      store.update({ panel: store.state.panel === panel ? undefined : panel }),
    step(step) {
      const { number = 0, lessons } = store.state;
      const wanted = lessons?.find((lesson) => lesson.number === number + step);
      if (wanted !== undefined) shell.go({ page: "lesson", number: wanted.number });
      return wanted !== undefined;
    },
  };
}
