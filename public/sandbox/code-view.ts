// Code on the page: quoted lines, comments set back.
import { html, type TemplateResult } from "lit-html";

/** A block of code; a line that is too long goes on below, a little to the right. */
export function codeBlock(source: string): TemplateResult {
  const lines = source.trimEnd().split("\n");
  return html`<pre class="code-block"><code>${lines.map((line) => codeLine(line))}</code></pre>`;
}

/** A part of a file as it is quoted: without its own heading, which stands above it, and from the left margin. */
export function excerptOf(source: string): string {
  const lines = source.replace(/^\s*\/\/ --- .* ---\n+/, "").split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent)).join("\n");
}

// Comments are what a reader looks for first or skips first: the only thing worth another colour in so few lines.
function codeLine(line: string): TemplateResult {
  const isComment = line.trimStart().startsWith("//");
  return html`<span class="line ${isComment ? "comment" : ""}">${line}</span>`;
}
