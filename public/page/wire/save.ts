// Saves what is shown as a file: the diagrams as one SVG, or a trace as JSON. The trace is masked already.
import type { FilledCell } from "../../../scripts/model/cell.ts";
import { outcomeWords } from "../../../scripts/model/words/acts.ts";
import { stoppedWords } from "../../../scripts/model/words/stopped.ts";
import { html, render, svg, type TemplateResult } from "lit-html";
import { alignTraces } from "./align.ts";
import { divergentStep } from "./divergence-words.ts";
import { drawNames, drawSteps, headHeight } from "./draw.ts";
import { breakLines } from "./grid.ts";
import { type Layout, layOut, layOutPair } from "./layout.ts";
import { type Diagram, endOf, type Picture } from "./picture.ts";

/** What the attempt is called, `Websocket only`; and what files of it are called, `lesson 3 Websocket only`. */
export interface About {
  title: string;
  fileName: string;
}

/** A file is looked at alone, so it need not be as narrow as the page. */
const NARROWEST = { one: 720, two: 560 };
const MARGIN = 16;
const SENTENCE = 13;

/**
 * Draws again what is shown, in one picture with the sentence above it: nothing is chosen in the file, and nothing is left out
 * for want of room.
 * @param page an element in which the page's style applies
 */
export function savePicture(picture: Picture, about: About, page: Element): void {
  const layouts = layoutsFor(picture);
  const holder = document.createElement("div");
  holder.hidden = true;
  page.append(holder);
  render(drawPicture(layouts, linesAbove(picture, about, layouts)), holder);
  const results = picture.diagrams.map(({ cell, names }) =>
    [names.client, resultOf(cell)].join(" ").trim(),
  );
  const title = `${about.title} (${picture.diagrams[0]!.cell.server}): ${results.join("; ")}`;
  const text = exportSvg(holder.querySelector("svg")!, title);
  holder.remove();
  const clients = picture.diagrams.map(({ cell }) => cell.client).join(" and ");
  saveFile(`${slugOf(`${about.fileName} ${clients}`)}.svg`, "image/svg+xml", text);
}

function layoutsFor({ diagrams, divergence, open }: Picture): Layout[] {
  const [left, right] = diagrams.map(({ cell, names }) => ({ trace: cell.trace, names }));
  const wide = diagrams[0]!.layout.grid.width;
  if (right === undefined) {
    const divergesAt = divergentStep(divergence, diagrams[0]!.cell.client);
    return [layOut(left!, Math.max(NARROWEST.one, wide), { open, divergesAt })];
  }
  const alignment = alignTraces(left!.trace, right.trace);
  const pair = { left: left!, right, alignment };
  return Object.values(layOutPair(pair, Math.max(NARROWEST.two, wide), { open }));
}

/** The attempt's title, where the two diverge, and who was stopped. */
function linesAbove(
  { divergence, diagrams }: Picture,
  { title }: About,
  layouts: Layout[],
): string[] {
  const width = layouts.reduce((sum, { grid }) => sum + grid.width, 0);
  const columns = Math.floor(width / (SENTENCE * 0.6));
  return [title, divergence?.words ?? "", stoppedWords(diagrams.map(endOf))]
    .filter(Boolean)
    .flatMap((words) => breakLines(words, columns, 5));
}

function drawPicture(layouts: readonly Layout[], lines: readonly string[]): TemplateResult {
  const [{ grid }] = layouts as [Layout];
  const top = MARGIN + lines.length * SENTENCE * 1.5;
  const head = Math.max(...layouts.map(headHeight));
  const width = layouts.length * (grid.width + MARGIN) + MARGIN;
  const height = top + head + Math.max(...layouts.map((layout) => layout.height)) + MARGIN;
  const nothingChosen = { label: "", current: -1, chosen: undefined };
  return html`<svg
    class="wire-diagram"
    width=${width}
    height=${height}
    viewBox="0 0 ${width} ${height}"
    font-size=${grid.fontSize}
  >
    ${lines.map((line, at) => svg`<text class="wire-head" font-size=${SENTENCE} x=${MARGIN} y=${(at + 1) * SENTENCE * 1.5}>${line}</text>`)}
    ${layouts.map((layout, at) => {
      const x = MARGIN + at * (grid.width + MARGIN);
      return svg`<g transform="translate(${x} ${top + head - headHeight(layout)})">${drawNames(layout)}</g>
        <g transform="translate(${x} ${top + head})">${drawSteps(layout, nothingChosen)}</g>`;
    })}
  </svg>`;
}

