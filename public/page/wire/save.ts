// Saves an attempt as a file: its diagram as SVG, or its trace as JSON. The trace is masked already.
import { render } from "lit-html";
import { draw } from "./draw.ts";
import { exportSvg } from "./export.ts";
import { layOut } from "./layout.ts";
import type { FilledCell } from "../../../scripts/model/protocol.ts";
import { outcomeWords } from "../lesson/outcome-words.ts";
import type { About, Diagram } from "./diagram.ts";

/** A file is looked at by itself, so it need not be as narrow as the page. */
const NARROWEST = 720;

/**
 * Draws it anew: nothing is chosen in the file, and it leaves no room for an attempt beside it.
 * @param page an element in which the page's style applies
 */
export function saveSvg({ cell, names, layout }: Diagram, about: About, page: Element): void {
  const partsAt = layout.rows.find(({ isParting }) => isParting)?.steps[0];
  const width = Math.max(NARROWEST, layout.grid.width);
  const alone = layOut(cell.trace, width, { names, partsAt });
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
