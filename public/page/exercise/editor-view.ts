// Around the editor: which file, whether it is saved, where it went wrong, and how to leave it by keyboard.
import { html, nothing, type TemplateResult } from "lit-html";
import type { ExerciseView } from "../../../scripts/model/protocol.ts";
import { problemWords } from "../../../scripts/model/words/check-words.ts";
import { dirtyNames, problemIn } from "./exercise-state.ts";
import type { Shown } from "./exercise-view.ts";
import { isDirty } from "./own-file.ts";

export function editorView(shown: Shown, { folder, files }: ExerciseView): TemplateResult {
  const { exercise, editor, actions } = shown;
  const { name, unshown } = exercise;
  const reason = unshown[name];
  return html`<section class="exercise-edit" aria-label="Editor">
    <div class="edit-bar">
      ${
        files.length > 1
          ? files.map((file) => fileButton(shown, file.name))
          : html`<span class="edit-name"><span class="edit-folder">${folder}/</span>${name}</span>`
      }
      <span class="edit-state" role="status">${savedWords(shown)}</span>
      <button type="button" class="button strong" @click=${() => actions.save()}>
        Save <kbd aria-hidden="true">Ctrl S</kbd>
      </button>
    </div>
    ${choice(shown)}
    ${
      reason === undefined
        ? html`<div class="edit-box">${editor.element}</div>`
        : html`<p role="alert">${reason}</p>`
    }
    <p id="exercise-problem" class="edit-problem" role="status">${problem(shown)}</p>
    <p id="editor-help" class="quiet-text edit-help">
      <span class="keys-only"
        >Tab indents; <kbd>Esc</kbd> and then <kbd>Tab</kbd> leaves the editor.</span
      >
      Your own editor works as well: open <code>${folder}/${name}</code>.
    </p>
  </section>`;
}

function fileButton({ exercise, actions }: Shown, name: string): TemplateResult {
  const own = exercise.files[name]?.own;
  return html`<button
    type="button"
    class="tab"
    aria-pressed=${name === exercise.name ? "true" : "false"}
    @click=${() => actions.chooseFile(name)}
  >
    ${name}${own !== undefined && isDirty(own) ? html` <span aria-label="not saved">●</span>` : nothing}
  </button>`;
}

function savedWords({ exercise }: Shown): string {
  if (dirtyNames(exercise).length === 0) return "Saved";
  return exercise.isSaveDue ? "Saved as soon as the sandbox is back" : "Not saved";
}

function problem({ exercise, actions }: Shown): TemplateResult | typeof nothing {
  const found = problemIn(exercise);
  if (found?.file === undefined || found.line === undefined) return nothing;
  const { file, line } = found;
  return html`<button type="button" class="place" @click=${() => actions.goTo(file, line)}>
    ${problemWords(found)}
  </button>`;
}

/** Where another hand has saved the file meanwhile. */
function choice({ exercise, actions }: Shown): TemplateResult | typeof nothing {
  const { name, files } = exercise;
  if (files[name]?.own.theirs === undefined) return nothing;
  return html`<div class="edit-choice" role="alert">
    <p>
      ${name} was saved elsewhere while you changed it here. Nothing is lost, and nothing is written
      over until you choose.
    </p>
    <p>
      <button type="button" class="button" @click=${() => actions.decide("mine")}>Keep mine</button>
      <button type="button" class="button" @click=${() => actions.decide("theirs")}>
        Take the other
      </button>
      <button
        type="button"
        class="button quiet"
        @click=${() => actions.compare("on the disk, and mine", "disk")}
      >
        Compare
      </button>
    </p>
  </div>`;
}
