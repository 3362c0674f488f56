// The open cell: what the client was told to do, what it experienced, why, and what went over the wire.
import { html, nothing, type TemplateResult } from "lit-html";
import type { FilledCell } from "../../scripts/lab/sandbox/protocol.ts";
import type { Actions } from "./actions.ts";
import type { CellId } from "../../scripts/lab/sandbox/address.ts";
import { attemptCode, ownCode } from "./client-code.ts";
import { codeBlock } from "./code-view.ts";
import { shapeIcon } from "./icons.ts";
import { wirePart } from "./late-parts.ts";
import { type Row, rowsOf } from "./rows.ts";
import { durationWords, outcomeFacts, outcomeWords } from "./outcome-words.ts";
import {
  cellKey,
  CLIENTS,
  currentSwitches,
  isRevealed,
  openLesson,
  OWN,
  type State,
} from "./state.ts";

/** The cell that was opened; else the one that the lesson shows first. */
export function shownCell(state: State): CellId {
  return state.address.cell ?? openLesson(state)?.show ?? { attempt: OWN, client: "browser" };
}

export function cellDetail(state: State, actions: Actions): TemplateResult | typeof nothing {
  const id = shownCell(state);
  const row = rowsOf(state).find((each) => each.id === id.attempt);
  if (row === undefined || (!isRevealed(state) && row.id !== OWN)) return nothing;
  const { filled } = state.cells[cellKey(id)] ?? {};
  return filled === undefined ? nothing : detailOf(state, { row, id, filled }, actions);
}

interface Opened {
  row: Row;
  id: CellId;
  filled: FilledCell;
}

function detailOf(state: State, opened: Opened, actions: Actions): TemplateResult {
  const { row, id } = opened;
  const why = row.attempt?.why[id.client];
  const wire = wirePart();
  const [browser, node] = CLIENTS.map(
    (client) => state.cells[cellKey({ attempt: row.id, client })]?.filled,
  );
  const cells = [browser, node].filter((each) => each !== undefined);
  const names = state.columns;
  const isChosen = state.address.cell !== undefined;
  return html`<section
    class="detail-section ${isChosen ? "is-chosen" : ""}"
    aria-labelledby="detail-title"
    tabindex="0"
  >
    ${detailHead(state, opened, actions)}
    ${why === undefined ? nothing : html`<p class="why">${why}</p>`}
    ${wire?.wireView({ cells, names, first: id.client }) ?? nothing}
    ${wire?.refusalLens({ browser, node, names, now: Math.floor(Date.now() / 1000) }) ?? nothing}
    ${detailFacts(state, opened)}
  </section>`;
}

function detailHead(state: State, { row, id, filled }: Opened, actions: Actions): TemplateResult {
  const { shape, word } = outcomeWords(filled.outcome);
  return html`<header class="detail-head">
    <h2 id="detail-title">${row.title}</h2>
    <p class="outcome outcome-${shape}">
      ${shapeIcon(shape)}<b>${state.columns[id.client]}: ${word}</b>
      <span class="duration">${durationWords(filled.outcome.durationMs)}</span>
    </p>
    <p class="detail-server">${filled.server}</p>
    ${
      state.address.cell === undefined
        ? nothing
        : html`<button
            type="button"
            class="button quiet"
            @click=${() => actions.openCell(undefined)}
          >
            Close <kbd aria-hidden="true">Esc</kbd>
          </button>`
    }
  </header>`;
}

function detailFacts(state: State, { row, id, filled }: Opened): TemplateResult {
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
