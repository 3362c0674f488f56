// A lesson: where one is on its path, the words or the code, and beside them the question, the rows, or a trace.
import { html, nothing, type TemplateResult } from "lit-html";
import type { LessonSummary, LessonView } from "../../../scripts/model/protocol.ts";
import { askView } from "./ask-view.ts";
import type { LessonActions } from "./lesson-actions.ts";
import { progressView } from "./progress-view.ts";
import { exerciseSteps } from "./exercise-steps.ts";
import { placeMeaning } from "./focus.ts";
import { lessonCode } from "./lesson-code.ts";
import { link } from "../shell/links.ts";
import type { State } from "../shell/state.ts";
import { waitingForServer } from "../shell/waiting.ts";
import { serverHtml } from "../shell/server-html.ts";
import {
  isCodeBeside,
  isFirstRunOver,
  isRevealed,
  type LessonState,
  type Stage,
  stageOf,
} from "./lesson-state.ts";
import { shownCell } from "./shown-cell.ts";

export function lessonView(state: LessonState, actions: LessonActions): TemplateResult {
  const { lesson, number = 0 } = state;
  const summary = summaryOf(state);
  return html`<div class=${panesClass(state)}>
    <section class="pane-words" aria-label="Lesson" tabindex="0">
      ${lessonHead(state, number, summary, actions)}
      ${state.lessonError === undefined ? nothing : noLesson(state, state.lessonError)}
      ${lesson === undefined ? waitingForServer(state) : panel(state, lesson, actions)}
    </section>
    ${lesson === undefined ? nothing : work(state, lesson, actions)}
  </div>`;
}

function work(state: LessonState, lesson: LessonView, actions: LessonActions): TemplateResult {
  if (!isRevealed(state)) return askView(state, actions);
  if (isCodeBeside(state)) return codeBeside(state, lesson, actions);
  return results(state, actions);
}

/** While their code is on its way, their heading stands there for the focus. */
export function results(state: LessonState, actions: LessonActions): TemplateResult {
  if (state.results !== undefined) return state.results(state, actions);
  return html`<section class="matrix-section">
    <h2 id="matrix-title" tabindex="-1">What each client got</h2>
    ${waitingForServer(state)}
  </section>`;
}

function codeBeside(
  state: LessonState,
  lesson: LessonView,
  actions: LessonActions,
): TemplateResult {
  return html`<section class="code-pane" aria-label="Code beside the words" tabindex="0">
    <button type="button" class="button quiet" @click=${() => actions.closeCell()}>
      Close <kbd aria-hidden="true">Esc</kbd>
    </button>
    ${lessonCode(state, lesson, false)}
  </section>`;
}

/** What stands beside what: panes.css has the reasons. */
export function panesClass(state: LessonState): string {
  const hasTrace = shownCell(state) !== undefined;
  return `panes ${hasTrace ? "has-trace" : ""} shows-${state.panel}`;
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
  state: LessonState,
  number: number,
  summary: LessonSummary | undefined,
  actions: LessonActions,
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
    ${isRevealed(state) ? nothing : html`<p class="goal">${summary?.goal}</p>`}
    ${state.lesson === undefined ? nothing : pathView(state, actions, exerciseSteps(state, summary))}
  </header>`;
}

const PATH: readonly [Stage, string][] = [
  ["read", "Read"],
  ["predict", "Predict"],
  ["run", "Run"],
  ["wire", "On the wire"],
  ["end", "Take away"],
];

/** Each step leads to its part; those after the run come with it. */
function pathView(
  state: LessonState,
  actions: LessonActions,
  exercises: TemplateResult[],
): TemplateResult {
  const stage = stageOf(state);
  const now = PATH.findIndex(([name]) => name === stage);
  const last = PATH.findIndex(
    ([name]) => name === (isRevealed(state) && isFirstRunOver(state) ? "end" : "run"),
  );
  return html`<ol class="path" aria-label="Where you are">
    ${PATH.map(
      ([name, words], at) =>
        html`<li class=${at < now ? "is-done" : ""} aria-current=${at === now ? "step" : nothing}>
          ${
            at > last
              ? words
              : html`<button
                  type="button"
                  class="path-step"
                  aria-label="Step ${at + 1}: ${words}"
                  @click=${() => actions.goTo(name)}
                >
                  ${words}
                </button>`
          }
        </li>`,
    )}
    ${exercises}
  </ol>`;
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
  { id: "rows", name: "Rows", key: "" },
] as const;

function panel(state: LessonState, lesson: LessonView, actions: LessonActions): TemplateResult {
  const isBefore = !isRevealed(state);
  // Without a trace, the rows stand beside the words.
  const panels = PANELS.filter(({ id }) => id !== "rows" || shownCell(state) !== undefined);
  return html`<div class="tabs" role="group" aria-label="Explanation, code or rows">
      ${panels.map(
        ({ id, name, key }) =>
          html`<button
            type="button"
            class="tab"
            aria-pressed=${state.panel === id ? "true" : "false"}
            @click=${() => actions.showPanel(id)}
          >
            ${name} ${key === "" ? nothing : html`<kbd aria-hidden="true">${key}</kbd>`}
          </button>`,
      )}
    </div>
    ${state.panel === "words" ? lessonWords(state, lesson, actions) : nothing}
    ${state.panel === "code" ? lessonCode(state, lesson, isBefore) : nothing}`;
}

function lessonWords(
  state: LessonState,
  { beginning, explanation, takeaways }: LessonView,
  actions: LessonActions,
): TemplateResult {
  const openCode = (event: Event): void => {
    const { file, overlay, heading } =
      (event.target as Element).closest<HTMLElement>(".code-link")?.dataset ?? {};
    if (file === undefined) return;
    event.preventDefault();
    actions.openCode({ file, overlay: overlay ?? "", heading: heading ?? "" });
  };
  return html`<div
    class="prose"
    tabindex="-1"
    @click=${openCode}
    @pointerover=${placeMeaning}
    @focusin=${placeMeaning}
  >
    ${serverHtml(beginning)}
    ${
      isRevealed(state) && isFirstRunOver(state)
        ? html`<h2 id="what-happens" tabindex="-1">What happens</h2>
            ${serverHtml(explanation)}
            <section class="takeaways" aria-labelledby="take-away">
              <h2 id="take-away" tabindex="-1">Take away</h2>
              ${serverHtml(takeaways)}
            </section>`
        : html`<p class="quiet-text">The rest of the explanation comes after the run.</p>`
    }
  </div>`;
}
