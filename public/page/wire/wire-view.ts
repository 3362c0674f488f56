// The view of the wire: what is shown, the diagrams, the details of a step, and the same as a list.
import { html, nothing, type TemplateResult } from "lit-html";
import type { Client } from "../../../scripts/model/vocabulary.ts";
import type { SeenToken } from "../../../scripts/model/trace.ts";
import { draw } from "./draw.ts";
import { legend } from "./legend.ts";
import { signatureState } from "./signature-words.ts";
import { stepDetails } from "./step-details.ts";
import { stepList } from "./step-list.ts";
import { tokenCard } from "./token-card.ts";
import type { Diagram } from "./diagram.ts";
import type { Picture } from "./wire-picture.ts";
import { chosenRow, currentRow, type Shown, type WireState } from "./wire-state.ts";

export interface WireHandlers {
  onShow: (shown: Shown) => void;
  onRoutine: () => void;
  onRow: (client: Client, row: number) => void;
  onClick: (client: Client, row: number) => void;
  onKey: (event: KeyboardEvent, diagram: Diagram) => void;
  onToken: (token: SeenToken, event: PointerEvent, diagram: Diagram) => void;
  onCloseDetails: () => void;
  onExport: (kind: "svg" | "json", diagram: Diagram) => void;
}

/** A token that the pointer is at. */
export interface Hovered {
  token: SeenToken;
  diagram: Diagram;
}

export interface WireModel extends WireHandlers {
  picture: Picture;
  state: WireState;
  names: Record<Client, string>;
  hovered: Hovered | undefined;
  /** Seconds since 1970. */
  now: number;
}

export function wireTemplate(model: WireModel): TemplateResult {
  const { picture } = model;
  return html`<header class="wire-bar">
      <h3>The wire</h3>
      ${picture.parting === undefined ? nothing : showSwitch(model)}
      <label class="wire-routine">
        <input type="checkbox" .checked=${model.state.showsRoutine} @change=${model.onRoutine} />
        Show every step
      </label>
    </header>
    ${partingOf(picture)}
    <div class="wire-diagrams">${picture.diagrams.map((diagram) => figure(diagram, model))}</div>
    ${legend()} ${detailsOf(model)} ${picture.diagrams.map((diagram) => asList(diagram))}
    ${hoverCard(model)}`;
}

function partingOf({ parting }: Picture): TemplateResult | typeof nothing {
  if (parting === undefined) return nothing;
  const { words, doPart } = parting;
  return html`<p class="wire-parting-words ${doPart ? "is-parting" : ""}">${words}</p>`;
}

function showSwitch({ picture, names, onShow }: WireModel): TemplateResult {
  const choices: [Shown, string][] = [
    ["both", "Both"],
    ["browser", names.browser],
    ["node", names.node],
  ];
  return html`<div class="wire-show" role="group" aria-label="Whose attempt is shown">
    ${choices.map(
      ([shown, label]) =>
        html`<button
          type="button"
          class="button quiet"
          aria-pressed=${picture.shown === shown}
          @click=${() => onShow(shown)}
        >
          ${label}
        </button>`,
    )}
  </div>`;
}

function figure(diagram: Diagram, model: WireModel): TemplateResult {
  const { cell, names, layout } = diagram;
  const count = cell.trace.steps.length;
  const drawing = {
    label: `${names.client} and the ${names.server}: ${count} steps. Arrow keys go from step to step.`,
    current: currentRow(diagram, model.state),
    chosen: chosenRow(diagram, model.state),
    onRow: (row: number) => model.onRow(cell.client, row),
    onClick: (row: number) => model.onClick(cell.client, row),
    onKey: (event: KeyboardEvent) => model.onKey(event, diagram),
    onToken: (token: SeenToken, event: PointerEvent) => model.onToken(token, event, diagram),
  };
  return html`<div class="wire-figure" data-client=${cell.client}>
    ${count === 0 ? html`<p class="quiet-text">Nothing went over the wire.</p>` : draw(layout, drawing)}
    ${cell.trace.omittedSteps ? html`<p class="quiet-text">… and ${cell.trace.omittedSteps} further steps.</p>` : nothing}
    <p class="wire-export">
      ${names.client}:
      <button type="button" class="button quiet" @click=${() => model.onExport("svg", diagram)}>
        Save as SVG
      </button>
      <button type="button" class="button quiet" @click=${() => model.onExport("json", diagram)}>
        Save as JSON
      </button>
    </p>
  </div>`;
}

function detailsOf({
  picture,
  state,
  now,
  onCloseDetails,
}: WireModel): TemplateResult | typeof nothing {
  const diagram = picture.diagrams.find((each) => chosenRow(each, state) !== undefined);
  if (diagram === undefined) return nothing;
  const { steps: chosen } = diagram.layout.rows[chosenRow(diagram, state)!]!;
  const { cell, names } = diagram;
  const { steps } = cell.trace;
  return html`<div class="wire-panel">
    <button type="button" class="button quiet wire-close" @click=${onCloseDetails}>Close</button>
    ${chosen.map((index) => stepDetails({ steps, index, names, now }))}
  </div>`;
}

function asList({ cell, names }: Diagram): TemplateResult {
  return html`<details class="wire-as-list">
    <summary>${names.client}: all ${cell.trace.steps.length} steps in words</summary>
    ${stepList(cell.trace, names)}
  </details>`;
}

/** Shown by the pointer alone; the keyboard finds the same card among the details of the step. */
function hoverCard({ hovered, now }: WireModel): TemplateResult {
  return html`<div class="wire-hover" ?hidden=${hovered === undefined}>
    ${hovered === undefined ? nothing : cardOf(hovered, now)}
  </div>`;
}

function cardOf({ token, diagram }: Hovered, now: number): TemplateResult {
  const { steps } = diagram.cell.trace;
  const index = steps.findIndex((step) => "tokens" in step && step.tokens.includes(token));
  return tokenCard({ token, signature: signatureState(steps, index, token), now });
}
