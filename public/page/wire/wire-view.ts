// The view of the wire: what is shown, the diagrams, the details of a step, and the same as a list.
import { html, nothing, type TemplateResult } from "lit-html";
import type { Client } from "../../../scripts/model/vocabulary.ts";
import type { SeenToken, Trace } from "../../../scripts/model/trace.ts";
import { stepWords } from "../../../scripts/model/words/step.ts";
import { draw } from "./draw.ts";
import {
  type Choice,
  chosenRow,
  currentRow,
  type Diagram,
  type Picture,
  type Shown,
} from "./picture.ts";
import { legend } from "./signs.ts";
import { stepDetails } from "./step-details.ts";
import { tokenCard } from "./token-card.ts";

interface WireHandlers {
  onShow: (shown: Shown) => void;
  onShowAll: () => void;
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

interface WireModel extends WireHandlers {
  picture: Picture;
  choice: Choice;
  names: Record<Client, string>;
  hovered: Hovered | undefined;
  /** Seconds since 1970. */
  now: number;
}

export function wireTemplate(model: WireModel): TemplateResult {
  const { picture } = model;
  return html`<header class="wire-bar">
      <h3>The wire</h3>
      ${picture.divergence === undefined ? nothing : showSwitch(model)}
      <label class="wire-show-all">
        <input type="checkbox" .checked=${model.choice.showsAll} @change=${model.onShowAll} />
        Show every step
      </label>
    </header>
    ${divergenceOf(picture)}
    <div class="wire-diagrams">${picture.diagrams.map((diagram) => figure(diagram, model))}</div>
    ${legend()} ${detailsOf(model)} ${picture.diagrams.map((diagram) => asList(diagram))}
    ${hoverCard(model)}`;
}

function divergenceOf({ divergence }: Picture): TemplateResult | typeof nothing {
  if (divergence === undefined) return nothing;
  const { words, isThere } = divergence;
  return html`<p class="wire-divergence-words ${isThere ? "is-divergence" : ""}">${words}</p>`;
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
    current: currentRow(diagram, model.choice),
    chosen: chosenRow(diagram, model.choice),
    onRow: (row: number) => model.onRow(cell.client, row),
    onClick: (row: number) => model.onClick(cell.client, row),
    onKey: (event: KeyboardEvent) => model.onKey(event, diagram),
    onToken: (token: SeenToken, event: PointerEvent) => model.onToken(token, event, diagram),
  };
  return html`<div class="wire-figure" data-client=${cell.client}>
    ${count === 0 ? html`<p class="quiet-text">Nothing went over the wire.</p>` : draw(layout, drawing)}
    ${lostSteps(cell.trace)}
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

function lostSteps({ droppedSteps, omittedSteps }: Trace): TemplateResult | typeof nothing {
  const words = [
    ...(droppedSteps ? [`${droppedSteps} earlier steps were not kept.`] : []),
    ...(omittedSteps ? [`${omittedSteps} further steps were not kept.`] : []),
  ];
  return words.length === 0 ? nothing : html`<p class="quiet-text">${words.join(" ")}</p>`;
}

function detailsOf({
  picture,
  choice,
  now,
  onCloseDetails,
}: WireModel): TemplateResult | typeof nothing {
  const diagram = picture.diagrams.find((each) => chosenRow(each, choice) !== undefined);
  if (diagram === undefined) return nothing;
  const { steps: chosen } = diagram.layout.rows[chosenRow(diagram, choice)!]!;
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
    <ol class="step-list">
      ${cell.trace.steps.map((step) => html`<li>${stepWords(step, names).sentence}</li>`)}
    </ol>
  </details>`;
}

/** For the pointer alone; the keyboard finds the same card among the details of the step. */
function hoverCard({ hovered, now }: WireModel): TemplateResult {
  return html`<div class="wire-hover" ?hidden=${hovered === undefined}>
    ${hovered === undefined ? nothing : cardOf(hovered, now)}
  </div>`;
}

function cardOf({ token, diagram }: Hovered, now: number): TemplateResult {
  const { steps } = diagram.cell.trace;
  const step = steps.find((each) => "tokens" in each && each.tokens.includes(token))!;
  return tokenCard({ token, steps, step, now });
}
