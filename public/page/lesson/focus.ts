// Where the keyboard's focus goes in a lesson: from cell to cell, to the trace, and back to where it was.
import type { CellId } from "../../../scripts/model/address.ts";
import { cellKey, type Part } from "./lesson-state.ts";

/** The size from which the matrix stands beside the words, and each scrolls for itself (panes.css). */
export function isMatrixBeside(): boolean {
  return matchMedia("(min-width: 68rem) and (min-height: 36rem)").matches;
}

/**
 * Brings into sight what a person has just opened.
 * @returns false while it is not there: of a link that was followed the outcome has yet to come
 */
export function showOpened(): boolean {
  const detail = document.querySelector(".detail-section.is-chosen");
  // Beside each other, the matrix gets smaller when the trace comes.
  const cell = detail && document.querySelector('.cell-button[aria-pressed="true"]');
  if (isMatrixBeside()) cell?.closest(".row")!.scrollIntoView({ block: "nearest" });
  else if (detail) scrollBelowSwitches(detail);
  return detail !== null;
}

/** Where the words stood above the rows and are folded now: brings the result into sight, once it is rendered. */
export function showResult(): void {
  queueMicrotask(() => {
    if (!isMatrixBeside())
      document.querySelector(".result-bar")?.scrollIntoView({ block: "start" });
  });
}

/** Brings a part of the code into sight, once it is rendered. */
export function showCode({ file, overlay, heading }: Part): void {
  queueMicrotask(() => {
    const parts = [...document.querySelectorAll<HTMLElement>(".excerpt")];
    const ofFile = parts.filter(({ dataset }) => dataset["part"] === `${overlay}/${file}`);
    const part = ofFile.find(({ dataset }) => dataset["heading"] === heading) ?? ofFile[0];
    part?.scrollIntoView({ block: "start" });
    part?.focus({ preventScroll: true });
  });
}

/** Goes back to the words from which a part of the code was opened, once they are rendered. */
export function focusCodeLink({ file, overlay, heading }: Part): void {
  queueMicrotask(() => {
    const [name, form, title] = [file, overlay, heading].map((each) => CSS.escape(each));
    const opener = `.code-link[data-file="${name}"][data-overlay="${form}"][data-heading="${title}"]`;
    document.querySelector<HTMLElement>(opener)?.focus();
  });
}

/** Takes the keyboard to a part of the lesson, once it is rendered. */
export function focusPart(selector: string): void {
  queueMicrotask(() =>
    document.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true }),
  );
}

/** Brings a part of the lesson into sight, once it is rendered, and the keyboard to it. */
export function showPart(selector: string): void {
  queueMicrotask(() => document.querySelector(selector)?.scrollIntoView({ block: "start" }));
  focusPart(selector);
}

/** The page's scroll padding has room for all switches, and would leave less of a small window for the trace. */
function scrollBelowSwitches(element: Element): void {
  const switches = document.querySelector<HTMLElement>(".switches");
  scrollBy(0, element.getBoundingClientRect().top - (switches?.offsetHeight ?? 0));
}

/** The heading of the next question has the focus, so that a screen reader reads it; on a phone its answers are in sight. */
export function focusQuestion(): void {
  const heading = document.querySelector<HTMLElement>("#matrix-title");
  heading?.focus();
  if (!isMatrixBeside()) heading?.closest(".ask")?.scrollIntoView({ block: "start" });
}

/** Where the focus goes when what had it is gone: to the cell that was open, else to the heading above the matrix. */
export function recoverFocus(wasOpen: CellId | undefined): void {
  const cell =
    wasOpen && document.querySelector<HTMLElement>(`[data-cell="${CSS.escape(cellKey(wasOpen))}"]`);
  (cell ?? document.querySelector<HTMLElement>("#matrix-title"))?.focus();
}

/** Moves the focus in the matrix; to its first cell, if it is not there yet. @returns false if there are no cells */
export function moveFocus(rows: number, columns: number): boolean {
  const lines = cellsByRow();
  const rowNow = lines.findIndex((cells) =>
    cells.some((cell) => cell.contains(document.activeElement)),
  );
  const columnNow = lines[rowNow]?.findIndex((cell) => cell.contains(document.activeElement)) ?? 0;
  const row = rowNow < 0 ? 0 : clamp(rowNow + rows, lines.length);
  const column = rowNow < 0 ? 0 : clamp(columnNow + columns, lines[row]?.length ?? 1);
  return focusCell(lines[row]?.[column]);
}

/** Moves the focus to a row, counted from 0. @returns false if there is none */
export function focusRow(row: number): boolean {
  return focusCell(cellsByRow()[row]?.[0]);
}

/** Moves the focus to the step of a diagram that Tab would come to. @returns false if no trace is shown */
export function focusTrace(): boolean {
  const step = document.querySelector<SVGElement>(".wire-diagram [tabindex='0']");
  step?.focus();
  return step !== null;
}

function cellsByRow(): HTMLElement[][] {
  return [...document.querySelectorAll(".matrix tbody .row")].map((row) => [
    ...row.querySelectorAll<HTMLElement>("td"),
  ]);
}

function focusCell(cell: HTMLElement | undefined): boolean {
  const target =
    cell?.querySelector<HTMLElement>("button, input:checked") ??
    cell?.querySelector<HTMLElement>("input");
  target?.focus();
  return target !== null && target !== undefined;
}

function clamp(index: number, length: number): number {
  return Math.max(0, Math.min(index, length - 1));
}

/** Puts what a term means below it, as far to the left as it must to fit beside the words. */
export function placeMeaning({ target }: Event): void {
  const term = (target as Element).closest(".term");
  const meaning = term?.querySelector<HTMLElement>(".term-meaning");
  if (!term || !meaning) return;
  const words = term.closest(".prose")!.getBoundingClientRect();
  // Of a term that is broken, the part in its last line.
  const left = [...term.getClientRects()].at(-1)!.left - words.left;
  const most = words.width - meaning.offsetWidth;
  meaning.style.setProperty("--left", `${Math.max(0, Math.min(left, most))}px`);
}

/** Hides what a term means, until the person comes back to it. WCAG 1.4.13 @returns false if none is shown */
export function hideMeaning(): boolean {
  const term = document.querySelector(".term:is(:hover, :focus):not(.is-hidden)");
  if (term === null) return false;
  term.classList.add("is-hidden");
  for (const event of ["pointerleave", "blur"])
    term.addEventListener(event, () => term.classList.remove("is-hidden"), { once: true });
  return true;
}
