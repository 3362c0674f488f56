// The element <wire-view>: stores what was chosen, knows its width, and renders the wire of one or two attempts.
import { html, render, type TemplateResult } from "lit-html";
import type { Client } from "../../../scripts/model/vocabulary.ts";
import { loadStyle } from "../shell/late-style.ts";
import { type About, saveJson, savePicture } from "./save.ts";
import { placePanel, portAround, showRow, textScale } from "./scrolling.ts";
import { wireTemplate } from "./wire-view.ts";
import {
  areSame,
  type Choice,
  type Diagram,
  NOTHING_CHOSEN,
  type Picture,
  type PictureInput,
  pictureOf,
  rowAfterKey,
  rowBeside,
  rowOfDivergence,
  withFold,
} from "./picture.ts";

await loadStyle("wire");

/** What the wire shows. */
interface WireInput extends Omit<PictureInput, "width" | "textScale"> {
  about: About;
}

/** Puts the wire on a page. */
export function wireView(input: WireInput): TemplateResult {
  return html`<wire-view .input=${input}></wire-view>`;
}

/** A smaller width is not final: the page is hidden. */
const NARROWEST = 200;

/** How many times as high as wide a diagram may be, to fit on a sheet (A4 or Letter) below its sentence. */
const HIGHEST_ON_SHEET = 1.1;

class WireElement extends HTMLElement {
  #input: WireInput | undefined;
  #choice: Choice = NOTHING_CHOSEN;
  #width = 0;
  /** How much room the details take. */
  #below = 0;
  /** Undefined where it has to be laid out again. */
  #picture: Picture | undefined;
  /** Whose divergence was brought into sight when it was first known. */
  #placed: string | undefined;
  readonly #observer = new ResizeObserver(() => this.#measure());

  set input(input: WireInput) {
    const isSameAttempt = this.#input?.about.fileName === input.about.fileName;
    const isOther = !areSame(this.#input?.cells, input.cells);
    // Of one that goes on, what was chosen stays where it is.
    if (isOther && !(isSameAttempt && input.isLive))
      this.#choice = { ...this.#choice, current: undefined, hasDetails: false };
    if (!isSameAttempt) this.#choice = { ...this.#choice, open: NOTHING_CHOSEN.open };
    this.#input = input;
    this.#picture = undefined;
    this.#render();
  }

  connectedCallback(): void {
    this.#observer.observe(this);
    addEventListener("beforeprint", this.#prepareForPrint);
    this.#measure();
  }

  disconnectedCallback(): void {
    this.#observer.disconnect();
    removeEventListener("beforeprint", this.#prepareForPrint);
  }

  /** On paper, the room for the details would be a hole in the diagram. */
  readonly #prepareForPrint = (): void => {
    this.#change({ hasDetails: false });
    const height = this.querySelector(".wire-diagrams")!.clientHeight;
    this.classList.toggle("is-long", height > HIGHEST_ON_SHEET * this.#width);
  };

  #measure(): void {
    const width = Math.floor((this.querySelector(".wire-body") ?? this).clientWidth);
    if (width < NARROWEST || (width === this.#width && placePanel(this) === this.#below)) return;
    this.#width = width;
    this.#picture = undefined;
    this.#render();
  }

  #change(change: Partial<Choice>): void {
    this.#choice = { ...this.#choice, ...change };
    if ("shown" in change || "open" in change || "isLarge" in change) this.#picture = undefined;
    this.#render();
  }

  #render(): void {
    if (this.#input === undefined || this.#width === 0) return;
    this.#draw(this.#input);
    const below = placePanel(this);
    if (below !== this.#below) {
      this.#below = below;
      this.#draw(this.#input);
    }
    for (const each of this.querySelectorAll(".wire-body, .wire-panel"))
      this.#observer.observe(each);
    this.#placeFirst(this.#input);
    // Another trace has taken the place of the one that had it.
    if (this.querySelector("dialog[open]")?.contains(document.activeElement) === false)
      this.querySelector<HTMLElement>(".wire-enlarge")!.focus();
  }

  #draw(input: WireInput): void {
    const { about } = input;
    const size = { width: this.#width, textScale: textScale() };
    const picture = (this.#picture ??= pictureOf({ ...input, ...size }, this.#choice));
    const template = wireTemplate({
      title: about.title,
      picture,
      choice: this.#choice,
      names: input.names,
      below: this.#below,
      now: Math.floor(Date.now() / 1000),
      onShow: (shown) => this.#reset({ shown, open: NOTHING_CHOSEN.open }),
      onShowAll: () =>
        this.#reset({ open: this.#choice.open === "all" ? NOTHING_CHOSEN.open : "all" }),
      onEnlarge: () => this.#enlarge(),
      onDivergence: () => this.#goToDivergence(),
      onClick: (client, row) => this.#click(client, row),
      onKey: (event, diagram, row) => this.#press(event, diagram, row),
      onCloseDetails: () => this.#closeDetails(),
      onPicture: () => savePicture(picture, about, this),
      onJson: (diagram) => saveJson(diagram, about),
    });
    render(template, this);
  }

  /** A trace opens where the two diverge; but for that, the page itself is never scrolled. */
  #placeFirst({ about, cells }: WireInput): void {
    const { scroller } = portAround(this);
    if (this.#placed === about.fileName || cells.length < 2) return;
    this.#placed = about.fileName;
    if (scroller === document.documentElement) return;
    const row = this.querySelector(".wire-divergence")?.closest(".wire-row, .wire-gap");
    if (row) showRow(this, row);
    else scroller.scrollTop = 0;
  }

  // --- Choosing a step ---

  #reset(change: Partial<Choice>): void {
    this.#change({ ...change, current: undefined, hasDetails: false });
  }

  #choose(client: Client, row: number): void {
    const { current, hasDetails } = this.#choice;
    if (hasDetails && current?.client === client && current.row === row) return;
    this.#change({ current: { client, row }, hasDetails: true });
  }

  #click(client: Client, row: number): void {
    const { scroller } = portAround(this);
    const topOf = (): number => this.#rowOf(client, row)!.getBoundingClientRect().top;
    const before = topOf();
    this.#toggleFold(client, row);
    // What was clicked stays at the pointer, also where details above it have gone.
    scroller.scrollBy(0, topOf() - before);
    this.#goTo(client, row);
  }

  #diagramOf(client: Client): Diagram | undefined {
    return this.#picture?.diagrams.find(({ cell }) => cell.client === client);
  }

