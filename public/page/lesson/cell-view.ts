// One cell of the matrix: waiting, under way, or filled; its button opens the trace. Always as high as its row.
import type { Attempt } from "../../../scripts/model/attempt.ts";
import type { FilledCell } from "../../../scripts/model/cell.ts";
import { outcomeWords } from "../../../scripts/model/words/acts.ts";
import { html, nothing, type TemplateResult } from "lit-html";
import type { Client } from "../../../scripts/model/vocabulary.ts";
import { matchWords } from "../../../scripts/model/words/verdicts.ts";
import type { LessonActions } from "./lesson-actions.ts";
import type { CellId } from "../../../scripts/model/address.ts";
import { matchIcon, outcomeIcon, waitingIcon } from "../shell/icons.ts";
import type { Row } from "./rows.ts";
import { isShown } from "./shown-cell.ts";
import { cellKey, type CellState, type LessonState } from "./lesson-state.ts";

export function matrixCell(
  state: LessonState,
  { row, client }: { row: Row; client: Client },
  actions: LessonActions,
): TemplateResult {
  const id: CellId = { attempt: row.attempt.id, client };
  const cell = state.cells[cellKey(id)];
  const { cell: open } = state.address;
  const isOpen = open?.attempt === id.attempt && open.client === client;
  return html`<td role="cell">
    ${
      cell === undefined
        ? html`<p class="cell-empty">–</p>`
        : html`<button
            type="button"
            class="cell-button ${isShown(state, id) ? "is-shown" : ""}"
            data-cell=${cellKey(id)}
            aria-pressed=${isOpen ? "true" : "false"}
            @click=${({ detail }: MouseEvent) => (isOpen ? actions.closeCell() : actions.openCell(id, detail === 0))}
          >
            <span class="visually-hidden">${row.attempt.title}, ${state.columns[client]}: </span>
            ${cellWords(cell, row.attempt)}
          </button>`
    }
  </td>`;
}

/** Said of an outcome of before, while another one is on its way. */
const AGAIN: Partial<Record<CellState["phase"], string>> = {
  waiting: "waits to run again",
  running: "runs again",
  lost: "waits for the sandbox",
};

function cellWords({ phase, filled, error }: CellState, attempt: Attempt): TemplateResult {
  if (phase === "failed")
    return html`<span class="outcome outcome-open">${outcomeIcon("open")}<b>not run</b></span
      ><span class="detail" title=${error ?? ""}>${error}</span>`;
  if (filled === undefined)
    return html`<span class="outcome outcome-waiting"
      >${waitingIcon(phase === "running")}${phase === "lost" ? "waits for the sandbox" : phase}</span
    >`;
  const { sign, word, detail } = outcomeWords(filled.outcome, attempt);
  const isStale = phase !== "filled";
  return html`<span class="outcome outcome-${sign} ${isStale ? "is-stale" : ""}" title=${detail}
      >${isStale ? waitingIcon(phase === "running") : outcomeIcon(sign)}<b>${word}</b></span
    >
    <span class="detail" title=${detail}>${detail}</span>
    ${isStale ? html`<span class="visually-hidden">${AGAIN[phase]}</span>` : verdictView(filled)}`;
}

function verdictView({ verdict }: FilledCell): TemplateResult | typeof nothing {
  const words = matchWords(verdict);
  if (words === undefined) return nothing;
  const isMatch = verdict === "as expected";
  return html`<span class="verdict ${isMatch ? "" : "verdict-surprise"}" title=${words}
    >${matchIcon(isMatch)}<span class="visually-hidden">${words}</span></span
  >`;
}
