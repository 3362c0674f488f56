// Saves an attempt as a file: its diagram as SVG, or its trace as JSON. The trace is masked already.
import type { FilledCell } from "../../../scripts/model/cell.ts";
import { outcomeWords } from "../../../scripts/model/act-words.ts";
import { render } from "lit-html";
import { draw } from "./draw.ts";
import { layOut } from "./layout.ts";
import type { Diagram } from "./picture.ts";

/** What the attempt is called, `Websocket only`; and what files of it are called, `lesson-3-websocket`. */
export interface About {
  title: string;
  fileName: string;
}

/** A file is looked at alone, so it need not be as narrow as the page. */
const NARROWEST = 720;

/**
 * Draws it again: nothing is chosen in the file, and it leaves no room for an attempt beside it.
 * @param page an element in which the page's style applies
 */
export function saveSvg({ cell, names, layout }: Diagram, about: About, page: Element): void {
  const divergesAt = layout.rows.find(({ isDivergence }) => isDivergence)?.steps[0];
  const width = Math.max(NARROWEST, layout.grid.width);
  const alone = layOut({ trace: cell.trace, names }, width, { divergesAt });
  const holder = document.createElement("div");
  holder.hidden = true;
  page.append(holder);
  render(draw(alone, { label: "", current: -1, chosen: undefined }), holder);
  const title = `${about.title}: ${names.client} and the ${names.server} (${cell.server}), ${resultOf(cell)}`;
  const text = exportSvg(holder.querySelector("svg")!, title);
  holder.remove();
  saveFile(`${about.fileName}-${cell.client}.svg`, "image/svg+xml", text);
}

export function saveJson({ cell, names }: Diagram, { title, fileName }: About): void {
  const { server, trace } = cell;
  const facts = { attempt: title, client: names.client, server, outcome: resultOf(cell) };
  const text = `${JSON.stringify({ ...facts, ...trace }, null, 2)}\n`;
  saveFile(`${fileName}-${cell.client}.json`, "application/json", text);
}

/** As the matrix has it: `refused, websocket error`. */
function resultOf({ outcome }: FilledCell): string {
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
