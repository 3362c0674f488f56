// The clients of a trace, one of which can be chosen. A new one is the last, so that nothing moves that somebody reads.
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { repeat } from "lit-html/directives/repeat.js";
import { OTHERS } from "../../../scripts/model/follow/board.ts";
import type { ClientRow } from "../../../scripts/model/follow/board-entry.ts";
import { counted } from "../../../scripts/model/words/counted.ts";
import type { TraceActions } from "./trace.ts";
import { credentialIn, nameOf, shownClients, stateIn, type TraceState } from "./trace-state.ts";

export function clientList(trace: TraceState, actions: TraceActions): TemplateResult {
  const rows = shownClients(trace);
  return html`<fieldset class="client-list">
      <legend class="visually-hidden">Whose wire is shown</legend>
      ${repeat(
        rows,
        ({ number }) => number,
        (row) => clientView(row, trace, actions),
      )}
    </fieldset>
    ${notListed(trace, rows.length)}`;
}

function clientView(row: ClientRow, trace: TraceState, actions: TraceActions): TemplateResult {
  const { number, end, troubles, count } = row;
  const isOther = number === OTHERS;
  const state = isOther ? counted(count, "step") : stateIn(row, trace, Date.now());
  const credential = credentialIn(row, trace.beganAt ?? 0);
  return html`<label class="client">
    <input
      type="radio"
      name="client"
      value=${number}
      .checked=${live(trace.chosen?.number === number)}
      @change=${() => actions.choose(number)}
    />
    <span class="client-name">
      <b>${isOther ? nothing : `#${number} `}${nameOf(row)}</b>
      <span class="client-state ${state === "connected" ? "is-connected" : ""}">${state}</span>
    </span>
    ${isOther ? nothing : html`<span class="client-credential credential-${credential.state}">${credential.text}</span>`}
    ${end && html`<span class="client-end ${end.isGood ? "is-good" : "is-bad"}">${end.isGood ? "✓" : "✗"} ${end.text}</span>`}
    ${troubles.map(({ sentence }) => html`<span class="client-trouble">! ${sentence}</span>`)}
  </label>`;
}

function notListed(
  { forgotten, folded, clients, only }: TraceState,
  shown: number,
): TemplateResult | typeof nothing {
  const hidden = clients.length - shown;
  const sentences = [
    hidden > 0 && `${hidden} more without ${only === "refused" ? "a refusal" : only}.`,
    folded > 0 && `${folded} more ${folded === 1 ? "was" : "were"} refused as one above was.`,
    forgotten > 0 &&
      `${forgotten} earlier ${forgotten === 1 ? "client is" : "clients are"} no longer stored.`,
  ].filter((sentence) => sentence !== false);
  return sentences.length === 0
    ? nothing
    : html`<p class="quiet-text trace-not-listed">${sentences.join(" ")}</p>`;
}
