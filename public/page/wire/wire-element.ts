// The element <wire-view>: keeps what was chosen, knows its width, and renders the wire of one or two attempts.
import type { FilledCell } from "../../../scripts/model/cell.ts";
import { html, render, type TemplateResult } from "lit-html";
import type { Client } from "../../../scripts/model/vocabulary.ts";
import type { SeenToken } from "../../../scripts/model/trace.ts";
import { type About, saveJson, saveSvg } from "./save.ts";
import { type Hovered, wireTemplate } from "./wire-view.ts";
import {
  type Choice,
  currentRow,
  type Diagram,
  NOTHING_CHOSEN,
  type Picture,
  type PictureInput,
  pictureOf,
  rowAfterKey,
  rowBeside,
} from "./picture.ts";

/** What the wire shows. */
interface WireInput extends Omit<PictureInput, "width"> {
  about: About;
}

/** Puts the wire on a page. */
export function wireView(input: WireInput): TemplateResult {
  return html`<wire-view .input=${input}></wire-view>`;
}

function areSame(one: readonly FilledCell[] | undefined, other: readonly FilledCell[]): boolean {
  return one?.length === other.length && one.every((cell, index) => cell === other[index]);
}

/** A smaller width is not final: the style sheet is still loading, or the page is hidden. */
const NARROWEST = 200;

class WireElement extends HTMLElement {
  #input: WireInput | undefined;
  #choice: Choice = NOTHING_CHOSEN;
  #hovered: Hovered | undefined;
  #width = 0;
  #picture: Picture | undefined;
  readonly #observer = new ResizeObserver(() => this.#measure());

  set input(input: WireInput) {
    const isOther = !areSame(this.#input?.cells, input.cells);
    if (isOther) {
      this.#choice = { ...this.#choice, current: undefined, hasDetails: false };
      this.#hovered = undefined;
    }
    this.#input = input;
    this.#render();
  }

  connectedCallback(): void {
    this.#observer.observe(this);
    this.addEventListener("pointerover", this.#leaveToken);
    this.addEventListener("pointerleave", this.#closeCard);
    this.#measure();
  }

  disconnectedCallback(): void {
    this.#observer.disconnect();
    this.removeEventListener("pointerover", this.#leaveToken);
    this.removeEventListener("pointerleave", this.#closeCard);
  }

  #measure(): void {
    const width = Math.floor(this.clientWidth);
    if (width < NARROWEST || width === this.#width) return;
    this.#width = width;
    this.#render();
  }

  #change(change: Partial<Choice>): void {
    this.#choice = { ...this.#choice, ...change };
    this.#render();
  }

  #render(): void {
    if (this.#input === undefined || this.#width === 0) return;
    const { about } = this.#input;
    const picture = pictureOf({ ...this.#input, width: this.#width }, this.#choice);
    this.#picture = picture;
    const template = wireTemplate({
      picture,
      choice: this.#choice,
      names: this.#input.names,
      hovered: this.#hovered,
      now: Math.floor(Date.now() / 1000),
      onShow: (shown) => this.#change({ shown, current: undefined, hasDetails: false }),
      onShowAll: () => this.#toggleAll(),
      onRow: (client, row) => this.#choose(client, row),
      onClick: (client, row) => this.#click(client, row),
      onKey: (event, diagram) => this.#press(event, diagram),
      onToken: (token, event, diagram) => this.#hover(token, event, diagram),
      onCloseDetails: () => this.#closeDetails(),
      onExport: (kind, diagram) =>
        kind === "svg" ? saveSvg(diagram, about, this) : saveJson(diagram, about),
    });
    render(template, this);
  }

  // --- Choosing a step ---

  #choose(client: Client, row: number): void {
    const { current, hasDetails } = this.#choice;
    if (hasDetails && current?.client === client && current.row === row) return;
    this.#change({ current: { client, row }, hasDetails: true });
  }

  #click(client: Client, row: number): void {
    if (this.#diagramOf(client)?.layout.rows[row]?.isFolded) this.#unfold(client, row);
    else this.#goTo(client, row);
  }

  #diagramOf(client: Client): Diagram | undefined {
    return this.#picture?.diagrams.find(({ cell }) => cell.client === client);
  }

  #toggleAll(): void {
    this.#change({
      showsAll: !this.#choice.showsAll,
      current: undefined,
      hasDetails: false,
    });
  }

  #closeDetails(): void {
    const { current } = this.#choice;
    this.#change({ hasDetails: false });
    if (current !== undefined) this.#svgOf(current.client)?.focus();
  }

  /** The part of a diagram that the keyboard is at. */
  #svgOf(client: Client): SVGElement | null {
    return this.querySelector(`[data-client="${client}"] [tabindex="0"]`);
  }

  #press(event: KeyboardEvent, diagram: Diagram): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const { client } = diagram.cell;
    const row = currentRow(diagram, this.#choice);
    const next = rowAfterKey(event.key, row, diagram.layout);
    if (next !== undefined) this.#goTo(client, next);
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") this.#goAcross(client, row);
    else if (event.key === "Enter" && diagram.layout.rows[row]?.isFolded) this.#unfold(client, row);
    else if (event.key === "Escape" && this.#hovered !== undefined) this.#closeCard();
    else if (event.key === "Escape" && this.#choice.hasDetails) this.#change({ hasDetails: false });
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #goTo(client: Client, row: number): void {
    this.#choose(client, row);
    const element = this.querySelector<SVGElement>(`[data-client="${client}"] [data-row="${row}"]`);
    element?.focus({ preventScroll: true });
    element?.scrollIntoView({ block: "nearest" });
  }

  /** To the step of the other attempt that stands beside it. */
  #goAcross(client: Client, row: number): void {
    const other = this.#picture?.diagrams.find(({ cell }) => cell.client !== client);
    if (other === undefined) return;
    this.#goTo(other.cell.client, rowBeside(row, other.layout));
  }

  #unfold(client: Client, row: number): void {
    const step = this.#diagramOf(client)?.layout.rows[row]?.steps[0];
    this.#toggleAll();
    const rows = this.#diagramOf(client)?.layout.rows ?? [];
    this.#goTo(
      client,
      rows.findIndex(({ steps }) => steps[0] === step),
    );
  }

  // --- The card of a token ---

  #hover(token: SeenToken, event: PointerEvent, diagram: Diagram): void {
    if (event.pointerType === "touch") return;
    this.#hovered = { token, diagram };
    this.#render();
    placeBelow(this.querySelector(".wire-hover")!, event.target as Element, this);
  }

  /** The card stays while the pointer is at the token or in the card itself. */
  readonly #leaveToken = (event: Event): void => {
    const target = event.target as Element;
    if (target.closest(".wire-hover, .is-token") === null) this.#closeCard();
  };

  readonly #closeCard = (): void => {
    if (this.#hovered === undefined) return;
    this.#hovered = undefined;
    this.#render();
  };
}

/**
 * Puts a card below something, and within the view that holds both. Custom properties carry the place, as the page's policy
 * forbids style attributes.
 */
function placeBelow(card: HTMLElement, token: Element, view: HTMLElement): void {
  const [outer, at] = [view.getBoundingClientRect(), token.getBoundingClientRect()];
  const rightmost = view.clientWidth - card.offsetWidth;
  const left = Math.max(0, Math.min(at.left - outer.left, rightmost));
  card.style.setProperty("--left", `${left}px`);
  card.style.setProperty("--top", `${at.bottom - outer.top}px`);
}

customElements.define("wire-view", WireElement);
