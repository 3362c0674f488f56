// Compare: a file in its three formats, or two ways of checking a token, line by line.
import { html, nothing, type TemplateResult } from "lit-html";
import type { Actions } from "../shell/actions.ts";
import type { State } from "../shell/state.ts";
import { runsNow } from "./compare-actions.ts";
import { columnsView } from "./columns-view.ts";
import { explanation } from "./explanation.ts";
import { fileTabs } from "./file-tabs.ts";
import { AUTH, isBeside, type LoadedComparison } from "./compare-state.ts";
import { differencesIn, rowsIn, type Run } from "./runs.ts";
import { stackView } from "./stack-view.ts";
import { compareTools } from "./compare-tools.ts";

export function comparePage(state: State, actions: Actions): TemplateResult {
  const { loaded, error } = state.compare;
  const runs = runsNow(state.compare);
  return html`<header class="compare-head">
      <h1 tabindex="-1">Compare</h1>
      <p>${loaded === undefined ? nothing : introduction(loaded, runs)}</p>
    </header>
    ${fileTabs(state, actions)}
    <div class="compare-panel" role="tabpanel" id="compare-panel" aria-labelledby="selected-tab">
      ${error === undefined ? nothing : html`<p class="compare-error" role="alert">${error}</p>`}
      ${loaded === undefined ? nothing : comparison(state, loaded, runs, actions)}
    </div>`;
}

function introduction({ what }: LoadedComparison, runs: Run[]): string {
  const differ = rowsIn(differencesIn(runs, undefined));
  const of = `${differ} of ${rowsIn(runs)} rows differ`;
  return what === AUTH
    ? `The same check of a bearer token, with Passport and by hand: ${of}.`
    : `The same server in three module formats: ${of}, each for a reason.`;
}

function comparison(
  state: State,
  loaded: LoadedComparison,
  runs: Run[],
  actions: Actions,
): TemplateResult {
  const { compare } = state;
  const shown = { compare, loaded, runs, actions: actions.compare };
  return html`${compareTools(state, loaded, runs, actions)}
  ${isBeside(compare) ? columnsView(shown) : stackView(shown)} ${explanation(shown)}`;
}
