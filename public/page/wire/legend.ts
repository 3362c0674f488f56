// What the lines and signs of the diagram stand for.
import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit-html";
import { drawAbsent, drawArrow, drawCheck, drawCross, drawPresent } from "./marks.ts";
import { shapePoints } from "./shapes.ts";

const Y = 9;

const SIGNS: [drawing: SVGTemplateResult, words: string][] = [
  [drawArrow({ from: 1, to: 27, kind: "http", tone: "plain" }, Y), "HTTP"],
  [drawArrow({ from: 1, to: 27, kind: "websocket", tone: "plain" }, Y), "websocket frame"],
  [drawPresent(20, Y), "credential"],
  [drawAbsent(20, Y), "no credential"],
  [drawCheck("accepted", 16, Y), "the server checks"],
  [drawCross(20, Y), "cut"],
  [
    svg`<polygon class="wire-badge" points=${shapePoints(1, 18, Y, 7)} /><text class="wire-badge-number" x="18" y="12.5" text-anchor="middle">1</text>`,
    "TCP connection",
  ],
];

export function legend(): TemplateResult {
  return html`<ul class="wire-legend" aria-label="Signs">
    ${SIGNS.map(
      ([drawing, words]) =>
        html`<li>
          <svg width="28" height="18" viewBox="0 0 28 18" font-size="10" aria-hidden="true">
            ${drawing}
          </svg>
          ${words}
        </li>`,
    )}
  </ul>`;
}
