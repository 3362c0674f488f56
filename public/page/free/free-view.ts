// The free sandbox as it is shown: what it is for, and the own attempt.
import { html, type TemplateResult } from "lit-html";
import type { LessonActions } from "../lesson/lesson-actions.ts";
import type { LessonState } from "../lesson/lesson-state.ts";
import { panesClass, results } from "../lesson/lesson-view.ts";
import { link } from "../shell/links.ts";

export function freeView(state: LessonState, actions: LessonActions): TemplateResult {
  return html`<div class=${panesClass(state)}>
    <section class="pane-words" aria-label="About the free sandbox" tabindex="0">
      <header class="lesson-head">
        <h1 tabindex="-1">Free sandbox</h1>
        <p class="goal">Flip any switch and see at once what this browser and Node get.</p>
      </header>
      <div class="prose">
        <p>
          The first row of switches belongs to the demo server: which of its three forms runs, how
          it checks the token, and which transports it offers. The second row is your own attempt:
          what the client does.
        </p>
        <p>
          There is no expected result here, so you cannot get it wrong. If an outcome puzzles you,
          open its cell and read what went over the wire; the
          <a href=${link(state, { page: "lessons" })}>lessons</a> explain why.
        </p>
      </div>
    </section>
    ${results(state, actions)}
  </div>`;
}
