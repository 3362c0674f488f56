// The client that was chosen: who it is, its troubles, and its wire.
import { html, nothing, type TemplateResult } from "lit-html";
import { OTHERS } from "../../../scripts/model/follow/board.ts";
import type { ClientRow } from "../../../scripts/model/follow/board-entry.ts";
import type { FilledCell } from "../../../scripts/model/cell.ts";
import { wireView } from "../wire/wire-element.ts";
import { troubleView } from "./overview.ts";
import type { TraceModel } from "./trace-view.ts";
import {
  type Chosen,
  credentialIn,
  nameOf,
  newerSteps,
  type Only,
  shownSteps,
} from "./trace-state.ts";

export function chosenView(model: TraceModel, row: ClientRow): TemplateResult {
  const { state, trace, actions } = model;
  const { number, end, troubles } = row;
  const newer = newerSteps(trace);
  const isFull = newer > 0 && trace.chosen!.steps.length > 0;
  return html`<section class="trace-client" aria-labelledby="client-title" tabindex="0">
    <header class="detail-head">
      <div>
        <h2 id="client-title" tabindex="-1">
          ${number === OTHERS ? nothing : `#${number} `}${nameOf(row)}
        </h2>
        ${number === OTHERS ? nothing : html`<p>${credentialIn(row, trace.beganAt ?? 0).text}</p>`}
        ${end && html`<p class=${end.isGood ? "is-good" : "is-bad"}>${end.isGood ? "✓" : "✗"} ${end.text}</p>`}
      </div>
      <button type="button" class="button quiet" @click=${() => actions.close()}>
        Close <kbd aria-hidden="true">Esc</kbd>
      </button>
    </header>
    ${troubles.map((trouble) => troubleView(trouble, state))} ${stepsView(model, row)}
    ${
      isFull
        ? html`<p>
            ${newer} newer ${newer === 1 ? "step is" : "steps are"} not shown.
            <button type="button" class="button" @click=${() => actions.showLatest()}>
              Show the latest
            </button>
          </p>`
        : nothing
    }
  </section>`;
}

function stepsView({ state, trace }: TraceModel, row: ClientRow): TemplateResult | typeof nothing {
  const chosen = trace.chosen!;
  if (chosen.steps.length > 0) return wireOf(chosen, row, trace.only);
  if (chosen.isRead)
    return html`<p class="quiet-text">Its ${row.count} steps are no longer stored.</p>`;
  return state.connection === "lost"
    ? html`<p class="quiet-text">
        Its steps went with the trace. What <code>--save FILE</code> stores,
        <code>--read FILE --page</code> shows again.
      </p>`
    : nothing;
}

let drawn: { of: readonly unknown[]; view: TemplateResult } | undefined;

/** Drawn again only if it differs: other clients have news all the time. */
function wireOf(chosen: Chosen, row: ClientRow, only: Only): TemplateResult {
  const name = row.number === OTHERS ? "Clients" : `Client ${row.number}`;
  const of = [chosen.number, chosen.steps, only];
  if (drawn?.of.every((each, at) => each === of[at])) return drawn.view;
  const { before } = chosen;
  const cell: FilledCell = {
    client: "node",
    outcome: [],
    trace: {
      steps: shownSteps(chosen, only, row.firstAtMs),
      ...(before > 0 && { droppedSteps: before }),
    },
    verdict: "no expectation",
    differences: [],
    server: "app",
  };
  const view = wireView({
    cells: [cell],
    names: { browser: name, node: name },
    first: "node",
    about: { title: name, fileName: `trace-client-${row.number}-${only}` },
    isLive: true,
  });
  drawn = { of, view };
  return view;
}
