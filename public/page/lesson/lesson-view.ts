// A lesson: where one is, the goal, the words or the code, and beside them what runs.
import { html, nothing, type TemplateResult } from "lit-html";
import { unsafeHTML } from "lit-html/directives/unsafe-html.js";
import type { LessonSummary, LessonView } from "../../../scripts/model/protocol.ts";
import type { LessonActions } from "./lesson-actions.ts";
import { cellDetail } from "./cell-detail.ts";
import { progressView } from "./progress-view.ts";
import { lessonCode } from "./lesson-code.ts";
import { matrixView } from "./matrix.ts";
import { link } from "../shell/links.ts";
import type { State } from "../shell/state.ts";
import { waitingForServer } from "../shell/waiting.ts";
import { isRevealed, type LessonState } from "./lesson-state.ts";

export function lessonView(state: LessonState, actions: LessonActions): TemplateResult {
  const { lesson, number = 0 } = state;
  const summary = summaryOf(state);
  return html`<div class="panes ${state.panel === "code" ? "panes-code" : ""}">
    <section class="pane pane-words" aria-label="Lesson" tabindex="0">
      ${lessonHead(state, number, summary)}
      ${state.lessonError === undefined ? nothing : noLesson(state, state.lessonError)}
      ${lesson === undefined ? waitingForServer(state) : panel(state, lesson, actions)}
    </section>
    <div class="pane-work">
      ${lesson === undefined ? nothing : html`${matrixView(state, actions)} ${cellDetail(state, actions)}`}
    </div>
  </div>`;
}

/** What the tab is called. */
export function lessonTitle(state: LessonState): string {
  const summary = summaryOf(state);
  return summary === undefined ? `Lesson ${state.number}` : `${state.number} ${summary.title}`;
}

function summaryOf({ lessons, number }: LessonState): LessonSummary | undefined {
  return lessons?.find((each) => each.number === number);
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
  { id: "words", name: "Explanation", key: "w" },
  { id: "code", name: "Code", key: "c" },
] as const;

function panel(state: LessonState, lesson: LessonView, actions: LessonActions): TemplateResult {
  const isBeginningShown = !isRevealed(state) && state.panel !== "words";
  return html`${isBeginningShown ? lessonWords(lesson.beginning) : nothing}
    <div class="tabs" role="group" aria-label="Explanation or code">
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

/** The one place where HTML from the server becomes part of the page. The server has sanitised it. */
function lessonWords(sanitisedHtml: string): TemplateResult {
  return html`<div class="prose">${unsafeHTML(sanitisedHtml)}</div>`;
}
