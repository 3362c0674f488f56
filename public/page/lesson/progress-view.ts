// What the person did in a lesson: a sign and the words.
import { html, type TemplateResult } from "lit-html";
import { predictionIcon, ranIcon, waitingIcon } from "../shell/icons.ts";

/** @param progress `new`, `run`, `3 of 5 correct` */
export function progressView(progress: string): TemplateResult {
  return html`<p class="progress">
    ${progress === "new" ? waitingIcon(false) : progress === "run" ? ranIcon() : predictionIcon(true)}${progress}
  </p>`;
}
