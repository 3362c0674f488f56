// The token bench: a token, what it says, what each auth mode says of it, and variants of it.
import { html, nothing, type TemplateResult } from "lit-html";
import type { Actions } from "../shell/actions.ts";
import type { State } from "../shell/state.ts";
import { decodedView } from "./decoded-view.ts";
import { draftForm } from "./draft-form.ts";
import { findFaults } from "./glance.ts";
import { glanceView } from "./glance-view.ts";
import { decodeToken } from "./token-text.ts";
import { tokenField } from "./token-field.ts";
import { verdictsView } from "./verdicts-view.ts";

export function benchPage(state: State, actions: Actions): TemplateResult {
  const { bench } = state;
  return html`<header class="bench-head">
      <div>
        <h1 tabindex="-1">Token bench</h1>
        <p>Read a token, hear what each mode says of it, change it and try again.</p>
      </div>
      ${steps(state, actions)}
    </header>
    ${bench.choice === undefined ? nothing : benchPanes(state, actions)}`;
}

function steps({ bench }: State, actions: Actions): TemplateResult {
  return html`<div class="bench-steps">
    <button
      type="button"
      class="button"
      ?disabled=${bench.past.length === 0}
      @click=${() => actions.bench.undo()}
    >
      Undo
    </button>
    <button
      type="button"
      class="button"
      ?disabled=${bench.future.length === 0}
      @click=${() => actions.bench.redo()}
    >
      Redo
    </button>
  </div>`;
}

function benchPanes(state: State, actions: Actions): TemplateResult {
  const { bench } = state;
  const { text, report, isJudging, now } = bench;
  const decoded = decodeToken(text ?? "");
  // The report of the token before says nothing about this one.
  const known = { now, report: isJudging ? undefined : report };
  const faults = "problem" in decoded ? [] : findFaults(decoded, known);
  return html`<div class="bench-panes">
    <section class="bench-pane" aria-labelledby="bench-token-title">
      <h2 id="bench-token-title">The token</h2>
      ${tokenField(state, actions)}
      ${
        bench.isTyping
          ? html`<p class="quiet-text">Press Enter to have it read and judged.</p>`
          : html`${glanceView(bench, decoded, faults)}
            ${"problem" in decoded ? nothing : decodedView(decoded, faults)}`
      }
    </section>
    <div class="bench-pane">${verdictsView(bench)} ${draftForm(bench, actions.bench)}</div>
  </div>`;
}
