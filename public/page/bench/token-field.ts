// Which token is on the bench: one by its name, or one in a text that was pasted, which is masked until the person asks to see it.
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { holdsToken } from "../../../scripts/model/find-token.ts";
import { TOKENS, TOKEN_NAMES, type TokenName } from "../../../scripts/model/vocabulary.ts";
import type { TokenChoice } from "../../../scripts/model/schema-pieces.ts";
import { outcomeIcon } from "../shell/icons.ts";
import type { BenchActions } from "./bench-actions.ts";
import { type BenchState, isTokenShown } from "./bench-state.ts";
import { isPasted } from "../shell/typed-token.ts";
import { encodedView } from "./encoded-view.ts";
import { decodeToken } from "./token-text.ts";

/** The value of the list's entry for a token of the person's own; no token is called so. */
const OWN = "typed";

export function tokenField(
  bench: BenchState,
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
      <span id="bench-token-help" class="quiet-text paste-help"
        >a token, or a header, response, cookie, URL or curl command with one</span
      >
    </div>
    ${encodedField(bench, actions)}
    ${
      bench.problem === undefined
        ? nothing
        : html`<p class="fault" role="alert">${outcomeIcon("bad")} ${bench.problem}</p>`
    }
    <div class="token-row token-hint">
      <p class="quiet-text">${hint(bench, token)}</p>
      <button
        type="button"
        class="button"
        aria-pressed=${isTokenShown(bench) ? "true" : "false"}
        ?disabled=${bench.text === null || bench.text === ""}
        @click=${() => actions.toggleShown()}
      >
        Show
      </button>
    </div>
  </div>`;
}

function pick(value: string, actions: BenchActions): void {
  actions.pick(value === OWN ? { text: "" } : (value as TokenName));
}

function hint({ text, typed }: BenchState, token: TokenChoice): string {
  if (typed !== undefined) return "Press Enter or leave the field to decode it.";
  if (text === null) return "There is no token: the attempt carries none.";
  if (text === "")
    return "What you paste stays in memory, in this tab and in the sandbox on this machine: never in the address, never on disk.";
  return `${text.length.toLocaleString("en-GB")} characters${typeof token === "string" ? ", made this moment" : ""}`;
}

/** The text of the field is transparent and lies on a copy of itself, which has the colours, the marks and the mask. */
function encodedField(bench: BenchState, actions: BenchActions): TemplateResult {
  const { text, typed, marked } = bench;
  const value = typed ?? text ?? "";
  const decoded = decodeToken(value);
  const shown = {
    decoded: "problem" in decoded ? undefined : decoded,
    isMasked: !isTokenShown(bench),
    mark: marked,
  };
  // No whitespace in the copy but that of the text.
  return html`<div class="encoded">
    <div class="encoded-layers">
      <pre aria-hidden="true">${encodedView(value, shown)}</pre>
      <textarea
        id="bench-token"
        rows="1"
        placeholder="paste it here"
        aria-describedby="bench-token-help"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        .value=${live(value)}
        @paste=${(event: ClipboardEvent) => takeAll(event, actions)}
        @input=${(event: InputEvent) => takePasted(event, text, actions)}
        @change=${(event: Event) => take(event, actions)}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          if (typed !== undefined) take(event, actions);
        }}
      ></textarea>
    </div>
  </div>`;
}

/** A text with a token in it replaces the token before; a piece of one is put where the cursor is. */
function takeAll(event: ClipboardEvent, actions: BenchActions): void {
  const pasted = event.clipboardData?.getData("text") ?? "";
  if (!holdsToken(pasted)) return;
  event.preventDefault();
  actions.paste(pasted);
}

function takePasted(event: InputEvent, text: string | null, actions: BenchActions): void {
  const value = valueOf(event);
  if (isPasted(event)) take(event, actions);
  else actions.setTyped(value === (text ?? "") ? undefined : value);
}

function take(event: Event, actions: BenchActions): void {
  actions.paste(valueOf(event));
}

function valueOf(event: Event): string {
  return (event.currentTarget as HTMLTextAreaElement).value;
}
