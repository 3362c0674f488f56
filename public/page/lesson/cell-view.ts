// One cell of the matrix: to be predicted, under way, or filled; its button opens the trace.
import type { FilledCell } from "../../../scripts/model/cell.ts";
import { durationWords, valueWords } from "../../../scripts/model/words/values.ts";
import { outcomeWords } from "../../../scripts/model/act-words.ts";
import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import type { Attempt } from "../../../scripts/model/attempt.ts";
import { totalMs } from "../../../scripts/model/outcome.ts";
import { OWN } from "../../../scripts/model/own-attempt.ts";
import type { Client } from "../../../scripts/model/vocabulary.ts";
import { trueAnswer } from "../../../scripts/model/question.ts";
import type { LessonActions } from "./lesson-actions.ts";
import type { CellId } from "../../../scripts/model/address.ts";
import { shapeIcon, surpriseIcon, tickIcon, waitingIcon } from "../shell/icons.ts";
import type { Row } from "./rows.ts";
import { answersTo, isAsPredicted, saidWords } from "./prediction.ts";
import { isShown, reasonFor } from "./shown-cell.ts";
import { cellKey, type CellState, isRevealed, type LessonState } from "./lesson-state.ts";

interface Place {
  row: Row;
  client: Client;
}

export function matrixCell(
  state: LessonState,
  { row, client }: Place,
  actions: LessonActions,
): TemplateResult {
  const { attempt } = row;
  const id: CellId = { attempt: attempt.id, client };
  const cell = state.cells[cellKey(id)];
  const isHidden = !isRevealed(state);
  const content =
    isHidden && attempt.id !== OWN
      ? predictChoice(state, { attempt, client }, actions)
      : cell === undefined
        ? html`<p class="cell-empty">${isHidden ? "set by the switches above" : "–"}</p>`
        : html`${cellButton(state, { row, client }, cell, actions)}
          ${cellNotes(state, row, id, cell)}`;
  return html`<td role="cell">
    <span class="column-name" aria-hidden="true">${state.columns[client]}</span>${content}
  </td>`;
}

function predictChoice(
  state: LessonState,
  { attempt, client }: { attempt: Attempt; client: Client },
  actions: LessonActions,
): TemplateResult {
  const id: CellId = { attempt: attempt.id, client };
  const said = state.predictions.said[cellKey(id)];
  const asked = attempt.question === undefined ? "" : `: ${attempt.question.ask}`;
  return html`<fieldset class="predict">
    <legend class="visually-hidden">${attempt.title}, ${state.columns[client]}${asked}</legend>
    <span class="segments">
      ${answersTo(attempt).map(
        (prediction) =>
          html`<label class="segment"
            ><input
              type="radio"
              name="predict ${cellKey(id)}"
              .checked=${live(said === prediction)}
              @change=${() => actions.predict(id, prediction)}
            /><span>${prediction}</span></label
          >`,
      )}
    </span>
  </fieldset>`;
}

function cellButton(
  state: LessonState,
  { row, client }: Place,
  cell: CellState,
  actions: LessonActions,
): TemplateResult {
  const { cell: open } = state.address;
  const { id: attempt, title } = row.attempt;
  const isOpen = open?.attempt === attempt && open.client === client;
  return html`<button
    type="button"
    class="cell-button ${isShown(state, { attempt, client }) ? "is-shown" : ""}"
    data-cell=${cellKey({ attempt, client })}
    aria-pressed=${isOpen ? "true" : "false"}
    @click=${() => (isOpen ? actions.closeCell() : actions.openCell({ attempt, client }))}
  >
    <span class="visually-hidden">${title}, ${state.columns[client]}: </span>
    ${cellWords(row, cell)}
  </button>`;
}

/** Said of an outcome of before, while another one is on its way. */
const AGAIN: Partial<Record<CellState["phase"], string>> = {
  waiting: "waits to run again",
  running: "runs again",
  lost: "waits for the sandbox",
};

function cellWords(row: Row, { phase, filled, error }: CellState): TemplateResult {
  if (phase === "failed")
    return html`<span class="outcome outcome-open">${shapeIcon("open")}<b>not run</b></span
      ><span class="detail">${error}</span>`;
  if (filled === undefined)
    return html`<span class="outcome outcome-waiting"
      >${waitingIcon(phase === "running")}${phase === "lost" ? "waits for the sandbox" : phase}</span
    >`;
  const { shape, word, detail: usual } = outcomeWords(filled.outcome);
  // The row says what was asked.
  const { question } = row.attempt;
  const detail = (question && trueAnswer(question, filled.outcome.at(-1)!)) ?? usual;
  const isStale = phase !== "filled";
  return html`<span class="outcome outcome-${shape} ${isStale ? "is-stale" : ""}"
      >${isStale ? waitingIcon(phase === "running") : shapeIcon(shape)}<b>${word}</b></span
    >
    <span class="detail" title=${detail}>${detail}</span>
    <span class="measured"
      ><span class="duration"
        >${isStale ? AGAIN[phase] : durationWords(totalMs(filled.outcome))}</span
      >
      ${isStale ? nothing : verdictView(filled)}</span
    >`;
}

function verdictView({ verdict }: FilledCell): TemplateResult {
  if (verdict === "surprise")
    return html`<span class="verdict verdict-surprise">${surpriseIcon()}surprise</span>`;
  return verdict === "as expected"
    ? html`<span class="verdict" title="as expected"
        >${tickIcon()}<span class="visually-hidden">as expected</span></span
      >`
    : html`<span class="verdict"></span>`;
}

/** What the person said, where it came otherwise; and what the lesson said, where it came otherwise. */
function cellNotes(
  { predictions, cells }: LessonState,
  row: Row,
  id: CellId,
  { filled }: CellState,
): TemplateResult | typeof nothing {
  const said = predictions.said[cellKey(id)];
  if (filled === undefined || cells[cellKey(id)]?.phase !== "filled") return nothing;
  const { attempt } = row;
  const isWrong = said && !isAsPredicted(said, filled.outcome, attempt);
  return html`${filled.differences.map(
    ({ field, expected, seen }) =>
      html`<p class="cell-note note-surprise">
        <code>${field}</code>: the lesson says <code>${valueWords(expected)}</code>, and it was
        <code>${valueWords(seen)}</code>.
      </p>`,
  )}${
    isWrong
      ? html`<p class="cell-note note-said">
          <b>${saidWords(said, filled.outcome, attempt)}</b>
          ${reasonFor({ row, id, filled })}
        </p>`
      : nothing
  }`;
}
