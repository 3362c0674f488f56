// Which token is on the bench: one by its name, or one pasted into the field, which is masked until the person asks to see it.
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { TOKENS, TOKEN_NAMES, type TokenName } from "../../../scripts/model/vocabulary.ts";
import type { TokenChoice } from "../../../scripts/model/schema-pieces.ts";
import type { BenchActions } from "./bench-actions.ts";
import type { BenchState } from "./bench-state.ts";
import { isPasted } from "../shell/typed-token.ts";
import { maskedText } from "./token-text.ts";

/** The value of the list's entry for a token of the person's own; no token is called so. */
const OWN = "typed";

export function tokenField(
  { text, isShown, isTyping }: BenchState,
  token: TokenChoice,
  actions: BenchActions,
): TemplateResult {
  return html`<div class="token-field">
    <div class="token-row">
      <label for="bench-name">Pick</label>
      <select
        id="bench-name"
        class="field"
        .value=${live(typeof token === "string" ? token : OWN)}
        @change=${(event: Event) => pick((event.currentTarget as HTMLSelectElement).value, actions)}
      >
        ${TOKEN_NAMES.map(
          (name) =>
            html`<option value=${name} ?selected=${token === name}>
              ${name}: ${TOKENS[name]}
            </option>`,
        )}
        <option value=${OWN} ?selected=${typeof token !== "string"}>
          your own, pasted or made below
        </option>
      </select>
    </div>
    <div class="token-row">
      <label for="bench-token">or paste</label>
      ${isShown ? shownField(text, actions) : maskedField(text, actions)}
      <button
        type="button"
        class="button"
        aria-pressed=${isShown ? "true" : "false"}
        ?disabled=${text === null || text === ""}
        @click=${() => actions.toggleShown()}
      >
        Show
      </button>
    </div>
    <p class="token-masked">
      ${
        text === null
          ? "There is no token: the attempt carries none."
          : isTyping
            ? "Press Enter or leave the field to decode it."
            : text === ""
              ? "Paste a token. It stays in this tab's memory and goes to the sandbox on this machine only."
              : html`<code>${maskedText(text)}</code
                  >${typeof token === "string" ? ", made this moment" : nothing}`
      }
    </p>
  </div>`;
}

function pick(value: string, actions: BenchActions): void {
  actions.pick(value === OWN ? { text: "" } : (value as TokenName));
}

// Not `type="password"`: browsers would offer to keep the token. The style masks it.
function maskedField(text: string | null, actions: BenchActions): TemplateResult {
  return html`<input
    id="bench-token"
    class="field code masked"
    type="text"
    placeholder="a token, with or without “Bearer”"
    autocomplete="off"
    autocapitalize="off"
    spellcheck="false"
    .value=${text ?? ""}
    @input=${(event: InputEvent) => takePasted(event, text, actions)}
    @change=${(event: Event) => take(event, actions)}
  />`;
}

function shownField(text: string | null, actions: BenchActions): TemplateResult {
  return html`<textarea
    id="bench-token"
    class="field code"
    rows="6"
    autocomplete="off"
    autocapitalize="off"
    spellcheck="false"
    .value=${text ?? ""}
    @input=${(event: InputEvent) => takePasted(event, text, actions)}
    @change=${(event: Event) => take(event, actions)}
  ></textarea>`;
}

function takePasted(event: InputEvent, text: string | null, actions: BenchActions): void {
  if (isPasted(event)) take(event, actions);
  else actions.setTyping(valueOf(event) !== (text ?? ""));
}

function take(event: Event, actions: BenchActions): void {
  actions.paste(valueOf(event));
}

function valueOf(event: Event): string {
  return (event.currentTarget as HTMLInputElement | HTMLTextAreaElement).value;
}
