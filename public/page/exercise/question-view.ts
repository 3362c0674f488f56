// Asks before something is shown or written over.
import { html, nothing, type TemplateResult } from "lit-html";
import type { ExerciseActions } from "./exercise-actions.ts";
import type { ExerciseState } from "./exercise-state.ts";

const ID = "exercise-question";

export function questionView(
  { question }: ExerciseState,
  actions: ExerciseActions,
): TemplateResult | typeof nothing {
  if (question === undefined) return nothing;
  return html`<dialog
    id=${ID}
    class="question"
    aria-labelledby="exercise-question-text"
    @cancel=${() => actions.answer(false)}
  >
    <p id="exercise-question-text">${question.ask}</p>
    <p class="question-answers">
      <button type="button" class="button strong" @click=${() => actions.answer(true)}>
        ${question.yes}
      </button>
      <button type="button" class="button" autofocus @click=${() => actions.answer(false)}>
        Cancel
      </button>
    </p>
  </dialog>`;
}

/** To be called once it is rendered. */
export function askQuestion(): void {
  const dialog = document.querySelector<HTMLDialogElement>(`#${ID}`);
  if (dialog?.open === false) dialog.showModal();
}
