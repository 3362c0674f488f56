// The open cell: what the client was told to do, what it experienced, why, and what went over the wire.
import { html, nothing, type TemplateResult } from "lit-html";
import { attemptCode, ownCode } from "./client-code.ts";
import { codeBlock } from "../shell/code-view.ts";
import { shapeIcon } from "../shell/icons.ts";
import { currentSwitches } from "../shell/state.ts";
import type { LessonActions } from "./lesson-actions.ts";
import { cellKey, type LessonState } from "./lesson-state.ts";
import { durationWords, outcomeFacts, outcomeWords } from "./outcome-words.ts";
import { waitingForServer } from "../shell/waiting.ts";
import { reasonFor, type ShownCell, shownCell } from "./shown-cell.ts";
import { CLIENTS } from "../../../scripts/model/vocabulary.ts";

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
    (client) => state.cells[cellKey({ attempt: row.id, client })]?.filled,
  );
  const cells = [browser, node].filter((each) => each !== undefined);
  const names = state.columns;
  const isChosen = state.address.cell !== undefined;
  const { number, wire } = state;
  const fileName = number === undefined ? row.id : `lesson-${number}-${row.id}`;
  return html`<section
    class="detail-section ${isChosen ? "is-chosen" : ""}"
    aria-labelledby="detail-title"
    tabindex="0"
  >
    ${detailHead(state, shown, actions)}
    ${why === undefined ? nothing : html`<p class="why">${why}</p>`}
    ${wire === undefined ? waitingForServer(state) : nothing}
    ${wire?.wireView({ cells, names, first: id.client, about: { title: row.title, fileName } }) ?? nothing}
    ${wire?.refusalLens({ browser, node, names, now: Math.floor(Date.now() / 1000) }) ?? nothing}
    ${detailFacts(state, shown)}
  </section>`;
}

function detailHead(
  state: LessonState,
  { row, id, filled }: ShownCell,
  actions: LessonActions,
): TemplateResult {
  const { shape, word } = outcomeWords(filled.outcome);
  return html`<header class="detail-head">
    <div class="detail-title">
      <h2 id="detail-title">${row.title}</h2>
      <p class="outcome outcome-${shape}">
        ${shapeIcon(shape)}<b>${state.columns[id.client]}: ${word}</b>
        <span class="duration">${durationWords(filled.outcome.durationMs)}</span>
      </p>
      <p class="detail-server">${filled.server}</p>
    </div>
    <button type="button" class="button quiet" @click=${() => actions.closeCell()}>
      Close <kbd aria-hidden="true">Esc</kbd>
    </button>
  </header>`;
}

function detailFacts(state: LessonState, { row, id, filled }: ShownCell): TemplateResult {
  const code =
    row.attempt === undefined ? ownCode(currentSwitches(state)) : attemptCode(row.attempt);
  return html`<div class="detail-facts">
    <section>
      <h3>What the client was told to do</h3>
      ${codeBlock(code)}
    </section>
    <section>
      <h3>What ${state.columns[id.client]} was told</h3>
      <dl class="facts">
        ${outcomeFacts(filled.outcome).map(
          ([name, value]) =>
            html`<div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
      </dl>
    </section>
  </div>`;
}
