// The view of the wire: where two attempts diverge, what is shown, the diagrams with the details of a step, and the same as a list.
import { html, nothing, type TemplateResult } from "lit-html";
import type { Client } from "../../../scripts/model/vocabulary.ts";
import { counted } from "../../../scripts/model/words/counted.ts";
import { stepWords } from "../../../scripts/model/words/step.ts";
import { stoppedWords } from "../../../scripts/model/words/stopped.ts";
import { draw, drawHead } from "./draw.ts";
import {
  type Choice,
  chosenRow,
  currentRow,
  type Diagram,
  endOf,
  type Picture,
  type Shown,
} from "./picture.ts";
import { legend } from "./signs.ts";
import { stepDetails } from "./step-details.ts";

interface WireHandlers {
  onShow: (shown: Shown) => void;
  onShowAll: () => void;
  onEnlarge: () => void;
  /** To where two attempts diverge. */
  onDivergence: () => void;
  onClick: (client: Client, row: number) => void;
  onKey: (event: KeyboardEvent, diagram: Diagram, row: number) => void;
  onCloseDetails: () => void;
  onPicture: () => void;
  onJson: (diagram: Diagram) => void;
}

interface WireModel extends WireHandlers {
  title: string;
  picture: Picture;
  choice: Choice;
  names: Record<Client, string>;
  /** How much room the details take below their row, in pixels of the screen. */
  below: number;
  /** Seconds since 1970. */
  now: number;
}

export function wireTemplate(model: WireModel): TemplateResult {
  const { picture, choice, title } = model;
  const { diagrams, zoom } = picture;
  const content = html`<header class="wire-bar">
      <h3 class=${picture.divergence && !choice.isLarge ? "visually-hidden" : ""}>
        ${choice.isLarge ? title : "The wire"}
      </h3>
      ${divergenceOf(model)} ${tools(model)}
    </header>
    <div class="wire-body">
      <div class="wire-heads">${diagrams.map(({ layout }) => drawHead(layout, zoom))}</div>
      <div class="wire-diagrams">${diagrams.map((diagram) => figure(diagram, model))}</div>
    </div>
    ${stoppedNote(picture)} ${legend()} ${saving(model)}
    ${diagrams.map((diagram) => asList(diagram))}`;
  if (!choice.isLarge) return content;
  return html`<dialog class="wire-large" aria-label="The wire: ${title}" @close=${model.onEnlarge}>
    ${content}
  </dialog>`;
}

function divergenceOf({
  picture: { divergence },
  onDivergence,
}: WireModel): TemplateResult | typeof nothing {
  if (divergence === undefined) return nothing;
  const { words, row, isInRoutine } = divergence;
  const name = `wire-divergence-words ${row && !isInRoutine ? "is-divergence" : ""}`;
  if (row === undefined) return html`<p class=${name}>${words}</p>`;
  return html`<button type="button" class=${name} title="Go there" @click=${onDivergence}>
    ${words}
  </button>`;
}

function tools(model: WireModel): TemplateResult {
  const { picture, choice, onShowAll, onEnlarge } = model;
  return html`<div class="wire-tools">
    ${picture.divergence === undefined ? nothing : showSwitch(model)}
    <label class="wire-show-all">
      <input type="checkbox" .checked=${choice.open === "all"} @change=${onShowAll} />
      Every step
    </label>
    <button
      type="button"
      class="button quiet wire-enlarge"
      ?autofocus=${choice.isLarge}
      @click=${onEnlarge}
    >
      ${choice.isLarge ? "Close" : "Enlarge"}
      <kbd aria-hidden="true">${choice.isLarge ? "Esc" : "z"}</kbd>
    </button>
  </div>`;
}

function showSwitch({ picture, names, onShow }: WireModel): TemplateResult {
  const choices: [Shown, string][] = [
    ["both", "Both"],
    ["browser", names.browser],
    ["node", names.node],
  ];
  return html`<div class="wire-show" role="group" aria-label="Whose attempt is shown">
    ${choices.map(([shown, label]) =>
      shown === "both" && !picture.fitsBoth
        ? nothing
        : html`<button
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
    label: `${names.client} and the ${names.server}: ${counted(count, "step")}. Arrow keys go from step to step, Enter goes to the details.`,
    current: currentRow(diagram, model.choice),
    chosen: chosenRow(diagram, model.choice),
    gap: model.choice.current && {
      row: model.choice.current.row,
      height: model.below / model.picture.zoom,
    },
    onClick: (row: number) => model.onClick(cell.client, row),
    onKey: (event: KeyboardEvent, row: number) => model.onKey(event, diagram, row),
  };
  return html`<div class="wire-figure" data-client=${cell.client}>
    ${lostSteps(cell.trace.droppedSteps, "earlier")}
    ${count === 0 ? html`<p class="quiet-text">Nothing went over the wire.</p>` : draw(layout, drawing, model.picture.zoom)}
    ${drawing.chosen === undefined ? nothing : detailsOf(model, diagram, drawing.chosen)}
    ${lostSteps(cell.trace.omittedSteps, "further")}
  </div>`;
}

function lostSteps(count = 0, which: "earlier" | "further"): TemplateResult | typeof nothing {
  if (count === 0) return nothing;
  return html`<p class="quiet-text">${count} ${which} steps were not stored.</p>`;
}

/**
 * Below the row that they are of, in room that the layout has left there; those of two attempts beside each other. For the
 * Tab key they follow the diagram in which the row was chosen.
 */
function detailsOf(
  { picture, now, onCloseDetails }: WireModel,
  diagram: Diagram,
  row: number,
): TemplateResult {
  const close = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    onCloseDetails();
  };
  return html`<div
    class="wire-panel"
    role="group"
    aria-label="Details"
    tabindex="0"
    @keydown=${close}
  >
    ${picture.diagrams.map((each) => {
      const { steps } = each.cell.trace;
      const { client } = each.names;
      const {
        steps: [index],
        sentence,
      } = each.layout.rows[row]!;
      return index === undefined
        ? html`<p class="quiet-text">${client} has nothing beside it.</p>`
        : stepDetails({ steps, index, client, sentence, isChosen: each === diagram, now });
    })}
    <button type="button" class="button quiet wire-close" @click=${onCloseDetails}>
      Close <kbd aria-hidden="true">Esc</kbd>
    </button>
  </div>`;
}

function saving({ picture: { diagrams }, onPicture, onJson }: WireModel): TemplateResult {
  return html`<p class="wire-export">
    <button type="button" class="button quiet" @click=${onPicture}>
      Save ${diagrams.length > 1 ? "both as one picture" : "as a picture"}
    </button>
    ${diagrams.map(
      (diagram) =>
        html`<button type="button" class="button quiet" @click=${() => onJson(diagram)}>
          Save ${diagram.names.client} as JSON
        </button>`,
    )}
  </p>`;
}

function stoppedNote({ diagrams }: Picture): TemplateResult | typeof nothing {
  const words = stoppedWords(diagrams.map(endOf));
  return words === "" ? nothing : html`<p class="quiet-text">${words}</p>`;
}

function asList({ cell, names }: Diagram): TemplateResult {
  const { steps } = cell.trace;
  return html`<details class="wire-as-list">
    <summary>${names.client}: all ${steps.length} steps in words</summary>
    <ol class="step-list">
      ${steps.map((step) => html`<li>${stepWords(step, names).sentence}</li>`)}
    </ol>
  </details>`;
}
