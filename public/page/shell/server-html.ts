// The one place where HTML from the server becomes part of the page.
import type { DirectiveResult } from "lit-html/directive.js";
import { unsafeHTML } from "lit-html/directives/unsafe-html.js";

/** @param html that the server has made from Markdown of this repository, and sanitised */
export function serverHtml(html: string): DirectiveResult {
  return unsafeHTML(html);
}
