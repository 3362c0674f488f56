// One column, for where there is no room for more: what is the same stands once, what differs below each other, by format.
import { html, type TemplateResult } from "lit-html";
import { changedPieces } from "./changed-pieces.ts";
import { codeLine } from "./code-line.ts";
import { shortTitles, shownColumns } from "./compare-state.ts";
import { kindButton, runClass, sameRun, type Shown } from "./run-view.ts";
import type { Run, RunRow } from "./runs.ts";

export function stackView(shown: Shown): TemplateResult {
  const { loaded, compare, runs } = shown;
  const columns = shownColumns(compare);
  const names = columns.map((column) => shortTitles(loaded.comparison.columns)[column]!);
  return html`<table class="code-table is-stack">
    <caption>
      ${names.join(", ")}: a line without a name is the same in all.
    </caption>
    <colgroup>
      <col class="col-names" />
      <col />
    </colgroup>
    <thead class="visually-hidden">
      <tr>
        <th scope="col">In which</th>
        <th scope="col">Line</th>
      </tr>
    </thead>
    ${runs.map((run) =>
      run.kinds.length === 0
        ? equalRun(shown, columns, run)
        : differentRun(shown, { columns, names }, run),
    )}
  </table>`;
}

interface Columns {
  columns: number[];
  names: string[];
}

function differentRun(shown: Shown, { columns, names }: Columns, run: Run): TemplateResult {
  return html`<tbody class=${runClass(shown, run)} @click=${() => shown.actions.choose(run.start)}>
    <tr>
      <th scope="rowgroup" colspan="2" class="row-kinds">${kindButton(shown, run)}</th>
    </tr>
    ${run.rows.map((row) => variantRows(shown, { columns, names }, row))}
  </tbody>`;
}

/** The different lines of a row, each with the names of those that have it. */
function variantRows(
  { loaded }: Shown,
  { columns, names }: Columns,
  row: RunRow,
): TemplateResult[] {
  const different = [...new Set(row.texts)].filter((text) => text !== undefined);
  const groups = different.map((text) =>
    row.texts.flatMap((each, at) => (each === text ? at : [])),
  );
  const lines = groups.map(([at]) => loaded.code[columns[at!]!]![row.lines[at!]!]!);
  const marks = changedPieces(lines);
  return groups.map(
    (group, index) =>
      html`<tr>
        <td class="names">${group.map((at) => names[at]).join(" ")}</td>
        <td class="code">${codeLine(lines[index]!, marks[index]!)}</td>
      </tr>`,
  );
}

function equalRun(shown: Shown, [first]: number[], run: Run): TemplateResult {
  return sameRun(
    shown,
    run,
    ({ lines: [line] }) =>
      html`<tr>
        <td class="number">${line! + 1}</td>
        <td class="code">${codeLine(shown.loaded.code[first!]![line!]!, [])}</td>
      </tr>`,
    (button) =>
      html`<tr class="fold-row">
        <td colspan="2">${button}</td>
      </tr>`,
  );
}
