// The page of an exercise: the task and the editor, beside them the rows and the hints; below, what the person opened.
import { html, nothing, type TemplateResult } from "lit-html";
import type { ExerciseView } from "../../../scripts/model/protocol.ts";
import type { CompareActions } from "../compare/compare-actions.ts";
import type { CompareState } from "../compare/compare-state.ts";
import { link } from "../shell/links.ts";
import type { State } from "../shell/state.ts";
import { waitingForServer } from "../shell/waiting.ts";
import { serverHtml } from "../shell/server-html.ts";
import type { Editor } from "./editor.ts";
import { editorView } from "./editor-view.ts";
import type { ExerciseActions } from "./exercise-actions.ts";
import type { ExerciseState } from "./exercise-state.ts";
import { hintsView } from "./hints-view.ts";
import { panelView } from "./panel-view.ts";
import { questionView } from "./question-view.ts";
import { rowsView } from "./rows-view.ts";
import { solvedView } from "./solved-view.ts";

/** All that the page is drawn from. */
export interface Shown {
  state: State;
  exercise: ExerciseState;
  compare: CompareState;
  editor: Editor;
  actions: ExerciseActions;
  compareActions: CompareActions;
}

export function exerciseTitle({ place, view }: ExerciseState): string {
  const name = `Exercise ${place?.exercise ?? ""}`;
  return view === undefined ? name : `${name}: ${view.title}`;
}

export function exerciseView(shown: Shown): TemplateResult {
  const { state, exercise, actions } = shown;
  const { view, error } = exercise;
  return html`${head(state, exercise)}
  ${error === undefined ? nothing : html`<p role="alert">${error}</p>`}
  ${view === undefined ? waitingForServer(state) : work(shown, view)}
  ${questionView(exercise, actions)}`;
}

function head(state: State, exercise: ExerciseState): TemplateResult {
  const { view } = exercise;
  const title = state.lessons?.find(({ number }) => number === view?.lesson)?.title;
  return html`<header class="page-head">
    <p>
      Exercise
      ${exercise.place?.exercise}${
        view === undefined
          ? nothing
          : html` of
              <a href=${link(state, { page: "lesson", number: view.lesson })}
                >lesson ${view.lesson}${title === undefined ? "" : `: ${title}`}</a
              >`
      }
    </p>
    <h1 tabindex="-1">${view?.title ?? exerciseTitle(exercise)}</h1>
  </header>`;
}

function work(shown: Shown, view: ExerciseView): TemplateResult {
  return html`<div class="exercise-panes">
      <div class="exercise-code">
        <section class="prose exercise-task" aria-label="Task">${serverHtml(view.task)}</section>
        ${editorView(shown, view)}
      </div>
      <div class="exercise-side">
        ${solvedView(shown, view)} ${rowsView(shown)} ${hintsView(shown, view)}
      </div>
    </div>
    ${panelView(shown)}`;
}
