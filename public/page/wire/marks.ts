// The small signs of the diagram. Each says by its shape what its colour says. Pure.
import { nothing, svg, type SVGTemplateResult } from "lit-html";
import type { Verdict } from "../../../scripts/model/check-verdict.ts";
import type { Arrow } from "./row.ts";

const HEAD = 7;

/** HTTP is drawn with a single line, a websocket with a double one, and what was cut with a broken one. */
export function drawArrow({ from, to, kind, tone }: Arrow, y: number): SVGTemplateResult {
  const direction = to > from ? 1 : -1;
  if (kind === "cut")
    return svg`<line class="wire-arrow tone-bad is-cut" x1=${from} x2=${to - direction * 9} y1=${y} y2=${y} />`;
  const base = to - direction * (HEAD + 1);
  const head = `${to - direction},${y} ${base},${y - 4} ${base},${y + 4}`;
  return svg`<line class="wire-arrow tone-${tone} is-${kind}" x1=${from} x2=${base} y1=${y} y2=${y} />
    ${kind === "websocket" ? svg`<line class="wire-arrow-core" x1=${from} x2=${base} y1=${y} y2=${y} />` : nothing}
    <polygon class="wire-arrow-head tone-${tone}" points=${head} />`;
}

/** A credential that is there: a filled disc with a tick. */
export function drawPresent(x: number, y: number): SVGTemplateResult {
  return svg`<circle class="wire-present" cx=${x} cy=${y} r="5" />
    <path class="wire-present-tick" d="M${x - 2.4} ${y}l1.8 1.8 3-3.4" />`;
}

/** A credential that is not there: an empty ring, struck through. */
export function drawAbsent(x: number, y: number): SVGTemplateResult {
  return svg`<circle class="wire-absent" cx=${x} cy=${y} r="4.4" />
    <path class="wire-absent" d="M${x - 3} ${y + 3}l6-6" />`;
}

/** Where a connection was cut. */
export function drawCross(x: number, y: number): SVGTemplateResult {
  return svg`<path class="wire-cross" d="M${x - 6} ${y - 6}l12 12m0-12l-12 12" />`;
}

const DECISION_MARKS: Record<Verdict["decision"], string> = {
  accepted: "m-4 0l3 3 5-6",
  refused: "m-3.5-3.5l7 7m0-7l-7 7",
  open: "m-3 0h6",
};

/** The server's check as a diamond on its lane: a tick, a cross, or a dash where nothing shows the decision. */
export function drawCheck(decision: Verdict["decision"], x: number, y: number): SVGTemplateResult {
  return svg`<path class="wire-check is-${decision}" d="M${x} ${y - 11}l11 11-11 11-11-11z" />
    <path class="wire-check-mark" d="M${x} ${y}${DECISION_MARKS[decision]}" />`;
}
