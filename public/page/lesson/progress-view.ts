// What the person did in a lesson: a ring or a disc, and the words.
import { html, type TemplateResult } from "lit-html";
import { shapeIcon, waitingIcon } from "../shell/icons.ts";

/** @param progress `new`, `run`, `predicted 3 of 5` */
export function progressView(progress: string): TemplateResult {
  return html`<p class="progress">
    ${progress === "new" ? waitingIcon(false) : shapeIcon("good")}${progress}
  </p>`;
}
