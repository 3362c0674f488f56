// The refusal lens: one row that shows a refusal as the server, the browser and Node saw it.
import { html, nothing, type TemplateResult } from "lit-html";
import { type LensInput, lensOf } from "./refusal-words.ts";

/** Nothing, where neither client was refused. */
export function refusalLens(input: LensInput): TemplateResult | typeof nothing {
  const entries = lensOf(input);
  if (entries === undefined) return nothing;
  return html`<section class="refusal-lens" aria-labelledby="lens-title">
    <h3 id="lens-title">Who learned why it was refused</h3>
    <dl>
      ${entries.map(
        ({ question, answers }) =>
          html`<div>
            <dt>${question}</dt>
            ${answers.map(
              ({ who, sentence }) =>
                html`<dd>${who === undefined ? nothing : html`<b>${who}:</b> `}${sentence}</dd>`,
            )}
          </div>`,
      )}
    </dl>
  </section>`;
}