  #rowOf(client: Client, row: number): SVGElement | null {
    return this.querySelector(`[data-client="${client}"] [data-row="${row}"]`);
  }

  #closeDetails(): void {
    const { current } = this.#choice;
    this.#change({ hasDetails: false });
    if (current !== undefined) this.#rowOf(current.client, current.row)?.focus();
  }

  #press(event: KeyboardEvent, diagram: Diagram, row: number): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const { client } = diagram.cell;
    const next = rowAfterKey(event.key, row, diagram.layout);
    if (next !== undefined) this.#goTo(client, next);
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") this.#goAcross(client, row);
    else if (event.key === "Enter" || event.key === " ") this.#enter(client, row);
    else if (event.key === "Escape" && this.#choice.hasDetails) this.#change({ hasDetails: false });
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Unfolds a run of routine; of a step, goes into its details. */
  #enter(client: Client, row: number): void {
    this.#toggleFold(client, row);
    this.querySelector<HTMLElement>(".wire-panel")?.focus({ preventScroll: true });
  }

  #goTo(client: Client, row: number): void {
    this.#choose(client, row);
    const element = this.#rowOf(client, row);
    element?.focus({ preventScroll: true });
    if (element) showRow(this, element);
  }

  /** To the step of the other attempt that stands beside it. */
  #goAcross(client: Client, row: number): void {
    const other = this.#picture?.diagrams.find(({ cell }) => cell.client !== client);
    if (other === undefined) return;
    this.#goTo(other.cell.client, rowBeside(row, other.layout));
  }

  #toggleFold(client: Client, row: number): void {
    const fold = this.#diagramOf(client)?.layout.rows[row]?.fold;
    if (fold !== undefined) this.#change({ open: withFold(this.#choice.open, fold) });
    this.#goTo(client, row);
  }

  #goToDivergence(): void {
    const found = rowOfDivergence(this.#picture!);
    if (found?.fold !== undefined) {
      this.#change({ open: withFold(this.#choice.open, found.fold) });
      this.#goToDivergence();
    } else if (found !== undefined) this.#goTo(found.client, found.row);
    // The one that is shown has no step there, so the other one has.
    else {
      this.#reset({ shown: this.#picture!.shown === "browser" ? "node" : "browser" });
      this.#goToDivergence();
    }
  }

  // --- Over the whole window ---

  #enlarge(): void {
    const isLarge = !this.#choice.isLarge;
    // Its place on the page stays as high as it was.
    if (isLarge) this.style.setProperty("--height", `${this.offsetHeight}px`);
    this.#change({ isLarge });
    this.querySelector("dialog")?.showModal();
    this.#measure();
    const { current } = this.#choice;
    if (current !== undefined) this.#goTo(current.client, current.row);
  }
}

customElements.define("wire-view", WireElement);
