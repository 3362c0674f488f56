// Which token the own attempt presents: one by its name, or one that was typed or pasted; and what that is, in a note.
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { TOKEN_NAMES, TOKENS, type TokenName } from "../../../scripts/model/vocabulary.ts";
import type { PageSwitches } from "../../../scripts/model/protocol.ts";
import type { Actions } from "./actions.ts";
import { isPasted } from "./typed-token.ts";

/** The value of the list's last entry; no token is called so. */
const TYPED = "typed";

export function tokenSwitch({ token, credential }: PageSwitches, actions: Actions): TemplateResult {
  const chosen = "name" in token ? token.name : TYPED;
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
    ${"text" in token ? typedToken(token.text, actions) : nothing}
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
    @input=${(event: InputEvent) => isPasted(event) && take(event, actions)}
    @change=${(event: Event) => take(event, actions)}
  />`;
}

function take({ currentTarget }: Event, actions: Actions): void {
  actions.chooseTyped((currentTarget as HTMLInputElement).value);
}

function choose(value: string, actions: Actions): void {
  actions.choose({ token: value === TYPED ? { text: "" } : { name: value as TokenName } });
}

export function tokenNote(switches: PageSwitches): TemplateResult {
  return html`<p><b>Token</b> ${tokenWords(switches)}</p>`;
}

function tokenWords({ token, credential }: PageSwitches): string {
  if (credential === "none") return "none is sent.";
  if ("text" in token && token.text === "")
    return "nothing is typed yet: paste one and press Enter. Until then you see the results of the token before.";
  if ("text" in token) return "typed here; it stays in this tab's memory and is in no address.";
  return `${token.name}: ${TOKENS[token.name]}`;
}
