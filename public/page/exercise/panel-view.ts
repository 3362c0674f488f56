// Below the editor and the rows: a comparison, the earlier versions, or what went over the wire in a row.
import { html, nothing, type TemplateResult } from "lit-html";
import { columnsView } from "../compare/columns-view.ts";
import { runsNow } from "../compare/compare-actions.ts";
import { isBeside } from "../compare/compare-state.ts";
import { stackView } from "../compare/stack-view.ts";
import type { Panel } from "./exercise-state.ts";
import type { Shown } from "./exercise-view.ts";

export function panelView(shown: Shown): TemplateResult | typeof nothing {
  const { panel } = shown.exercise;
  if (panel === undefined) return nothing;
  return html`<section class="exercise-panel" aria-labelledby="panel-title">
    <header>
      <h2 id="panel-title" tabindex="-1">${titleOf(panel)}</h2>
      <button type="button" class="button quiet" @click=${() => shown.actions.closePanel()}>
        Close <kbd aria-hidden="true">Esc</kbd>
      </button>
    </header>
    ${contentOf(shown, panel)}
  </section>`;
}

function titleOf(panel: Panel): string {
  if (panel.is === "comparison") return panel.title;
  return panel.is === "row" ? panel.row.title : "Earlier versions";
}

function contentOf(shown: Shown, panel: Panel): TemplateResult {
  if (panel.is === "comparison") return comparison(shown);
  return panel.is === "versions" ? versions(shown, panel.storedAt) : rowDetails(shown, panel);
}

function comparison({ compare, compareActions: actions }: Shown): TemplateResult {
  const { loaded } = compare;
  const runs = runsNow(compare);
  if (loaded === undefined || runs.every(({ kinds }) => kinds.length === 0))
    return html`<p>Nothing differs.</p>`;
  const shown = { compare, loaded, runs, actions };
  return html`${isBeside(compare) ? columnsView(shown) : stackView(shown)}
    <span hidden id="kind-changed">${loaded.comparison.kinds["changed"]}</span>`;
}

function versions({ actions }: Shown, storedAt: readonly string[]): TemplateResult {
  if (storedAt.length === 0) return html`<p>Nothing is stored yet.</p>`;
  return html`<p class="quiet-text">
      A version is stored at each save, and before something is written over. The latest is first.
    </p>
    <ol class="versions">
      ${storedAt.map(
        (time) =>
          html`<li>
            <time>${time.slice(0, 19)}</time>
            <button
              type="button"
              class="button"
              aria-label="Compare ${time}"
              @click=${() => actions.compare(`from ${time} to mine`, { storedAt: time })}
            >
              Compare
            </button>
            <button
              type="button"
              class="button"
              aria-label="Bring back ${time}"
              @click=${() => actions.restore(time)}
            >
              Bring back
            </button>
          </li>`,
      )}
    </ol>`;
}

function rowDetails(
  { state, exercise }: Shown,
  { row, details: { cell, sent }, wire }: Extract<Panel, { is: "row" }>,
): TemplateResult {
  if (cell === undefined)
    return sent === undefined || sent.length === 0
      ? html`<p>Of a case that passes, nothing is recorded.</p>`
      : html`<pre class="code-block"><code>${sent.join("\n")}</code></pre>`;
  // It is the one that made the attempt, and not the one that shows this page.
  const names = { ...state.columns, ...(cell.browser && { browser: cell.browser }) };
  const cells = [{ ...cell, verdict: "no expectation" as const, differences: [] }];
  const fileName = `exercise ${exercise.place?.exercise} ${row.title}`;
  const about = { title: row.title, fileName };
  return wire({ cells, names, first: cell.client, about });
}
