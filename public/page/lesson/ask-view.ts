// Before a lesson runs: what is coming, and then one question at a time, each beside the client's code.
import { html, nothing, type TemplateResult } from "lit-html";
import type { Attempt } from "../../../scripts/model/attempt.ts";
import { codeOf } from "../../../scripts/model/words/acts.ts";
import type { AuthMode } from "../../../scripts/model/vocabulary.ts";
import { codeBlock } from "../shell/code-view.ts";
import { currentSwitches } from "../shell/state.ts";
import type { LessonActions } from "./lesson-actions.ts";
import type { LessonState } from "./lesson-state.ts";
import { questionsOf } from "./prediction.ts";

export function askView(state: LessonState, actions: LessonActions): TemplateResult {
  const { asking } = state;
  return html`<section class="ask" aria-labelledby="matrix-title">
    ${asking === undefined ? startView(state, actions) : questionView(state, asking, actions)}
  </section>`;
}

function startView(state: LessonState, actions: LessonActions): TemplateResult {
  const { lesson, columns } = state;
  const questions = questionsOf(state);
  return html`<h2 id="matrix-title" tabindex="-1">What will each client get?</h2>
    <p>
      ${questions.length} questions, a minute or two. Then all ${lesson?.attempts.length} attempts
      run for real: in ${columns.node}, and in this browser (${columns.browser}), whose Network
      panel shows its requests.
    </p>
    <p class="ask-buttons">
      <button type="button" class="button strong large" @click=${() => actions.startPredicting()}>
        Predict
      </button>
      ${skipButton(actions)}
    </p>
    <ol class="ask-rows">
      ${lesson?.attempts.map(({ title }) => html`<li>${title}</li>`)}
    </ol>`;
}

function skipButton(actions: LessonActions): TemplateResult {
  return html`<button type="button" class="button quiet" @click=${() => actions.reveal()}>
    Run without predicting <kbd aria-hidden="true">r</kbd>
  </button>`;
}

function questionView(state: LessonState, asking: number, actions: LessonActions): TemplateResult {
  const questions = questionsOf(state);
  const attempt = questions[asking];
  if (attempt === undefined) return readyView(state, questions.length, actions);
  const { id, title, acts, question } = attempt;
  const said = state.predictions.said[id];
  return html`<p class="ask-place">Question ${asking + 1} of ${questions.length}</p>
    <h2 id="matrix-title" tabindex="-1">${title}</h2>
    ${serverOf(state, attempt)} ${codeBlock(codeOf(acts))}
    <p class="ask-question" id="ask-question">${question.ask}</p>
    <div class="answers" role="group" aria-labelledby="ask-question">
      ${Object.keys(question.answers).map(
        (answer, at) =>
          html`<button
            type="button"
            class="button answer"
            aria-pressed=${said === answer ? "true" : "false"}
            @click=${() => actions.answer(at)}
          >
            <span>${answer}</span> <kbd aria-hidden="true">${at + 1}</kbd>
          </button>`,
      )}
    </div>
    <p class="ask-buttons">
      ${
        asking === 0
          ? nothing
          : html`<button type="button" class="button quiet" @click=${() => actions.ask(-1)}>
              Back
            </button>`
      }
      <button type="button" class="button quiet" @click=${() => actions.ask(1)}>Skip</button>
      ${skipButton(actions)}
    </p>`;
}

const CHECKED: Record<AuthMode, TemplateResult> = {
  passport: html`For this row the server checks the header, by <code>passport</code>.`,
  manual: html`For this row the server checks the header, by <code>manual</code>.`,
  payload: html`For this row the server checks the payload: the object that a client sends in
    <code>auth</code> with its <code>CONNECT</code> packet.`,
  cookie: html`For this row the server checks the cookie that its login has set.`,
};

/** Where a row has a server of its own, what the switches above say is not of it. */
function serverOf(state: LessonState, attempt: Attempt): TemplateResult | typeof nothing {
  const { auth } = attempt;
  if (auth === undefined || auth === currentSwitches(state).auth) return nothing;
  return html`<p class="quiet-text">${CHECKED[auth]}</p>`;
}

function readyView(state: LessonState, count: number, actions: LessonActions): TemplateResult {
  const said = Object.keys(state.predictions.said).length;
  return html`<h2 id="matrix-title" tabindex="-1">${said} of ${count} questions answered</h2>
    <p>Now see what really happens.</p>
    <p class="ask-buttons">
      <button type="button" class="button strong large" @click=${() => actions.reveal()}>
        Run <kbd aria-hidden="true">r</kbd>
      </button>
      <button type="button" class="button quiet" @click=${() => actions.ask(-1)}>Back</button>
    </p>`;
}
