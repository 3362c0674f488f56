// The small signs of the diagram, and what they stand for. Each says by its shape what its colour says. Pure.
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from "lit-html";
import type { Decision } from "../../../scripts/model/trace.ts";
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

/** A credential that is there: a key; or not there: an empty ring, struck through. */
export function drawCredential(
  credential: "present" | "absent",
  x: number,
  y: number,
): SVGTemplateResult {
  if (credential === "absent")
    return svg`<circle class="wire-absent" cx=${x} cy=${y} r="4.4" />
      <path class="wire-absent" d="M${x - 3} ${y + 3}l6-6" />`;
  return svg`<circle class="wire-present" cx=${x - 2.6} cy=${y} r="2.6" />
    <path class="wire-present" d="M${x} ${y}h5m-.8 0v3m-2.2-3v2.2" />`;
}

/** Where a connection was cut. */
export function drawCross(x: number, y: number): SVGTemplateResult {
  return svg`<path class="wire-cross" d="M${x - 6} ${y - 6}l12 12m0-12l-12 12" />`;
}

const DECISION_SIGNS: Record<Decision, string> = {
  accepted: "m-5 0h9m-3.5-3.5l3.5 3.5-3.5 3.5",
  refused: "m-3.5-3.5l7 7m0-7l-7 7",
  open: "m-3 0h6",
};

/** The server's check as a diamond on its lane: an arrow that passes, a cross, or a dash where nothing shows the decision. */
export function drawCheck(decision: Decision, x: number, y: number): SVGTemplateResult {
  return svg`<path class="wire-check is-${decision}" d="M${x} ${y - 11}l11 11-11 11-11-11z" />
    <path class="wire-check-mark" d="M${x} ${y}${DECISION_SIGNS[decision]}" />`;
}

// --- TCP connections: a number in a shape ---

// The sizes make room for the same number in each; a circle has so many corners that none is seen.
const SHAPES = [
  { corners: 24, turn: 0, size: 1 },
  { corners: 4, turn: 0.5, size: 1.25 },
  { corners: 4, turn: 0, size: 1.3 },
  { corners: 6, turn: 0.5, size: 1.1 },
  { corners: 3, turn: 0, size: 1.45, down: 2 },
  { corners: 5, turn: 0, size: 1.15 },
];

/** The number of a connection in its shape. */
export function drawConnection(connection: number, x: number, y: number): SVGTemplateResult {
  const { corners, turn, size, down = 0 } = SHAPES[(connection - 1) % SHAPES.length]!;
  const points = Array.from({ length: corners }, (_, corner) => {
    const angle = ((corner + turn) / corners) * 2 * Math.PI - Math.PI / 2;
    const [right, offset] = [Math.cos(angle) * 7.5 * size, Math.sin(angle) * 7.5 * size];
    return `${rounded(x + right)},${rounded(y + offset + down)}`;
  });
  return svg`<polygon class="wire-badge" points=${points.join(" ")} />
    <text class="wire-badge-number" x=${x} y=${y + 3.5 + down / 2} text-anchor="middle">${connection}</text>`;
}

function rounded(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

// --- The legend ---

/** A check is 22 pixels high. */
const Y = 11;

const SIGNS: [width: number, drawing: SVGTemplateResult, words: string][] = [
  [28, drawArrow({ from: 1, to: 27, kind: "http", tone: "plain" }, Y), "HTTP"],
  [28, drawArrow({ from: 1, to: 27, kind: "websocket", tone: "plain" }, Y), "websocket frame"],
  [14, drawCredential("present", 7, Y), "credential"],
  [12, drawCredential("absent", 6, Y), "no credential"],
  [22, drawCheck("accepted", 11, Y), "credential accepted"],
  [22, drawCheck("refused", 11, Y), "credential refused"],
  [22, drawCheck("open", 11, Y), "checked, result not shown"],
  [16, drawCross(8, Y), "cut"],
  [64, svg`${[1, 2, 3].map((each) => drawConnection(each, 22 * each - 12, Y))}`, "TCP connections"],
];

export function legend(): TemplateResult {
  return html`<ul class="wire-legend" aria-label="Signs">
    ${SIGNS.map(
      ([width, drawing, words]) =>
        html`<li>
          <svg
            width=${width}
            height="22"
            viewBox="0 0 ${width} 22"
            font-size="10"
            aria-hidden="true"
          >
            ${drawing}
          </svg>
          ${words}
        </li>`,
    )}
  </ul>`;
}
