// What a person can do in a lesson; its views and keys call these and nothing else.
import type { CellId } from "../../../scripts/model/address.ts";
import type { Shell } from "../shell/shell.ts";
import { traceWords } from "./announcement.ts";
import { focusCodeLink, focusPart, isMatrixBeside, showCode, showPart } from "./focus.ts";
import {
  isCodeBeside,
  isRevealed,
  type LessonStore,
  type Panel,
  type Part,
  type Stage,
} from "./lesson-state.ts";
import { NOTHING_SAID, type Predictions, storePredictions } from "./answers.ts";
import { questionsOf } from "./prediction.ts";
import { rowsOf } from "./rows.ts";
import { cellToOpen, shownCell } from "./shown-cell.ts";

export interface LessonActions extends Pick<Shell, "choose"> {
  /** @param isByKey then the keyboard goes on in its details */
  openCell(cell: CellId, isByKey?: boolean): void;
  /** Opens the row with this place in the place of the one that is open. @returns false if none is, or there is none there */
  openRow(at: number): boolean;
  /** Closes the code beside the words, or else the trace, also the one that the page opened. @returns false if none is open */
  closeCell(): boolean;
  /** Asks the first question that is not answered. */
  startPredicting(): void;
  /** Asks the question after this one, or the one before. */
  ask(step: 1 | -1): void;
  /** Answers the question that is asked, by the place of the answer, and goes on. @returns false if there is none */
  answer(at: number): boolean;
  /** Runs the lesson and shows the outcomes, with or without predictions. */
  reveal(): void;
  /** Forgets what was predicted, and hides the outcomes again. */
  predictAgain(): void;
  /** Runs everything again; reveals it, if it was still to be predicted. */
  runAll(): void;
  showPanel(panel: Panel): void;
  /** Shows it, and takes the keyboard there. */
  goToPanel(panel: "words" | "code"): void;
  /** Shows a part of the code: beside the words; before the run, when a question stands there, in their place. */
  openCode(part: Part): void;
  /** Shows what happened, with what to take away and what comes next at its end. */
  end(): void;
  /** Goes to a step of the lesson's path; before the run, no further than to the run. */
  goTo(stage: Stage): void;
  /** Goes to the next lesson, or the one before. @returns false if there is none */
  step(step: 1 | -1): boolean;
}

/**
 * @param run runs everything again
 * @param forget ends what runs, and forgets what came
 */
export function createLessonActions(
  store: LessonStore,
  run: () => void,
  forget: () => void,
): LessonActions {
  const { shell } = store;

  function predictWith(predictions: Predictions): void {
    const { number } = store.state;
    if (number !== undefined) storePredictions(number, predictions);
    store.update({ predictions });
  }

  function reveal(): void {
    predictWith({ ...store.state.predictions, isRevealed: true });
    run();
  }

  function ask(asking: number): void {
    store.update({ asking: Math.max(0, Math.min(asking, questionsOf(store.state).length)) });
  }

  function openCell(cell: CellId, isByKey = false): void {
    store.update({ panel: "rows", beside: undefined, isEnding: false });
    shell.show({ cell });
    if (isByKey) focusPart(".detail-section");
    const announcement = traceWords(store.state);
    if (announcement !== undefined) shell.store.update({ announcement });
  }

  /** Hides the outcomes and asks, from the first question that is not answered. */
  function predict(predictions: Predictions): void {
    if (isRevealed(store.state)) {
      forget();
      store.update({ first: undefined, panel: "words", beside: undefined, isEnding: false });
      shell.show({ cell: undefined });
    }
    predictWith({ ...predictions, isRevealed: false });
    const open = questionsOf(store.state).findIndex(({ id }) => predictions.said[id] === undefined);
    ask(Math.max(0, open));
  }

  function showPanel(panel: Panel): void {
    const beside = panel === "words" ? store.state.beside : undefined;
    store.update({ panel, beside, isEnding: false });
  }

  function end(part: string): void {
    store.update({ panel: "words", isEnding: true });
    showPart(part);
  }

  return {
    choose: shell.choose,
    openCell,
    openRow(at) {
      const shown = shownCell(store.state);
      const row = rowsOf(store.state)[at];
      if (shown === undefined || row === undefined) return false;
      openCell({ attempt: row.attempt.id, client: shown.id.client });
      return true;
    },
    closeCell() {
      const { beside } = store.state;
      if (beside !== undefined && isCodeBeside(store.state)) {
        store.update({ beside: undefined });
        focusCodeLink(beside.part);
        return true;
      }
      if (shownCell(store.state) === undefined) return false;
      // Below each other, the words would push away what the person looks at.
      const panel = isMatrixBeside() ? "words" : store.state.panel;
      store.update({ first: undefined, panel });
      shell.show({ cell: undefined });
      return true;
    },
    startPredicting: () => predict(store.state.predictions),
    ask: (step) => ask((store.state.asking ?? 0) + step),
    answer(at) {
      const { asking, predictions } = store.state;
      if (predictions.isRevealed) return false;
      const asked = asking === undefined ? undefined : questionsOf(store.state)[asking];
      const answer = asked && Object.keys(asked.question.answers)[at];
      if (asked === undefined || answer === undefined) return false;
      predictWith({ ...predictions, said: { ...predictions.said, [asked.id]: answer } });
      ask(asking! + 1);
      return true;
    },
    reveal,
    predictAgain: () => predict(NOTHING_SAID),
    runAll: () => (isRevealed(store.state) ? run() : reveal()),
    showPanel,
    goToPanel(panel) {
      showPanel(panel);
      const part = panel === "words" ? ".prose" : ".excerpts";
      if (isMatrixBeside()) focusPart(part);
      else showPart(part);
    },
    openCode(part) {
      const { cell } = store.state.address;
      store.update(isRevealed(store.state) ? { beside: { part, cell } } : { panel: "code" });
      showCode(part);
    },
    end: () => end("#what-happens"),
    goTo(stage) {
      const { state } = store;
      switch (stage) {
        case "read":
          store.update({ panel: "words", isEnding: false, asking: undefined });
          return showPart(".lesson-head h1");
        case "predict":
          return predict(state.predictions);
        case "run":
          if (!isRevealed(state)) return reveal();
          // Without a trace, the rows stand beside the words.
          store.update({
            beside: undefined,
            isEnding: false,
            ...(shownCell(state) && { panel: "rows" }),
          });
          return showPart(".cell-button");
        case "wire":
          openCell(state.address.cell ?? state.first ?? cellToOpen(state));
          return showPart(".detail-section");
        case "end":
          return end("#take-away");
      }
    },
    step(step) {
      const { number = 0, lessons } = store.state;
      const wanted = lessons?.find((lesson) => lesson.number === number + step);
      if (wanted !== undefined) shell.go({ page: "lesson", number: wanted.number });
      return wanted !== undefined;
    },
  };
}
