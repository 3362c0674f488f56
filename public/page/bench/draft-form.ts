// Makes a variant of the token, with other claims, another key or no signature, and tries it.
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { shapeIcon } from "../shell/icons.ts";
import { radioGroup } from "../shell/radio-group.ts";
import type { BenchActions } from "./bench-actions.ts";
import type { BenchState } from "./bench-state.ts";
import { AFTERWARDS, ALGORITHMS, CHANGES, type Draft, SIGNING_KEYS, readClaims } from "./draft.ts";

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
  const isDisabled = draft.algorithm === "none";
  return html`<div class="draft-choices">
    ${radioGroup({
      legend: "Algorithm",
      name: "draft-algorithm",
      options: ALGORITHMS.map((algorithm) => ({
        label: algorithm,
        isChosen: algorithm === draft.algorithm,
        choose: () => actions.edit({ algorithm }),
      })),
    })}
    ${radioGroup({
      legend: "Signed with",
      name: "draft-key",
      isDisabled,
      options: SIGNING_KEYS.map((key) => ({
        label: KEY_LABELS[key],
        isChosen: key === draft.key,
        choose: () => actions.edit({ key }),
      })),
    })}
    ${radioGroup({
      legend: "After signing",
      name: "draft-afterwards",
      isDisabled,
      options: AFTERWARDS.map((afterwards) => ({
        label: AFTERWARDS_LABELS[afterwards],
        isChosen: afterwards === draft.afterwards,
        choose: () => actions.edit({ afterwards }),
      })),
    })}
  </div>`;
}

const KEY_LABELS: Record<Draft["key"], string> = {
  server: "the demo server's secret",
  other: "another secret",
};

const AFTERWARDS_LABELS: Record<Draft["afterwards"], string> = {
  nothing: "leave as is",
  drop: "drop the signature",
  tamper: "change the user",
};
