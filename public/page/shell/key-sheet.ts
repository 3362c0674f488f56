// The sheet of keys, a dialog.
import { html, type TemplateResult } from "lit-html";
import { KEYS } from "./keys.ts";

const ID = "key-sheet";

export function keySheet(): TemplateResult {
  return html`<dialog id=${ID} class="key-sheet" aria-labelledby="key-sheet-title">
    <form method="dialog">
      <h2 id="key-sheet-title">Keys</h2>
      <button class="button quiet" autofocus>Close</button>
    </form>
    <div class="key-groups">
      ${Object.entries(KEYS).map(
        ([heading, keys]) =>
          html`<section>
            <h3>${heading}</h3>
            <dl>
              ${keys.map(
                ({ key, label, does }) =>
                  html`<div>
                    <dt><kbd>${label ?? key}</kbd></dt>
                    <dd>${does}</dd>
                  </div>`,
              )}
            </dl>
          </section>`,
      )}
    </div>
    <p>
      f a t r w c n p and those that move about are the same in the terminal. All of them rest while
      you type in a field.
    </p>
  </dialog>`;
}

export function openKeySheet(): void {
  const sheet = document.querySelector<HTMLDialogElement>(`#${ID}`);
  if (sheet?.open === false) sheet.showModal();
}
