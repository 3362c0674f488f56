// What columns and stack have in common: the button beside a difference, and lines that are the same, folded or not.
import { html, nothing, type TemplateResult } from "lit-html";
import type { CompareActions } from "./compare-actions.ts";
import type { CompareState, LoadedComparison } from "./compare-state.ts";
import { differencesIn, foldRun, type Run, type RunRow } from "./runs.ts";

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

/**
 * Lines that are the same in all; most of them folded away, if the person asked for that.
 * @param rowOf shows a line
 * @param foldRow a row of the table around the button that opens the fold
 */
export function sameRun(
  shown: Shown,
  run: Run,
  rowOf: (row: RunRow) => TemplateResult,
  foldRow: (button: TemplateResult) => TemplateResult,
): TemplateResult {
  const { compare, runs } = shown;
  const place = { isFirst: run === runs[0], isLast: run === runs.at(-1) };
  const { before, hidden, after } = compare.isFolded
    ? foldRun(run, place)
    : { before: run.rows, hidden: [], after: [] };
  const isOpen = compare.opened.includes(run.start);
  return html`<tbody class=${runClass(shown, run)}>
    ${before.map(rowOf)}
    ${hidden.length === 0 ? nothing : foldRow(foldButton(shown, run, { count: hidden.length, isOpen }))}
    ${isOpen ? hidden.map(rowOf) : nothing} ${after.map(rowOf)}
  </tbody>`;
}

/** Opens what is folded, or folds it again. */
function foldButton(
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

function linesInWords(count: number): string {
  return count === 1 ? "1 line" : `${count} lines`;
}
