// Why the difference under the pointer, or the chosen one, is there: along the bottom, so that nothing moves when it appears.
import { html, nothing, type TemplateResult } from "lit-html";
import type { Shown } from "./run-view.ts";

export function explanation({ compare, loaded, runs, actions }: Shown): TemplateResult {
  const { pointed, current, kind } = compare;
  const run = runs.find(({ start }) => start === (pointed ?? current));
  const kinds = run?.kinds ?? (kind === undefined ? [] : [kind]);
  return html`<section class="explanation" aria-label="Why it differs">
    ${
      kinds.length === 0
        ? html`<p class="quiet-text">
            Point at a difference<span class="keys-only"
              >, or walk through them with <kbd>n</kbd> and <kbd>p</kbd>,</span
            >
            to read why it is there.
          </p>`
        : html`<dl>
            ${kinds.map(
              (each) =>
                html`<div>
                  <dt>${each}</dt>
                  <dd>${withCode(loaded.comparison.kinds[each] ?? "")}</dd>
                </div>`,
            )}
          </dl>`
    }
    ${
      current === undefined && kind === undefined
        ? nothing
        : html`<button type="button" class="button quiet" @click=${() => actions.leave()}>
            Close <kbd aria-hidden="true">Esc</kbd>
          </button>`
    }
  </section>`;
}

/** Text between backticks is code. */
function withCode(sentence: string): (TemplateResult | string)[] {
  return sentence
    .split("`")
    .map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
}
