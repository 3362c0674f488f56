// Which token the own attempt presents: one by its name, or one that was typed or pasted; and what that is, in a note.
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { TOKEN_NAMES, TOKENS, type TokenName } from "../../../scripts/model/vocabulary.ts";
import { writeAddress } from "../../../scripts/model/address.ts";
import type { Switches } from "../../../scripts/model/switches.ts";
import type { Actions } from "./actions.ts";
import { isPasted } from "./typed-token.ts";

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

// Masked. What is being typed stays when something else on the page changes.
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
  actions.choose({ token: value === TYPED ? { text: "" } : (value as TokenName) });
}

export function tokenNote(switches: Switches): TemplateResult {
  const { token, credential } = switches;
  const address = writeAddress({ view: { page: "bench" }, chosen: { token }, cell: undefined });
  return html`<p>
    <b>Token</b> ${tokenWords(switches)}
    ${credential === "none" ? nothing : html`<a href=${address}>Open in Bench</a>`}
  </p>`;
}

function tokenWords({ token, credential }: Switches): string {
  if (credential === "none") return "none is sent.";
  if (typeof token === "string") return `${token}: ${TOKENS[token]}`;
  return token.text === ""
    ? "nothing is typed yet: paste one and press Enter. Until then you see the results of the token before."
    : "typed here; it stays in memory, in this tab and in the sandbox on this machine: never in the address, never on disk.";
}
