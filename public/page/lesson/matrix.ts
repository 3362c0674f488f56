// The matrix: a row for each attempt of the lesson and one for the own attempt, a column for each client.
import { textOf } from "../../../scripts/model/switches.ts";
import { html, nothing, type TemplateResult } from "lit-html";
import { CLIENTS } from "../../../scripts/model/vocabulary.ts";
import { matrixMarkdown } from "../../../scripts/model/words/matrix-markdown.ts";
import { copyButton } from "../shell/copy.ts";
import { currentSwitches } from "../shell/state.ts";
import type { LessonActions } from "./lesson-actions.ts";
import { matrixCell } from "./cell-view.ts";
import { type Row, rowsOf } from "./rows.ts";
import { OWN } from "../../../scripts/model/own-attempt.ts";
import { cellKey, countUnderWay, type LessonState } from "./lesson-state.ts";
import { judged, scoreOf } from "./prediction.ts";
import { resultBar } from "./result-bar.ts";
import { matchIcon, outcomeIcon, predictionIcon } from "../shell/icons.ts";

export function matrixView(state: LessonState, actions: LessonActions): TemplateResult {
  const rows = rowsOf(state);
  return html`<section class="matrix-section" aria-labelledby="matrix-title">
    ${resultBar(state, actions)}
    <table
      class="matrix"
      role="table"
      aria-labelledby="matrix-title"
      aria-busy=${countUnderWay(state) > 0 ? "true" : "false"}
    >
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">Attempt</th>
          ${CLIENTS.map(
            (client) =>
              html`<th scope="col" role="columnheader">
                ${state.columns[client]}${
                  client === "browser"
                    ? html` <span class="column-note">this browser</span>`
                    : nothing
                }
              </th>`,
          )}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.map((row, at) => [headingRow(row), matrixRow(state, { row, number: at + 1 }, actions)])}
      </tbody>
    </table>
    <p class="matrix-foot">${legend(state)} ${copyMatrix(state)}</p>
  </section>`;
}

/** What the signs mean that have no word beside them everywhere. */
function legend(state: LessonState): TemplateResult | typeof nothing {
  const { lesson } = state;
  if (lesson === undefined) return nothing;
  const hasWeaker = lesson.attempts.some(({ shouldBeRefused }) => shouldBeRefused);
  return html`<span class="matrix-legend legend-match"
      >${matchIcon(true)} matches the lesson · ${matchIcon(false)} does not</span
    >
    ${scoreOf(state) === undefined ? nothing : html`<span class="matrix-legend">${predictionIcon(true)} predicted correctly · ${predictionIcon(false)} otherwise</span>`}
    ${hasWeaker ? html`<span class="matrix-legend">${outcomeIcon("warn")} should have been refused</span>` : nothing}`;
}

/** For an issue, or for notes. */
function copyMatrix(state: LessonState): TemplateResult {
  const { columns, cells, number, lesson } = state;
  return copyButton("Copy as Markdown", () =>
    matrixMarkdown({
      title: lesson === undefined ? "Free sandbox" : `Lesson ${number}: ${lesson.title}`,
      columns,
      attempts: rowsOf(state).map(({ attempt }) => attempt),
      cellAt: (attempt, client) => cells[cellKey({ attempt, client })]?.filled,
    }),
  );
}

/** Stands above the rows of a group. */
function headingRow({ heading }: Row): TemplateResult | typeof nothing {
  return heading === undefined
    ? nothing
    : html`<tr role="row" class="row-heading">
        <th scope="colgroup" role="columnheader" colspan=${CLIENTS.length + 1}>${heading}</th>
      </tr>`;
}

function matrixRow(
  state: LessonState,
  { row, number }: { row: Row; number: number },
  actions: LessonActions,
): TemplateResult {
  const isOpen = state.address.cell?.attempt === row.attempt.id;
  return html`<tr
    role="row"
    class="row ${row.attempt.id === OWN ? "row-own" : ""} ${isOpen ? "is-open" : ""} ${row.attempt.question === undefined ? "" : "is-asked"}"
  >
    <th scope="row" role="rowheader">
      <span class="row-number">${number}</span>${row.attempt.label}${ownSettings(state, row)}
      ${predictionSign(state, row)}
    </th>
    ${CLIENTS.map((client) => matrixCell(state, { row, client }, actions))}
  </tr>`;
}

/** Whether the person's answer came true; in the row's corner, so that the row is as high without it. */
function predictionSign(state: LessonState, { attempt }: Row): TemplateResult | typeof nothing {
  const result = judged(state, attempt);
  if (result === undefined) return nothing;
  const words = result.isRight ? "predicted correctly" : "predicted otherwise";
  return html`<span class="predicted ${result.isRight ? "" : "is-wrong"}" title=${words}
    >${predictionIcon(result.isRight)}<span class="visually-hidden">${words}</span></span
  >`;
}

/** What a row sets for itself, other than the switches say; where a heading and a label say what it tries, they say that too. */
function ownSettings(state: LessonState, { attempt }: Row): TemplateResult | typeof nothing {
  if (attempt.group !== undefined) return nothing;
  const switches = currentSwitches(state);
  const set = (["variant", "auth", "serverTransports"] as const).flatMap((name) => {
    const text = attempt[name] && textOf(attempt[name]);
    return text === undefined || text === textOf(switches[name]) ? [] : [text];
  });
  return set.length === 0 ? nothing : html` <span class="row-settings">${set.join(", ")}</span>`;
}
