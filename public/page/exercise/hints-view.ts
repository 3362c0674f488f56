// The hints, one at a time, one that fits what fails now, and the other ways to help oneself: comparisons, earlier versions, a new beginning.
import { html, nothing, type TemplateResult } from "lit-html";
import { fittingHint } from "../../../scripts/model/exercise-hint.ts";
import type { ExerciseView } from "../../../scripts/model/protocol.ts";
import { serverHtml } from "../shell/server-html.ts";
import type { Shown } from "./exercise-view.ts";

export function hintsView(
  { exercise, actions }: Shown,
  { hints, rowHints }: ExerciseView,
): TemplateResult {
  const fitting = fittingHint({ rowHints: new Map(Object.entries(rowHints)) }, exercise.check);
  const shown = hints.slice(0, exercise.hints);
  return html`<section class="exercise-help" aria-labelledby="help-title">
    <h2 id="help-title">Help</h2>
    ${
      shown.length === 0
        ? nothing
        : html`<ol class="hints prose">
            ${shown.map((hint) => html`<li tabindex="-1">${serverHtml(hint)}</li>`)}
          </ol>`
    }
    ${
      fitting === undefined
        ? nothing
        : html`<details class="prose">
            <summary>A hint for what fails now</summary>
            ${serverHtml(fitting)}
          </details>`
    }
    <div class="help-buttons">
      ${
        shown.length === hints.length
          ? html`<p class="quiet-text">That was the last hint.</p>`
          : button(`Hint ${shown.length + 1} of ${hints.length}`, "h", () => actions.nextHint())
      }
      ${button("My changes", "d", () => actions.compare("from the start to mine", "start"))}
      ${button("Solution…", "s", () => actions.solution())}
      ${button("Earlier versions", "u", () => actions.showVersions())}
      ${button("Begin again…", "x", () => actions.reset())}
    </div>
  </section>`;
}

function button(text: string, key: string, act: () => void): TemplateResult {
  return html`<button type="button" class="button" @click=${act}>
    ${text} <kbd aria-hidden="true">${key}</kbd>
  </button>`;
}
