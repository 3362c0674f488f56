// How far a lesson is: a ring, a diamond or a disc, and the word.
import { html, type TemplateResult } from "lit-html";
import { shapeIcon, surpriseIcon, waitingIcon } from "../shell/icons.ts";

/** @param progress `new`, `run` (with a surprise), `as expected` */
export function progressView(progress: string): TemplateResult {
  const isDone = progress === "as expected";
  const sign =
    progress === "new" ? waitingIcon(false) : isDone ? shapeIcon("good") : surpriseIcon();
  return html`<p class="progress">${sign}${isDone ? "done" : progress}</p>`;
}
