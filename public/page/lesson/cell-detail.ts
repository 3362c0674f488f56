// The open cell: the client's code, its outcome, why, and what went over the wire.
import { valueWords } from "../../../scripts/model/words/values.ts";
import { outcomeWords } from "../../../scripts/model/words/acts.ts";
import { html, nothing, type TemplateResult } from "lit-html";
import { CLIENTS } from "../../../scripts/model/vocabulary.ts";
import type { LessonActions } from "./lesson-actions.ts";
import { cellKey, type LessonState } from "./lesson-state.ts";
import { actTitle, actWords, codeOf } from "../../../scripts/model/words/acts.ts";
import { codeBlock } from "../shell/code-view.ts";
import { outcomeIcon } from "../shell/icons.ts";
import { refusalLens } from "../wire/refusal-lens.ts";
import { wireView } from "../wire/wire-element.ts";
import { predictedView } from "./predicted-view.ts";
import { reasonFor, type ShownCell, shownCell } from "./shown-cell.ts";

export function cellDetail(
  state: LessonState,
  actions: LessonActions,
): TemplateResult | typeof nothing {
  const shown = shownCell(state);
  return shown === undefined ? nothing : detailOf(state, shown, actions);
}

function detailOf(state: LessonState, shown: ShownCell, actions: LessonActions): TemplateResult {
  const { row, id } = shown;
  const why = reasonFor(shown);
  const [browser, node] = CLIENTS.map(
    (client) => state.cells[cellKey({ attempt: row.attempt.id, client })]?.filled,
  );
  const cells = [browser, node].filter((each) => each !== undefined);
  const names = state.columns;
  const isChosen = state.address.cell !== undefined;
  const { number } = state;
  const { title } = row.attempt;
  const fileName = number === undefined ? title : `lesson ${number} ${title}`;
  return html`<section
    class="detail-section ${isChosen ? "is-chosen" : ""}"
    aria-labelledby="detail-title"
    tabindex="0"
  >
    ${detailHead(state, shown, actions)} ${predictedView(state, row.attempt, actions)}
    ${differencesOf(shown)} ${why === undefined ? nothing : html`<p class="why">${why}</p>`}
    ${wireView({ cells, names, first: id.client, about: { title, fileName } })}
    ${refusalLens({ browser, node, names, now: Math.floor(Date.now() / 1000) })}
    ${detailFacts(state, shown)}
  </section>`;
}

/** What does not match the lesson. */
function differencesOf({ filled }: ShownCell): TemplateResult[] {
  return filled.differences.map(
    ({ field, expected, seen }) =>
      html`<p class="note-surprise">
        <code>${field}</code>: the lesson says <code>${valueWords(expected)}</code>, and it was
        <code>${valueWords(seen)}</code>.
      </p>`,
  );
}

function detailHead(
  state: LessonState,
  { row, id, filled }: ShownCell,
  actions: LessonActions,
): TemplateResult {
  const { sign, word, detail } = outcomeWords(filled.outcome, row.attempt);
  return html`<header class="detail-head">
    <div class="detail-title">
      <h2 id="detail-title">${row.attempt.title}</h2>
      <p class="outcome outcome-${sign}">
        ${outcomeIcon(sign)}<b
          >${state.columns[id.client]}: ${word}${sign === "warn" ? `, ${detail}` : ""}</b
        >
      </p>
      <p class="detail-server">${filled.server}</p>
    </div>
    <button type="button" class="button quiet" @click=${() => actions.closeCell()}>
      Close <kbd aria-hidden="true">Esc</kbd>
    </button>
  </header>`;
}

function detailFacts(state: LessonState, { row, id, filled }: ShownCell): TemplateResult {
  const { acts } = row.attempt;
  return html`<div class="detail-facts">
    <section>
      <h3>The client's code</h3>
      ${codeBlock(codeOf(acts))}
    </section>
    <section>
      <h3>What ${state.columns[id.client]} sees</h3>
      ${filled.outcome.map(
        (outcome, at) =>
          html`${acts.length > 1 ? html`<h4>${actTitle(acts[at]!)}</h4>` : nothing}
            <dl class="facts">
              ${actWords(outcome).facts.map(
                ([name, value]) =>
                  html`<div>
                    <dt>${name}</dt>
                    <dd>${value}</dd>
                  </div>`,
              )}
            </dl>`,
      )}
    </section>
  </div>`;
}
