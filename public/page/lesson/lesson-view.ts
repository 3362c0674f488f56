// A lesson: where one is, the goal, the words or the code, and beside them what runs.
import { html, nothing, type TemplateResult } from "lit-html";
import type { LessonSummary, LessonView } from "../../../scripts/model/protocol.ts";
import type { Actions } from "../shell/actions.ts";
import { cellDetail } from "./cell-detail.ts";
import { codeBlock } from "../shell/code-view.ts";
import { excerptOf } from "../shell/excerpt.ts";
import { progressView } from "./lesson-list.ts";
import { lessonWords } from "./lesson-words.ts";
import { matrixView } from "./matrix.ts";
import { link } from "../shell/links.ts";
import { isRevealed, lessonNumber, openLesson, type State } from "../shell/state.ts";

export function lessonPage(state: State, actions: Actions): TemplateResult {
  const number = lessonNumber(state)!;
  const summary = state.lessons?.find((each) => each.number === number);
  const lesson = openLesson(state);
  return html`<div class="panes ${state.panel === "code" ? "panes-code" : ""}">
    <section class="pane pane-words" aria-label="Lesson" tabindex="0">
      ${lessonHead(state, number, summary)}
      ${state.lessonError === undefined ? nothing : noLesson(state, state.lessonError)}
      ${lesson === undefined ? nothing : panel(state, lesson, actions)}
    </section>
    <div class="pane-work">
      ${lesson === undefined ? nothing : html`${matrixView(state, actions)} ${cellDetail(state, actions)}`}
    </div>
  </div>`;
}

function noLesson(state: State, sentence: string): TemplateResult {
  return html`<p role="alert">${sentence}</p>
    <p><a href=${link(state, { page: "lessons" })}>All lessons</a></p>`;
}

function lessonHead(
  state: State,
  number: number,
  summary: LessonSummary | undefined,
): TemplateResult {
  const count = state.lessons?.length ?? 0;
  const isOneOfThem = summary !== undefined && number <= count;
  return html`<header class="lesson-head">
    <div class="lesson-place">
      <p>Lesson ${number}${isOneOfThem ? ` of ${count}` : ""}</p>
      ${summary === undefined ? nothing : progressView(summary.progress)}
      <nav aria-label="Lessons">
        ${stepLink(state, number - 1, "Previous")} ${stepLink(state, number + 1, "Next")}
      </nav>
    </div>
    <h1 tabindex="-1">${summary?.title ?? `Lesson ${number}`}</h1>
    <p class="goal">${summary?.goal}</p>
  </header>`;
}

function stepLink(state: State, number: number, word: string): TemplateResult {
  const lesson = state.lessons?.find((each) => each.number === number);
  return lesson === undefined
    ? html`<span class="step-link" aria-hidden="true">${word}</span>`
    : html`<a
        class="step-link"
        href=${link(state, { page: "lesson", number })}
        aria-label="${word}: ${lesson.title}"
        >${word}</a
      >`;
}

const PANELS = [
  { id: "words", name: "Words", key: "w" },
  { id: "code", name: "Code", key: "c" },
] as const;

function panel(state: State, lesson: LessonView, actions: Actions): TemplateResult {
  const isBeginningShown = !isRevealed(state) && state.panel !== "words";
  return html`${isBeginningShown ? lessonWords(lesson.beginning) : nothing}
    <div class="tabs" role="group" aria-label="Words or code">
      ${PANELS.map(
        ({ id, name, key }) =>
          html`<button
            type="button"
            class="tab"
            aria-expanded=${state.panel === id ? "true" : "false"}
            @click=${() => actions.togglePanel(id)}
          >
            ${name} <kbd aria-hidden="true">${key}</kbd>
          </button>`,
      )}
    </div>
    ${state.panel === "words" ? lessonWords(lesson.html) : nothing}
    ${state.panel === "code" ? lessonCode(state, lesson) : nothing}`;
}

function lessonCode(state: State, { code }: LessonView): TemplateResult {
  return html`<div class="excerpts">
    ${code.map(
      ({ overlay, file, heading, source }) =>
        html`<section class="excerpt">
          <div class="excerpt-head">
            <h2>${heading}</h2>
            ${overlay === undefined ? compareLink(state, file) : weakerForm(overlay, file)}
          </div>
          ${codeBlock(excerptOf(source))}
        </section>`,
    )}
  </div>`;
}

function compareLink(state: State, file: string): TemplateResult {
  return html`<a href=${link(state, { page: "compare", what: file })}
    >compare <code>${file}</code></a
  >`;
}

function weakerForm(overlay: string, file: string): TemplateResult {
  return html`<span>weaker form <code>${overlay}/${file}</code>, not to be copied</span>`;
}
