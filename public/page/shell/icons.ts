// Small drawings that stand before a word and say the same by their shape.
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from "lit-html";
import type { Sign } from "../../../scripts/model/words/kind-words.ts";

function icon(name: string, drawing: SVGTemplateResult): TemplateResult {
  return html`<svg
    class="icon icon-${name}"
    viewBox="0 0 16 16"
    width="16"
    height="16"
    aria-hidden="true"
    focusable="false"
  >
    ${drawing}
  </svg>`;
}

// --- What came of an attempt ---

const OUTCOMES: Record<Exclude<Sign, "answer">, SVGTemplateResult> = {
  good: svg`<circle cx="8" cy="8" r="6.5" fill="currentColor"/><path d="M5 8.3 7.2 10.5 11.2 5.9" fill="none" stroke="var(--surface)" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/>`,
  bad: svg`<rect x="1.75" y="1.75" width="12.5" height="12.5" rx="2" fill="currentColor"/><path d="m5.4 5.4 5.2 5.2m0-5.2-5.2 5.2" stroke="var(--surface)" stroke-width="1.7" stroke-linecap="round"/>`,
  open: svg`<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2.4 2.3"/><path d="M5.6 8h4.8" stroke="currentColor" stroke-width="1.5" stroke-linecap="round"/>`,
  warn: svg`<path d="M8 1.8 15 14H1Z" fill="currentColor" stroke="currentColor" stroke-width="1.4" stroke-linejoin="round"/><path d="M8 6v3.6" stroke="var(--surface)" stroke-width="1.7" stroke-linecap="round"/><circle cx="8" cy="12" r="1" fill="var(--surface)"/>`,
};

/** A disc with a tick, a square with a cross, a broken ring, a triangle; before an answer, nothing. */
export function outcomeIcon(sign: Sign): TemplateResult | typeof nothing {
  return sign === "answer" ? nothing : icon(sign, OUTCOMES[sign]);
}

export function waitingIcon(isRunning: boolean): TemplateResult {
  return icon(
    isRunning ? "running" : "waiting",
    isRunning
      ? svg`<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="28 10" stroke-linecap="round"/>`
      : svg`<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5" opacity=".5"/>`,
  );
}

export function lockIcon(): TemplateResult {
  return icon(
    "lock",
    svg`<rect x="3.5" y="7" width="9" height="6.5" rx="1.2" fill="currentColor"/><path d="M5.5 7V5.2a2.5 2.5 0 0 1 5 0V7" fill="none" stroke="currentColor" stroke-width="1.5"/>`,
  );
}

// --- How something compares with its prediction ---

/** With what the lesson says: equal, or not. */
export function matchIcon(isMatch: boolean): TemplateResult {
  return icon(
    isMatch ? "match" : "differs",
    svg`<path d="M3 6h10M3 10.4h10${isMatch ? "" : "M11 2.4 5 14"}" stroke="currentColor" stroke-width="1.7" stroke-linecap="round"/>`,
  );
}

/** With what the person predicted: a target that is hit in its centre, or at its edge. */
export function predictionIcon(isHit: boolean): TemplateResult {
  const at = isHit ? 8 : 12;
  return icon(
    isHit ? "hit" : "missed",
    svg`<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5"/><circle cx=${at} cy=${at} r="2.5" fill="currentColor"/>`,
  );
}

/** What a check accepts, as on the server's lane of a trace: it passes. */
export function acceptedIcon(): TemplateResult {
  return icon(
    "accepted",
    svg`<path d="M8 .6 15.4 8 8 15.4.6 8Z" fill="currentColor"/><path d="M4.6 8h6.4M8.6 5.6 11 8l-2.4 2.4" fill="none" stroke="var(--surface)" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/>`,
  );
}

/** Run once or more. */
export function ranIcon(): TemplateResult {
  return icon("ran", svg`<path d="M4 2.8 13 8l-9 5.2Z" fill="currentColor"/>`);
}

/** A diamond with an exclamation mark: worth a second look. */
export function oddIcon(): TemplateResult {
  return icon(
    "odd",
    svg`<path d="M8 1.2 14.8 8 8 14.8 1.2 8Z" fill="currentColor" stroke="currentColor" stroke-width="1" stroke-linejoin="round"/><path d="M8 4.6v4" stroke="var(--surface)" stroke-width="1.7" stroke-linecap="round"/><circle cx="8" cy="11.1" r="1" fill="var(--surface)"/>`,
  );
}

export function chevronIcon(): TemplateResult {
  return icon(
    "chevron",
    svg`<path d="m4 6 4 4 4-4" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/>`,
  );
}

/** A packet between two lifelines: the sign of the sandbox. */
export function brandIcon(): TemplateResult {
  return icon(
    "brand",
    svg`<path d="M2.5 1.5v13M13.5 1.5v13" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" opacity=".45"/><path d="M2.5 5.2h8.2m-2.3-2.4 2.5 2.4-2.5 2.4" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"/><path d="M13.5 11.2H7.2" fill="none" stroke="var(--bad)" stroke-width="1.6" stroke-linecap="round"/><path d="m3.8 9.6 3.2 3.2m0-3.2-3.2 3.2" stroke="var(--bad)" stroke-width="1.6" stroke-linecap="round"/>`,
  );
}
