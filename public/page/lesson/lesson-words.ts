// The words of a lesson: the one place where HTML from the server becomes part of the page. The server has sanitised it.
import { html, type TemplateResult } from "lit-html";
import { unsafeHTML } from "lit-html/directives/unsafe-html.js";

export function lessonWords(sanitisedHtml: string): TemplateResult {
  return html`<div class="prose">${unsafeHTML(sanitisedHtml)}</div>`;
}
