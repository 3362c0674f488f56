// The list of lessons, with what was done.
import { html, type TemplateResult } from "lit-html";
import type { LessonSummary } from "../../../scripts/model/protocol.ts";
import { progressView } from "../lesson/progress-view.ts";
import { link } from "../shell/links.ts";
import type { State } from "../shell/state.ts";

export function lessonList(state: State): TemplateResult {
  return html`<div class="list-page">
    <div class="lead">
      <h1 tabindex="-1">See what your browser and Node really get</h1>
      <p>
        One server, written in CommonJS, ES modules and TypeScript, runs on this machine. Each
        lesson flips one switch of JSON Web Tokens with Socket.IO and shows, side by side, what this
        browser and a Node client get, and what went over the wire.
      </p>
    </div>
    ${
      state.lessons === undefined
        ? html`<p class="quiet-text">Loading the lessons…</p>`
        : html`<ol class="lessons">
            ${state.lessons.map((lesson) => lessonItem(state, lesson))}
          </ol>`
    }
    <p class="lesson-free">
      <a href=${link(state, { page: "sandbox" })}>Free sandbox</a>
      <span>No lesson text, no expected results: just switches and what happens.</span>
    </p>
  </div>`;
}

function lessonItem(
  state: State,
  { number, title, goal, progress }: LessonSummary,
): TemplateResult {
  return html`<li class="lesson-item">
    <span class="lesson-number" aria-hidden="true">${number}</span>
    <div>
      <h2><a href=${link(state, { page: "lesson", number })}>${title}</a></h2>
      <p>${goal}</p>
    </div>
    ${progressView(progress)}
  </li>`;
}
