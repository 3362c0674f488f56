// Code on the page: quoted lines, comments set back.
import { html, type TemplateResult } from "lit-html";
import { copyButton } from "./copy.ts";
import { lineClass } from "../../../scripts/model/code-line.ts";

/** A block of code; a line that is too long goes on below, a little to the right. */
export function codeBlock(source: string): TemplateResult {
  const lines = source.trimEnd().split("\n");
  return html`<div class="code-box">
    <pre class="code-block"><code>${lines.map((line) => codeLine(line))}</code></pre>
    ${copyButton("Copy", () => source.trimEnd())}
  </div>`;
}

// Comments are what a reader looks for first or skips first: the only thing worth another colour in so few lines.
function codeLine(line: string): TemplateResult {
  const isComment = line.trimStart().startsWith("//");
  return html`<span class="${lineClass(line)} ${isComment ? "comment" : ""}">${line}</span>`;
}
