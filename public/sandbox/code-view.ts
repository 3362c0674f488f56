// Code on the page: quoted lines, comments set back.
import { html, type TemplateResult } from "lit-html";

/** A block of code that can be scrolled by keyboard. @param label what it is, for screen readers */
export function codeBlock(source: string, label: string): TemplateResult {
  return html`<pre class="code-block" tabindex="0" role="region" aria-label=${label}><code>${source
    .trimEnd()
    .split("\n")
    .map((line) => [codeLine(line), "\n"])}</code></pre>`;
}

/** A part of a file as it is quoted: without its own heading, which stands above it, and from the left margin. */
export function excerptOf(source: string): string {
  const lines = source.replace(/^\s*\/\/ --- .* ---\n+/, "").split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent)).join("\n");
}

// Comments are what a reader looks for first or skips first: the only thing worth another colour in so few lines.
function codeLine(line: string): TemplateResult | string {
  return line.trimStart().startsWith("//") ? html`<span class="comment">${line}</span>` : line;
}
