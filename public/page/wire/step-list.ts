// The same steps as an ordered list of sentences, for whoever would rather read than look.
import { html, nothing, type TemplateResult } from "lit-html";
import type { Trace } from "../../../scripts/model/trace.ts";
import { stepSentence, type SideNames } from "./step-sentence.ts";

/** All steps, folded ones included. */
export function stepList({ steps, omittedSteps }: Trace, names: SideNames): TemplateResult {
  return html`<ol class="step-list">
      ${steps.map((_, index) => html`<li>${stepSentence(steps, index, names)}</li>`)}
    </ol>
    ${omittedSteps ? html`<p class="quiet-text">And ${omittedSteps} further steps.</p>` : nothing}`;
}
