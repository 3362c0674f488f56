// The token bench: a token, what it says, what each auth mode makes of it, and variants of it.
import { html, nothing, type TemplateResult } from "lit-html";
import { currentSwitches, type State } from "../shell/state.ts";
import { waitingForServer } from "../shell/waiting.ts";
import type { BenchActions } from "./bench-actions.ts";
import type { BenchState, BenchStep } from "./bench-state.ts";
import { decodedView } from "./decoded-view.ts";
import { draftForm } from "./draft-form.ts";
import { findFaults } from "./faults.ts";
import { faultsView } from "./faults-view.ts";
import { signatureView } from "./signature-view.ts";
import { decodeToken } from "./token-text.ts";
import { tokenField } from "./token-field.ts";
import { verdictsView } from "./verdicts-view.ts";

interface Shown {
  state: State;
  bench: BenchState;
  actions: BenchActions;
}

export function benchView(shown: Shown): TemplateResult {
  return html`<header class="page-head bench-head">
      <div>
        <h1 tabindex="-1">Token bench</h1>
        <p>Decode a token, see what each auth mode makes of it, change it, try again.</p>
      </div>
      ${steps(shown)}
    </header>
    ${shown.bench.choice === undefined ? waitingForServer(shown.state) : benchPanes(shown)}`;
}

function steps({ bench, actions }: Shown): TemplateResult {
  return html`<div class="bench-steps">
    ${stepButton("Undo", bench.past, () => actions.undo())}
    ${stepButton("Redo", bench.future, () => actions.redo())}
  </div>`;
}

function stepButton(name: string, left: readonly BenchStep[], go: () => void): TemplateResult {
  return html`<button type="button" class="button" ?disabled=${left.length === 0} @click=${go}>
    ${name}
  </button>`;
}

function benchPanes({ state, bench, actions }: Shown): TemplateResult {
  const { text, report, isJudging, now } = bench;
  const decoded = decodeToken(text ?? "");
  // The report of the token before says nothing about this one.
  const known = { now, report: isJudging ? undefined : report };
  const faults = "problem" in decoded ? [] : findFaults(decoded, known);
  return html`<div class="bench-panes">
    <section class="bench-pane" aria-labelledby="bench-token-title">
      <h2 id="bench-token-title">The token</h2>
      ${tokenField(bench, currentSwitches(state).token, actions)}
      ${
        bench.typed !== undefined
          ? nothing
          : html`${faultsView(bench, decoded, faults)}
            ${
              "problem" in decoded
                ? nothing
                : html`${decodedView(decoded, faults, actions.point)}
                  ${signatureView(decoded, bench, { faults, actions })}`
            }`
      }
    </section>
    <div class="bench-pane">${verdictsView(bench)} ${draftForm(bench, actions)}</div>
  </div>`;
}
