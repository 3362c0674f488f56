// Which token the own attempt presents: one by its name, or one that was typed or pasted. What it is stands in the notes below.
import type { Switches } from "../../../scripts/model/switches.ts";
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { TOKEN_NAMES, type TokenName } from "../../../scripts/model/vocabulary.ts";
import type { Actions } from "./actions.ts";

/** The value of the list's last entry; no token is called so. */
const TYPED = "typed";

export function tokenSwitch({ token, credential }: Switches, actions: Actions): TemplateResult {
  const chosen = typeof token === "string" ? token : TYPED;
  return html`<span class="switch">
    <label class="legend" for="token-name">Token</label>
    <select
      id="token-name"
      class="field"
      ?disabled=${credential === "none"}
      .value=${live(chosen)}
      @change=${(event: Event) => choose((event.currentTarget as HTMLSelectElement).value, actions)}
    >
      ${TOKEN_NAMES.map(
        (name) => html`<option value=${name} ?selected=${name === chosen}>${name}</option>`,
      )}
      <option value=${TYPED} ?selected=${chosen === TYPED}>typed …</option>
    </select>
    ${typeof token === "string" ? nothing : typedToken(token.text, actions)}
  </span>`;
}

// Masked, as tokens are everywhere; and what is being typed stays when something else on the page changes.
function typedToken(text: string, actions: Actions): TemplateResult {
  return html`<input
    class="field code masked"
    type="text"
    aria-label="Token, typed or pasted"
    placeholder="paste a token"
    autocomplete="off"
    autocapitalize="off"
    spellcheck="false"
    .value=${text}
    @change=${(event: Event) =>
      actions.choose({ token: { text: (event.currentTarget as HTMLInputElement).value.trim() } })}
  />`;
}

function choose(value: string, actions: Actions): void {
  actions.choose({ token: value === TYPED ? { text: "" } : (value as TokenName) });
}
