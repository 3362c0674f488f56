// Above the matrix: how the run and the predictions went, and the one next thing.
import { html, nothing, type TemplateResult } from "lit-html";
import { scoreWords } from "../../../scripts/model/prediction.ts";
import type { LessonActions } from "./lesson-actions.ts";
import { countUnderWay, isFirstRunOver, type LessonState } from "./lesson-state.ts";
import { predictedView } from "./predicted-view.ts";
import { judged, scoreOf } from "./prediction.ts";
import { resultWords } from "./result-words.ts";
import { nextMissed, reasonFor, shownCell } from "./shown-cell.ts";

export function resultBar(state: LessonState, actions: LessonActions): TemplateResult {
  const all = Object.keys(state.cells).length;
  const open = countUnderWay(state);
  return html`<div class="result-bar">
    <h2 id="matrix-title" tabindex="-1">What each client got</h2>
    <p>
      ${
        open > 0
          ? `Running, ${all - open} of ${all} done…`
          : html`${scoreView(state, actions)} ${resultWords(state)}`
      }
    </p>
    <p class="run-buttons">
      ${
        state.number === undefined
          ? nothing
          : html`${endButton(state, actions)}
              <button type="button" class="button quiet" @click=${() => actions.predictAgain()}>
                Predict again
              </button>`
      }
      <button type="button" class="button quiet" @click=${() => actions.runAll()}>
        Run again <kbd aria-hidden="true">r</kbd>
      </button>
    </p>
    ${open > 0 ? nothing : firstMissed(state, actions)}
  </div>`;
}

/** One button is the next thing: where a row was predicted and its trace is open, that is there. */
function endButton(state: LessonState, actions: LessonActions): TemplateResult | typeof nothing {
  const shown = shownCell(state);
  const isLedFromTrace = shown !== undefined && judged(state, shown.row.attempt) !== undefined;
  if (isLedFromTrace && nextMissed(state) === undefined) return nothing;
  return html`<button
    type="button"
    class="button ${isLedFromTrace ? "quiet" : "strong"}"
    ?disabled=${!isFirstRunOver(state)}
    @click=${() => actions.end()}
  >
    Read what happened
  </button>`;
}

/** Where the trace is not beside the rows: what it says of the first prediction that did not come true. */
function firstMissed(state: LessonState, actions: LessonActions): TemplateResult | typeof nothing {
  const shown = shownCell(state);
  const isFirst = shown !== undefined && shown.row.attempt.id === scoreOf(state)?.missed[0];
  if (!isFirst || state.address.cell !== undefined) return nothing;
  return html`<div class="first-missed">
    <h3>${shown.row.attempt.title}</h3>
    ${predictedView(state, shown.row.attempt, actions)}
    <p>${reasonFor(shown)}</p>
  </div>`;
}

/** Leads to the first prediction that did not come true. */
function scoreView(state: LessonState, actions: LessonActions): TemplateResult | typeof nothing {
  const score = scoreOf(state);
  if (score === undefined) return nothing;
  const [attempt] = score.missed;
  if (attempt === undefined) return html`<b>${scoreWords(score)}</b>`;
  return html`<button
    type="button"
    class="score"
    title="Open the first one you missed"
    @click=${() => actions.openCell({ attempt, client: "browser" })}
  >
    ${scoreWords(score)}
  </button>`;
}
