// Compare: a file in its three formats, or two ways of checking a token, line by line.
import { html, nothing, type TemplateResult } from "lit-html";
import { currentSwitches, type State } from "../shell/state.ts";
import { waitingForServer } from "../shell/waiting.ts";
import { type CompareActions, runsNow } from "./compare-actions.ts";
import { columnsView } from "./columns-view.ts";
import { explanation } from "./explanation.ts";
import { fileTabs } from "./file-tabs.ts";
import { AUTH, type CompareState, isBeside, type LoadedComparison } from "./compare-state.ts";
import { differencesIn, rowsIn, type Run } from "./runs.ts";
import { stackView } from "./stack-view.ts";
import { compareTools } from "./compare-tools.ts";

interface Shown {
  state: State;
  compare: CompareState;
  actions: CompareActions;
}

export function compareView(shown: Shown): TemplateResult {
  const { state, compare, actions } = shown;
  const { loaded, error } = compare;
  const runs = runsNow(compare);
  return html`<header class="page-head compare-head">
      <h1 tabindex="-1">Compare</h1>
      <p>${loaded === undefined ? nothing : introduction(loaded, runs)}</p>
    </header>
    ${fileTabs(state, compare, actions)}
    <div class="compare-panel" role="tabpanel" id="compare-panel" aria-labelledby="selected-tab">
      ${error === undefined ? nothing : html`<p class="compare-error" role="alert">${error}</p>`}
      ${loaded === undefined ? waitingForServer(state) : comparison(shown, loaded, runs)}
    </div>`;
}

function introduction({ what }: LoadedComparison, runs: Run[]): string {
  const differ = rowsIn(differencesIn(runs, undefined));
  const of = `${differ} of ${rowsIn(runs)} rows differ`;
  return what === AUTH
    ? `The same check of a bearer token, with Passport and by hand: ${of}.`
    : `The demo server in three module formats: ${of}, each for a reason.`;
}

function comparison(
  { state, compare, actions }: Shown,
  loaded: LoadedComparison,
  runs: Run[],
): TemplateResult {
  const shown = { compare, loaded, runs, actions };
  return html`${compareTools(shown, currentSwitches(state).variant)}
  ${isBeside(compare) ? columnsView(shown) : stackView(shown)} ${explanation(shown)}`;
}
