// How the prediction of a row went, and the way to the next one that was missed.
import { html, nothing, type TemplateResult } from "lit-html";
import type { Attempt } from "../../../scripts/model/attempt.ts";
import { judgedWords } from "../../../scripts/model/prediction.ts";
import type { LessonActions } from "./lesson-actions.ts";
import type { LessonState } from "./lesson-state.ts";
import { judged } from "./prediction.ts";
import { nextMissed } from "./shown-cell.ts";

export function predictedView(
  state: LessonState,
  attempt: Attempt,
  actions: LessonActions,
): TemplateResult | typeof nothing {
  const result = judged(state, attempt);
  if (result === undefined) return nothing;
  const next = nextMissed(state);
  return html`<div class="predicted-words ${result.isRight ? "" : "is-wrong"}">
    <p>${attempt.question?.ask} ${judgedWords(result)}</p>
    ${
      next === undefined
        ? html`<button type="button" class="button strong" @click=${() => actions.end()}>
            Read what happened
          </button>`
        : html`<button type="button" class="button strong" @click=${() => actions.openCell(next)}>
            Next one you missed
          </button>`
    }
  </div>`;
}
