// A line of code: coloured a little, with the words marked in which it differs from those beside it.
import { html, type TemplateResult } from "lit-html";
import { lineClass } from "../../../scripts/model/code-line.ts";
import type { CodeLine } from "./code-pieces.ts";

/** @param isChanged for each piece, whether it is marked; empty for a line without marks */
export function codeLine(line: CodeLine, isChanged: readonly boolean[]): TemplateResult {
  const parts = joinAlike(line, isChanged);
  return html`<code class=${lineClass(line[0]?.text ?? "")}>${parts.map(partView)}</code>`;
}

interface Part {
  text: string;
  kind: string;
  isMarked: boolean;
}

/** Fewer elements, and marks without gaps: neighbours that look the same become one. */
function joinAlike(line: CodeLine, isChanged: readonly boolean[]): Part[] {
  const parts: Part[] = [];
  for (const [index, { text, kind }] of line.entries()) {
    // A space belongs to the words around it.
    const isSpace = text.trim() === "";
    const last = parts.at(-1);
    const isMarked = isSpace
      ? last?.isMarked === true && isChanged[index + 1] === true
      : isChanged[index] === true;
    if (last !== undefined && last.isMarked === isMarked && (isSpace || last.kind === kind))
      last.text += text;
    else parts.push({ text, kind, isMarked });
  }
  return parts;
}

function partView({ text, kind, isMarked }: Part): TemplateResult | string {
  const word = kind === "plain" ? text : html`<span class="code-${kind}">${text}</span>`;
  return isMarked ? html`<mark>${word}</mark>` : word;
}
