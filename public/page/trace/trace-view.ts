// A trace as it is shown: the clients; beside them the wire of one, or what is to be known of all.
import { html, nothing, type TemplateResult } from "lit-html";
import { OTHERS } from "../../../scripts/model/follow/board.ts";
import type { TracePlace } from "../../../scripts/model/protocol.ts";
import { radioGroup } from "../shell/radio-group.ts";
import type { State } from "../shell/state.ts";
import { chosenView } from "./chosen-view.ts";
import { clientList } from "./client-list.ts";
import { overview } from "./overview.ts";
import type { TraceActions } from "./trace.ts";
import { chosenRow, ONLY, stateIn, type TraceState } from "./trace-state.ts";

export interface TraceModel {
  state: State;
  trace: TraceState;
  actions: TraceActions;
}

export function traceView(model: TraceModel): TemplateResult {
  const { state, trace, actions } = model;
  if (state.trace === null) return withoutTrace(state);
  const row = chosenRow(trace);
  return html`<div class="trace ${row === undefined ? "" : "has-client"}">
    <section class="trace-clients" aria-label="Clients" tabindex="0">
      ${head(model, state.trace)}
      ${radioGroup({
        legend: "Show",
        name: "only",
        options: ONLY.map((only) => ({
          label: only === "all" ? "everything" : only,
          isChosen: trace.only === only,
          choose: () => actions.filter(only),
        })),
      })}
      ${clientList(trace, actions)}
    </section>
    ${row === undefined ? overview(model, state.trace) : chosenView(model, row)}
  </div>`;
}

function withoutTrace({ connection }: State): TemplateResult {
  return html`<div class="prose">
    <h1 tabindex="-1">Trace</h1>
    ${
      connection === "connected"
        ? html`<p>
            This sandbox traces no app. To see the wire of your own, run
            <code>npm run trace -- --to http://127.0.0.1:5000 --page</code> with its address.
          </p>`
        : nothing
    }
  </div>`;
}

function head({ trace, actions }: TraceModel, { to, at }: TracePlace): TemplateResult {
  const clients = trace.clients.filter(({ number }) => number !== OTHERS);
  const connected = clients.filter((row) => stateIn(row, trace, Date.now()) === "connected").length;
  const troubles = trace.sum?.troubles.length ?? 0;
  const isLive = at !== null && !trace.isOver;
  return html`<header class="trace-head">
    <h1 tabindex="-1">${to}</h1>
    <p class="trace-live">
      ${isLive ? html`<b>Live:</b> ${connected} connected` : at === null ? "Saved trace" : "Ended"}
      · ${clients.length} ${clients.length === 1 ? "client" : "clients"}
      ${
        troubles === 0
          ? nothing
          : html`·
              <button class="trace-to-troubles" type="button" @click=${() => actions.close()}>
                ${troubles} ${troubles === 1 ? "trouble" : "troubles"}
              </button>`
      }
    </p>
  </header>`;
}