export function saveJson({ cell, names }: Diagram, { title, fileName }: About): void {
  const { server, trace } = cell;
  const facts = { attempt: title, client: names.client, server, outcome: resultOf(cell) };
  const text = `${JSON.stringify({ ...facts, ...trace }, null, 2)}\n`;
  saveFile(`${slugOf(`${fileName} ${cell.client}`)}.json`, "application/json", text);
}

/** `lesson-3-websocket-only-browser-and-node` */
function slugOf(words: string): string {
  return words
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-|-$/g, "");
}

/** As the matrix has it: `refused, websocket error`; undefined where nobody was asked what came of it. */
function resultOf({ outcome }: FilledCell): string | undefined {
  if (outcome.length === 0) return undefined;
  const { word, detail } = outcomeWords(outcome);
  return detail === "" ? word : `${word}, ${detail}`;
}

function saveFile(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken hold of it by the next turn.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}

// --- SVG that needs no style sheet and no page ---

// What the style sheet gives to the parts of a diagram. @see diagram.css
const RESOLVED = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "paint-order",
  "font-family",
  "font-size",
  "font-weight",
];

/** The diagram as a file of its own: colours and type as they are on the screen now, nothing that only a page needs. */
function exportSvg(diagram: SVGSVGElement, title: string): string {
  const copy = diagram.cloneNode(true) as SVGSVGElement;
  const spokenTexts = copy.querySelectorAll(".wire-spoken");
  const originals = [...diagram.querySelectorAll("*")];
  [...copy.querySelectorAll("*")].forEach((element, index) => resolve(element, originals[index]!));
  for (const name of copy.getAttributeNames())
    if (!/^(?:width|height|viewBox)$/.test(name)) copy.removeAttribute(name);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("role", "img");
  copy.prepend(titleOf(diagram, title), backgroundOf(diagram));
  removeComments(copy);
  for (const spoken of spokenTexts) spoken.remove();
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
}

function resolve(copy: Element, original: Element): void {
  const style = getComputedStyle(original);
  const kept = copy.localName === "g" ? [] : RESOLVED;
  for (const name of copy.getAttributeNames())
    if (/^(?:class|role|tabindex|data-.*|aria-.*)$/.test(name)) copy.removeAttribute(name);
  for (const property of kept) {
    if (property.startsWith("font") && copy.localName !== "text") continue;
    const value = style.getPropertyValue(property);
    if (value !== "" && value !== "normal") copy.setAttribute(property, value);
  }
  if (copy.localName === "text") copy.setAttribute("xml:space", "preserve");
}

function titleOf(diagram: SVGSVGElement, title: string): Element {
  const element = diagram.ownerDocument.createElementNS(diagram.namespaceURI, "title");
  element.textContent = title;
  return element;
}

function backgroundOf(diagram: SVGSVGElement): Element {
  const element = diagram.ownerDocument.createElementNS(diagram.namespaceURI, "rect");
  element.setAttribute("width", "100%");
  element.setAttribute("height", "100%");
  element.setAttribute("fill", getComputedStyle(diagram).backgroundColor);
  return element;
}

/** What the rendering library leaves in the document. */
function removeComments(copy: Element): void {
  const walker = copy.ownerDocument.createTreeWalker(copy, NodeFilter.SHOW_COMMENT);
  const comments: Node[] = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  for (const comment of comments) comment.parentNode?.removeChild(comment);
}
