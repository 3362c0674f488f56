// Makes a variant of the token, with other claims, another key or no signature, and tries it.
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { shapeIcon } from "../shell/icons.ts";
import type { BenchActions } from "./bench-actions.ts";
import type { BenchState } from "./bench-state.ts";
import { AFTERWARDS, ALGORITHMS, CHANGES, type Draft, KEYS, readClaims } from "./draft.ts";

export function draftForm({ draft }: BenchState, actions: BenchActions): TemplateResult {
  const read = readClaims(draft.text);
  const problem = "problem" in read ? read.problem : undefined;
  return html`<section class="draft" aria-labelledby="draft-title">
    <h2 id="draft-title">Make a variant of it</h2>
    <form
      @submit=${(event: Event) => {
        event.preventDefault();
        actions.make();
      }}
    >
      <div class="changes" role="group" aria-label="Change the claims">
        ${CHANGES.map(
          (change) =>
            html`<button
              type="button"
              class="change"
              ?disabled=${problem !== undefined}
              @click=${() => actions.change(change)}
            >
              ${change.name}
            </button>`,
        )}
      </div>
      ${claimsField(draft, problem, actions)} ${choices(draft, actions)}
      <p class="make">
        <button type="submit" class="button strong" ?disabled=${problem !== undefined}>
          Sign and try
        </button>
        <span class="quiet-text">The own attempt uses it too.</span>
      </p>
    </form>
  </section>`;
}

function claimsField(
  draft: Draft,
  problem: string | undefined,
  actions: BenchActions,
): TemplateResult {
  return html`<div class="claims-label">
      <label for="draft-claims">Claims, as JSON</label>
      <p id="draft-problem" class="draft-problem" role="status">
        ${problem === undefined ? nothing : html`${shapeIcon("bad")} ${problem}`}
      </p>
    </div>
    <textarea
      id="draft-claims"
      class="field code"
      rows=${Math.min(20, Math.max(8, draft.text.split("\n").length + 1))}
      spellcheck="false"
      autocapitalize="off"
      aria-invalid=${problem === undefined ? "false" : "true"}
      aria-describedby="draft-problem"
      .value=${live(draft.text)}
      @input=${(event: Event) =>
        actions.edit({ text: (event.currentTarget as HTMLTextAreaElement).value })}
    ></textarea>`;
}

// --- How it is signed ---

function choices(draft: Draft, actions: BenchActions): TemplateResult {
  const isUnsigned = draft.algorithm === "none";
  return html`<div class="draft-choices">
    ${radios({
      legend: "Algorithm",
      name: "algorithm",
      options: ALGORITHMS.map((value) => ({ value, label: value })),
      chosen: draft.algorithm,
      choose: (algorithm) => actions.edit({ algorithm }),
    })}
    ${radios({
      legend: "Signed with",
      name: "key",
      options: KEYS.map((value) => ({ value, label: KEY_LABELS[value] })),
      chosen: draft.key,
      choose: (key) => actions.edit({ key }),
      isDisabled: isUnsigned,
    })}
    ${radios({
      legend: "After signing",
      name: "afterwards",
      options: AFTERWARDS.map((value) => ({ value, label: AFTERWARDS_LABELS[value] })),
      chosen: draft.afterwards,
      choose: (afterwards) => actions.edit({ afterwards }),
      isDisabled: isUnsigned,
    })}
  </div>`;
}

const KEY_LABELS: Record<Draft["key"], string> = {
  server: "the server's secret",
  other: "another secret",
};

const AFTERWARDS_LABELS: Record<Draft["afterwards"], string> = {
  nothing: "leave as is",
  drop: "drop the signature",
  tamper: "change the user",
};

interface Radios<Value extends string> {
  legend: string;
  name: string;
  options: { value: Value; label: string }[];
  chosen: Value;
  choose: (value: Value) => void;
  isDisabled?: boolean;
}

function radios<Value extends string>(group: Radios<Value>): TemplateResult {
  const { legend, name, options, chosen, choose, isDisabled = false } = group;
  return html`<fieldset class="switch" ?disabled=${isDisabled}>
    <legend>${legend}</legend>
    <span class="segments">
      ${options.map(
        ({ value, label }) =>
          html`<label class="segment"
            ><input
              type="radio"
              name="draft-${name}"
              .checked=${live(value === chosen)}
              @change=${() => choose(value)}
            /><span>${label}</span></label
          >`,
      )}
    </span>
  </fieldset>`;
}
