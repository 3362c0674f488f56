// The rows of the last check, in the words and the order of the terminal.
import { html, nothing, type TemplateResult } from "lit-html";
import type { CheckRow } from "../../../scripts/model/exercise.ts";
import type { CheckLine } from "../../../scripts/model/words/check-words.ts";
import { outcomeIcon, waitingIcon } from "../shell/icons.ts";
import { dirtyNames, linesOf } from "./exercise-state.ts";
import type { Shown } from "./exercise-view.ts";

export function rowsView(shown: Shown): TemplateResult {
  const { exercise, actions } = shown;
  const lines = linesOf(exercise);
  const isDirty = dirtyNames(exercise).length > 0;
  return html`<section class="exercise-rows" aria-labelledby="rows-title">
    <header>
      <h2 id="rows-title">${isDirty ? "What you saved last" : "The check"}</h2>
      <button type="button" class="button quiet" @click=${() => actions.check()}>
        Check again <kbd aria-hidden="true">r</kbd>
      </button>
    </header>
    <ol class="check-lines">
      ${lines?.map((line) => lineView(shown, line)) ?? html`<li>${waitingIcon(true)} starts …</li>`}
    </ol>
  </section>`;
}

function lineView({ exercise, actions }: Shown, line: CheckLine): TemplateResult {
  const { result, text, remark, facts, row, problem } = line;
  const isUnderWay = result === "waits" && exercise.check?.isOver === false;
  const { file, line: number } = problem ?? {};
  const isPlace = file !== undefined && number !== undefined && row === undefined;
  return html`<li class="check-line is-${result.replace(" ", "-")}">
    ${SIGNS[result](isUnderWay)}
    <div>
      ${
        isPlace
          ? html`<button type="button" class="place" @click=${() => actions.goTo(file, number)}>
              ${text}
            </button>`
          : html`<span>${text}</span>`
      }
      ${remark === undefined ? nothing : html`<span class="check-remark">${remark}</span>`}
      ${row === undefined || result === "waits" ? nothing : traceButton(row, () => actions.openRow(row))}
      ${facts.length === 0 ? nothing : factsView(line)}
    </div>
  </li>`;
}

/** The shape says the same as the colour, and words say it to a screen reader. */
const SIGNS: Record<CheckRow["result"], (isUnderWay: boolean) => TemplateResult> = {
  passed: () => html`${outcomeIcon("good")}<span class="visually-hidden">passed:</span>`,
  failed: () => html`${outcomeIcon("bad")}<span class="visually-hidden">failed:</span>`,
  "too busy": () => html`${outcomeIcon("open")}<span class="visually-hidden">not judged:</span>`,
  waits: (isUnderWay) =>
    html`${waitingIcon(isUnderWay)}<span class="visually-hidden">not run yet:</span>`,
};

function traceButton({ title }: CheckRow, open: () => void): TemplateResult {
  return html`<button
    type="button"
    class="check-trace"
    aria-label="on the wire: ${title}"
    @click=${open}
  >
    on the wire
  </button>`;
}

function factsView({ facts }: CheckLine): TemplateResult {
  return html`<dl class="check-facts">
    ${facts.map(
      ([name, text]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${text}</dd>
        </div>`,
    )}
  </dl>`;
}
