// The formats beside each other, line by line.
import { html, nothing, type TemplateResult } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import type { Comparison } from "../../../scripts/model/protocol.ts";
import { copyButton } from "../shell/copy.ts";
import { changedPieces } from "./changed-pieces.ts";
import { codeLine } from "./code-line.ts";
import { shownColumns } from "./compare-state.ts";
import { kindButton, runClass, sameRun, type Shown } from "./run-view.ts";
import type { Run, RunRow } from "./runs.ts";

export function columnsView(shown: Shown): TemplateResult {
  const { loaded, compare, runs } = shown;
  const columns = shownColumns(compare);
  return html`<table class="code-table columns-${columns.length}">
    <caption class="visually-hidden">
      The lines beside each other; those that differ begin with the kind of difference.
    </caption>
    <colgroup>
      <col class="col-kinds" />
      ${columns.map(
        () =>
          html`<col class="col-number" />
            <col />`,
      )}
    </colgroup>
    <thead>
      <tr>
        <th scope="col" class="head-kinds">Difference</th>
        ${columns.map(
          (column) =>
            html`<th scope="colgroup" colspan="2">
              ${loaded.comparison.columns[column]}
              ${copyButton("Copy", () => fileOf(loaded.comparison, column))}
            </th>`,
        )}
      </tr>
    </thead>
    ${runs.map((run) =>
      run.kinds.length === 0 ? equalRun(shown, columns, run) : differentRun(shown, columns, run),
    )}
  </table>`;
}

/** The file as it is, without the gaps that align it. */
function fileOf({ rows }: Comparison, column: number): string {
  return rows.flatMap(({ lines }) => lines[column] ?? []).join("\n");
}

function differentRun(shown: Shown, columns: number[], run: Run): TemplateResult {
  const { actions } = shown;
  return html`<tbody
    class=${runClass(shown, run)}
    @click=${() => actions.choose(run.start)}
    @mouseenter=${() => actions.point(run.start)}
    @mouseleave=${() => actions.point(undefined)}
  >
    ${run.rows.map(
      (row, at) =>
        html`<tr>
          ${
            at === 0
              ? html`<th scope="rowgroup" rowspan=${run.rows.length} class="row-kinds">
                  ${kindButton(shown, run)}
                </th>`
              : nothing
          }
          ${rowCells(shown, columns, row)}
        </tr>`,
    )}
  </tbody>`;
}

function equalRun(shown: Shown, columns: number[], run: Run): TemplateResult {
  return sameRun(
    shown,
    run,
    (row) =>
      html`<tr>
        <td class="row-kinds"></td>
        ${rowCells(shown, columns, row)}
      </tr>`,
    (button) =>
      html`<tr class="fold-row">
        <td></td>
        <td colspan=${columns.length * 2}>${button}</td>
      </tr>`,
  );
}

// Which row is chosen or pointed at does not change its code, which is most of the page.
function rowCells({ loaded }: Shown, columns: number[], row: RunRow): unknown {
  return guard([loaded, columns.join(), row.lines.join()], () => {
    const lines = row.lines.map((line, at) =>
      line === undefined ? undefined : loaded.code[columns[at]!]![line],
    );
    const marks = isSame(row) ? [] : changedPieces(lines);
    return lines.map((line, at) =>
      line === undefined
        ? html`<td class="no-line" colspan="2"><span class="visually-hidden">no line</span></td>`
        : html`<td class="number">${row.lines[at]! + 1}</td>
            <td class="code">${codeLine(line, marks[at] ?? [])}</td>`,
    );
  });
}

function isSame({ texts }: RunRow): boolean {
  return texts.every((text) => text === texts[0]);
}
