// Draws one row of the diagram: its part of the lanes, its arrow, its texts, its marks. Pure.
import { nothing, svg, type SVGTemplateResult } from "lit-html";
import type { SeenToken } from "../../../scripts/model/trace.ts";
import { maskedToken } from "./authorization-words.ts";
import { drawGround } from "./draw-lanes.ts";
import type { Grid } from "./grid.ts";
import type { PlacedTrack } from "./layout.ts";
import { drawAbsent, drawArrow, drawCheck, drawCross, drawPresent } from "./marks.ts";
import type { PlacedText, Row } from "./row.ts";
import { PARTING_HEIGHT } from "./row-words.ts";
import { shapePoints } from "./shapes.ts";

export interface RowHandlers {
  /** The keyboard has come to a row. */
  onRow?: (row: number) => void;
  onClick?: (row: number) => void;
  onKey?: (event: KeyboardEvent) => void;
  /** The pointer is at a token. */
  onToken?: (token: SeenToken, event: PointerEvent) => void;
}

export interface RowDrawing extends RowHandlers {
  grid: Grid;
  tracks: readonly PlacedTrack[];
  /** The Tab key leads here. */
  isCurrent: boolean;
  /** Its details are shown. */
  isChosen: boolean;
}

/** A row as an option of the list. One that stands for nothing is none: only the lanes go through it. */
export function drawRow(row: Row, index: number, drawing: RowDrawing): SVGTemplateResult {
  const { grid, tracks, isCurrent, isChosen, onRow, onClick, onKey } = drawing;
  if (row.kind === "empty")
    return svg`<g class="wire-gap ${row.isParting ? "is-parting" : ""}" aria-hidden="true">
      ${drawBack(row, grid)} ${drawGround(row, grid, tracks)} ${drawParting(row, grid)}
    </g>`;
  return svg`<g
    class="wire-row is-${row.kind} ${row.isParting ? "is-parting" : ""}"
    role="option"
    aria-selected=${isChosen}
    tabindex=${isCurrent ? 0 : -1}
    data-row=${index}
    @click=${() => onClick?.(index)}
    @focus=${() => onRow?.(index)}
    @keydown=${onKey}
  >
    <text class="wire-spoken" x=${grid.client} y=${row.timeY}>${row.sentence}</text>
    <g aria-hidden="true">
      ${drawBack(row, grid)} ${drawGround(row, grid, tracks)} ${drawParting(row, grid)}
      ${row.texts.map((text) => drawTextGround(text, grid))}
      ${row.arrow === undefined ? nothing : drawArrow(row.arrow, row.wireY)}
      ${drawBadge(row)}
      ${row.decision === undefined ? nothing : drawCheck(row.decision, grid.server, row.wireY)}
      <text class="wire-time" x=${grid.client - 12} y=${row.timeY} text-anchor="end">${row.time}</text>
      ${row.texts.map((text) => drawText(text, drawing))}
    </g>
  </g>`;
}

function drawBack({ y, height }: Row, { width }: Grid): SVGTemplateResult {
  return svg`<rect class="wire-back" x="1" y=${y} width=${width - 2} height=${height} rx="4" />`;
}

function drawParting(row: Row, { width, client }: Grid): SVGTemplateResult | typeof nothing {
  if (!row.isParting) return nothing;
  const y = row.y + PARTING_HEIGHT - 4;
  return svg`<g class="wire-parting">
    <path d="M1 ${row.y + 0.75}H${width - 1}" />
    <text x=${client + 10} y=${y}>▼ here they part</text>
  </g>`;
}

/** The number of the connection in its shape; where it was cut, a cross. */
function drawBadge({ badge, wireY, arrow }: Row): SVGTemplateResult | typeof nothing {
  if (badge === undefined) return nothing;
  const { x, connection } = badge;
  if (arrow?.kind === "cut") return drawCross(x, wireY);
  return svg`<polygon class="wire-badge" points=${shapePoints(connection, x, wireY, 7.5)} />
    <text class="wire-badge-number" x=${x} y=${wireY + 3.5} text-anchor="middle">${connection}</text>`;
}

// --- Texts ---

/** Where a text crosses the lines of connections, they go behind it. */
function drawTextGround({ x, y, anchor, columns }: PlacedText, grid: Grid): SVGTemplateResult {
  const width = columns * advanceOf(grid);
  const left = anchor === "end" ? x - width : x;
  return svg`<rect
    class="wire-text-ground"
    x=${left - 2}
    y=${y - grid.lineHeight + 4}
    width=${width + 4}
    height=${grid.lineHeight}
  />`;
}

function advanceOf({ fontSize }: Grid): number {
  return fontSize * 0.6;
}

function drawText(placed: PlacedText, drawing: RowDrawing): SVGTemplateResult {
  const { x, y, anchor, tone, isTitle, mark, columns } = placed;
  const advance = advanceOf(drawing.grid);
  const isAtEnd = anchor === "end";
  const markX = (isAtEnd ? x - columns * advance : x) + 4;
  return svg`${mark === "present" ? drawPresent(markX, y - 4) : mark === "absent" ? drawAbsent(markX, y - 4) : nothing}
    <text
      class="wire-text tone-${tone} ${isTitle ? "is-title" : ""}"
      x=${mark !== undefined && !isAtEnd ? x + 2 * advance : x}
      y=${y}
      text-anchor=${anchor}
    >${drawWords(placed, drawing)}</text>`;
}

/** The words; a token in them can be pointed at. */
function drawWords(
  { text, token }: PlacedText,
  { onToken }: RowDrawing,
): string | (string | SVGTemplateResult)[] {
  if (token === undefined) return text;
  const masked = maskedToken(token);
  const at = text.indexOf(masked);
  if (at === -1) return text;
  const enter = (event: PointerEvent): void => onToken?.(token, event);
  return [
    text.slice(0, at),
    svg`<tspan class="is-token" @pointerenter=${enter}>${masked}</tspan>`,
    text.slice(at + masked.length),
  ];
}
