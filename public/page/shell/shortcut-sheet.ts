// The sheet of keys, a dialog.
import { html, type TemplateResult } from "lit-html";
import type { Key, KeyGroups } from "./shortcuts.ts";
import { areLettersOn, turnLetters } from "./letters.ts";

const ID = "key-sheet";

export function keySheet(groups: KeyGroups): TemplateResult {
  return html`<dialog id=${ID} class="key-sheet" aria-labelledby="key-sheet-title">
    <form method="dialog">
      <h2 id="key-sheet-title">Keys</h2>
      <button class="button quiet" autofocus>Close</button>
    </form>
    <div class="key-groups">
      ${Object.entries(groups).map(
        ([heading, keys]) =>
          html`<section>
            <h3>${heading}</h3>
            <dl>${keys.filter(({ does }) => does !== undefined).map(keyView)}</dl>
          </section>`,
      )}
    </div>
    <label class="check"
      ><input
        type="checkbox"
        .checked=${areLettersOn()}
        @change=${({ currentTarget }: Event) => turnLetters((currentTarget as HTMLInputElement).checked)}
      /><span>Shortcuts of a single letter, digit or sign</span></label
    >
    <p>
      f, a, t, r, w, c, n, p and the keys that move the focus work the same in the terminal.
      Shortcuts are off while you type in a field.
    </p>
  </dialog>`;
}

function keyView({ key, label, does }: Key): TemplateResult {
  return html`<div>
    <dt><kbd>${label ?? key}</kbd></dt>
    <dd>${does}</dd>
  </div>`;
}

export function openKeySheet(): void {
  const sheet = document.querySelector<HTMLDialogElement>(`#${ID}`);
  if (sheet?.open === false) sheet.showModal();
}
