// Makes a file of a diagram: SVG that needs no style sheet and no page.
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
export function exportSvg(diagram: SVGSVGElement, title: string): string {
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
