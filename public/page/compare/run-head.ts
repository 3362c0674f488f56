// What stands beside a difference: its sign and word, as a button that chooses it; and the row of a fold.
import { html, type TemplateResult } from "lit-html";
import type { CompareActions } from "./compare-actions.ts";
import type { CompareState, LoadedComparison } from "./compare-state.ts";
import { linesInWords } from "./compare-words.ts";
import { differencesIn, type Run } from "./runs.ts";

/** All that the code is drawn from. */
export interface Shown {
  compare: CompareState;
  loaded: LoadedComparison;
  runs: Run[];
  actions: CompareActions;
}

export function runClass({ compare }: Shown, { start, kinds }: Run): string {
  if (kinds.length === 0) return "run is-same";
  const isQuiet = compare.kind !== undefined && !kinds.includes(compare.kind);
  return [
    "run is-different",
    compare.current === start ? "is-current" : "",
    compare.pointed === start ? "is-pointed" : "",
    isQuiet ? "is-quiet" : "",
  ].join(" ");
}

/** Only one of the buttons is on the way of the Tab key: the chosen one, else the first. */
export function kindButton(shown: Shown, { start, kinds }: Run): TemplateResult {
  const { compare, runs, actions } = shown;
  const first = compare.current ?? differencesIn(runs, compare.kind)[0]?.start;
  return html`<button
    type="button"
    class="run-kinds"
    tabindex=${start === first ? "0" : "-1"}
    aria-pressed=${compare.current === start ? "true" : "false"}
    aria-describedby=${kinds.map((kind) => `kind-${kind}`).join(" ")}
    @focus=${() => actions.choose(start)}
    @click=${() => actions.choose(start)}
  >
    <span aria-hidden="true">≠</span> <span class="run-words">${kinds.join(", ")}</span>
  </button>`;
}

/** Opens what is folded, or folds it again. */
export function foldButton(
  { actions }: Shown,
  { start }: Run,
  { count, isOpen }: { count: number; isOpen: boolean },
): TemplateResult {
  const words = isOpen
    ? `Fold ${linesInWords(count)} again`
    : `${linesInWords(count)}, the same in all`;
  return html`<button
    type="button"
    class="fold"
    aria-expanded=${isOpen ? "true" : "false"}
    @click=${() => actions.toggleRun(start)}
  >
    <span aria-hidden="true">${isOpen ? "↕" : "⋯"}</span> ${words}
  </button>`;
}
