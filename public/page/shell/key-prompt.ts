// Asks for a key where there is none, or where that of before opens nothing any more.
import { html, type TemplateResult } from "lit-html";
import type { Actions } from "./actions.ts";
import type { State } from "./state.ts";

export function keyPrompt({ refusal, lessons }: State, actions: Actions): TemplateResult {
  const isBack = lessons !== undefined;
  return html`<section class="key-prompt" aria-labelledby="key-title">
    <h2 id="key-title">${isBack ? "This page needs a new key" : "This page needs a key"}</h2>
    <p>
      The sandbox runs code on your machine, so a browser needs a key the first time. Open the
      address that the terminal shows, or paste it
      here.${isBack ? " What you did so far stays." : ""}
    </p>
    <form @submit=${(event: SubmitEvent) => submit(event, actions)}>
      <label for="key-text">Address or key</label>
      <input
        id="key-text"
        name="key"
        class="field code"
        type="text"
        required
        autocomplete="off"
        spellcheck="false"
        placeholder="http://127.0.0.1:…/#key=…"
        aria-describedby=${refusal === undefined ? "key-title" : "key-refusal"}
      />
      <button class="button strong" type="submit">Open</button>
    </form>
    ${refusal === undefined ? "" : html`<p id="key-refusal" role="alert">${refusal}</p>`}
  </section>`;
}

function submit(event: SubmitEvent, actions: Actions): void {
  event.preventDefault();
  const text = new FormData(event.currentTarget as HTMLFormElement).get("key");
  if (typeof text === "string") actions.unlock(text);
}
