// Above the code: which formats, what differs by kind, folding, and the way to the next difference.
import { html, nothing, type TemplateResult } from "lit-html";
import { CHOICES } from "../../../scripts/model/switches.ts";
import type { Variant } from "../../../scripts/model/vocabulary.ts";
import { radioGroup } from "../shell/radio-group.ts";
import { AUTH, shortTitles, shownColumns } from "./compare-state.ts";
import type { CompareActions } from "./compare-actions.ts";
import type { Shown } from "./run-view.ts";
import { countKinds } from "./runs.ts";

/** @param variant the format in which two ways of checking are compared */
export function compareTools(shown: Shown, variant: Variant): TemplateResult {
  const { compare, loaded, actions } = shown;
  const { isFolded } = compare;
  return html`<div class="compare-tools">
    ${loaded.what === AUTH ? formatChoice(variant, actions) : columnChoice(shown)} ${legend(shown)}
    <div class="compare-steps">
      <button
        type="button"
        class="button"
        aria-pressed=${isFolded ? "true" : "false"}
        @click=${() => actions.toggleFolding()}
      >
        Fold equal lines
      </button>
      <button type="button" class="button" @click=${() => actions.step(-1)}>
        Previous <kbd aria-hidden="true">p</kbd>
      </button>
      <button type="button" class="button" @click=${() => actions.step(1)}>
        Next <kbd aria-hidden="true">n</kbd>
      </button>
    </div>
  </div>`;
}

/** All three, or two of them. */
const COLUMN_SETS = [
  [0, 1, 2],
  [0, 1],
  [1, 2],
  [0, 2],
];

function columnChoice({ compare, loaded, actions }: Shown): TemplateResult {
  const titles = shortTitles(loaded.comparison.columns);
  const shown = shownColumns(compare).join();
  const options = COLUMN_SETS.map((columns) => ({
    label: columns.length === 3 ? "all" : columns.map((column) => titles[column]).join(" "),
    isChosen: columns.join() === shown,
    choose: () => actions.chooseColumns(columns),
  }));
  return radioGroup({ legend: "Formats", name: "columns", options });
}

function formatChoice(variant: Variant, actions: CompareActions): TemplateResult {
  const options = CHOICES.variant.map(({ label, value }) => ({
    label,
    isChosen: value === variant,
    choose: () => actions.chooseFormat(value),
  }));
  return radioGroup({ legend: "Format", name: "format", options });
}

function legend({ compare, loaded, runs, actions }: Shown): TemplateResult {
  const { comparison } = loaded;
  const counted = countKinds(runs, Object.keys(comparison.kinds));
  return html`<div class="kinds" role="group" aria-label="Kinds of difference">
    ${counted.map(
      ({ kind, count }) =>
        html`<button
            type="button"
            class="kind"
            aria-pressed=${compare.kind === kind ? "true" : "false"}
            aria-describedby="kind-${kind}"
            @click=${() => actions.filter(kind)}
          >
            ${kind}
            <span class="kind-count">${count}</span></button
          ><span hidden id="kind-${kind}">${comparison.kinds[kind] ?? nothing}</span>`,
    )}
  </div>`;
}
