// The free sandbox: no lesson, only the own attempt that the switches describe.
import { html, type TemplateResult } from "lit-html";
import type { Actions } from "../shell/actions.ts";
import { cellDetail } from "../lesson/cell-detail.ts";
import { matrixView } from "../lesson/matrix.ts";
import { link } from "../shell/links.ts";
import type { State } from "../shell/state.ts";

export function sandboxPage(state: State, actions: Actions): TemplateResult {
  return html`<div class="panes">
    <section class="pane pane-words" aria-label="About the free sandbox" tabindex="0">
      <header class="lesson-head">
        <h1 tabindex="-1">Free sandbox</h1>
        <p class="goal">Flip any switch and see at once what this browser and Node make of it.</p>
      </header>
      <div class="prose">
        <p>
          The first row of switches belongs to the server: which of its three forms runs, how it
          checks the token, and which transports it offers. The second row is your own attempt: what
          the client is told to do.
        </p>
        <p>
          Nothing here is expected, so nothing can be wrong. If an outcome puzzles you, open its
          cell and read what went over the wire; the
          <a href=${link(state, { page: "lessons" })}>lessons</a> tell why.
        </p>
      </div>
    </section>
    <div class="pane-work">${matrixView(state, actions)} ${cellDetail(state, actions)}</div>
  </div>`;
}
