// Draws a layout as SVG. Pure: the template says everything, colours come from the style sheet by class.
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from "lit-html";
import { maskedToken } from "../../../scripts/model/words/token.ts";
import { cut, type Grid } from "./grid.ts";
import { type ConnectionLine, FOOT_HEIGHT, type Layout } from "./layout.ts";
import { DIVERGENCE_HEIGHT, type PlacedText, type Row } from "./row.ts";
import { drawArrow, drawCheck, drawConnection, drawCredential, drawCross } from "./signs.ts";

interface RowHandlers {
  onClick?: (row: number) => void;
  onKey?: (event: KeyboardEvent, row: number) => void;
}

interface Drawing extends RowHandlers {
  /** What the diagram is called by a screen reader. */
  label: string;
  /** The row that the Tab key leads to. */
  current: number;
  /** The row whose details are shown. */
  chosen: number | undefined;
  /** Room that is left below a row, in pixels of the diagram. */
  gap?: { row: number; height: number } | undefined;
}

/** The names of the lanes, which stay in sight above the diagram. @param zoom how much larger than it was laid out */
export function drawHead(layout: Layout, zoom: number): TemplateResult {
  const { width, fontSize } = layout.grid;
  const height = headHeight(layout);
  return html`<svg
    class="wire-diagram"
    width=${width * zoom}
    height=${height * zoom}
    viewBox="0 0 ${width} ${height}"
    font-size=${fontSize}
    aria-hidden="true"
  >
    ${drawNames(layout)}
  </svg>`;
}

/** The diagram of one attempt: a list of options of which one is chosen, so that a screen reader reads step by step. */
export function draw(layout: Layout, drawing: Drawing, zoom: number): TemplateResult {
  const { grid } = layout;
  const height = layout.height + (drawing.gap?.height ?? 0);
  return html`<svg
    class="wire-diagram"
    width=${grid.width * zoom}
    height=${height * zoom}
    viewBox="0 0 ${grid.width} ${height}"
    font-size=${grid.fontSize}
    role="listbox"
    aria-label=${drawing.label}
    aria-orientation="vertical"
  >
    ${drawSteps(layout, drawing)}
  </svg>`;
}

/** Everything below the names. What is below the gap is moved as it is, which is quicker than laying it out again. */
export function drawSteps(layout: Layout, drawing: Drawing): SVGTemplateResult {
  const { height, rows } = layout;
  const { gap } = drawing;
  const foot = { y: height - FOOT_HEIGHT, height: FOOT_HEIGHT + (gap?.height ?? 0) };
  const above = gap && rows[gap.row];
  return svg`<g aria-hidden="true">
      ${above === undefined ? nothing : drawLines({ y: above.y + above.height, height: gap!.height }, layout)}
      ${drawLines(foot, layout)}
    </g>
    ${rows.map((row, index) => {
      const shift = gap !== undefined && index > gap.row ? gap.height : 0;
      const drawn =
        row.kind === "empty" ? drawGap(row, layout) : drawRow(row, index, { ...drawing, layout });
      return svg`<g transform="translate(0 ${shift})">${drawn}</g>`;
    })}`;
}

const NAME_HEIGHT = 18;

export function headHeight({ lanes }: Layout): number {
  return (lanes.length > 0 ? 2 : 1) * NAME_HEIGHT + 10;
}

/** Where the client has several lanes, its own name stands above theirs. */
export function drawNames(layout: Layout): SVGTemplateResult {
  const { grid, names, lanes, connections } = layout;
  const { clients, server, headColumns } = grid;
  const columns = connections.map(({ x }) => x);
  const [first, last] =
    columns.length === 0 ? [clients.at(-1)!, server] : [Math.min(...columns), Math.max(...columns)];
  const height = headHeight(layout);
  const [top, bottom] = [NAME_HEIGHT - 4, height - 14];
  const sideColumns = lanes.length > 0 ? WIDEST_NAME : headColumns;
  return svg`
    <text class="wire-head" x=${clients[0]! - 4} y=${top}>${cut(names.client, sideColumns)}</text>
    ${lanes.map((name, lane) => svg`<text class="wire-head" x=${clients[lane]! - 4} y=${bottom}>${cut(name, headColumns)}</text>`)}
    <text class="wire-head is-quiet" x=${(first + last) / 2} y=${bottom} text-anchor="middle">wire</text>
    <text class="wire-head" x=${server + 4} y=${bottom} text-anchor="end">${cut(names.server, sideColumns)}</text>
    <text class="wire-time" x=${clients[0]! - 12} y=${bottom} text-anchor="end">ms</text>
    ${[...clients, server].map((x) => drawLine("wire-lane", x, height - 8, height))}`;
}

/** Where nothing stands beside it. */
const WIDEST_NAME = 18;

// --- Lanes and connections ---

/** The part of all lines that lies in a row: drawn with the row, so that it lies on the row's own ground. */
function drawLines(
  { y, height }: Pick<Row, "y" | "height">,
  { grid, connections }: Layout,
): SVGTemplateResult {
  return svg`<g class="wire-ground">
    ${[...grid.clients, grid.server].map((x) => drawLine("wire-lane", x, y, y + height))}
    ${connections.map((each) => drawConnectionLine(each, y, y + height))}
  </g>`;
}

// A websocket's part of the line is drawn double, as its frames are.
function drawConnectionLine(
  { x, top, bottom, upgradedY, end }: ConnectionLine,
  y1: number,
  y2: number,
): SVGTemplateResult | typeof nothing {
  const [from, to] = [Math.max(top, y1), Math.min(bottom, y2)];
  if (from >= to) return nothing;
  const upgraded = Math.max(from, upgradedY ?? to);
  return svg`${from < upgraded ? drawLine("wire-connection", x, from, upgraded) : nothing}
    ${upgraded < to ? svg`${drawLine("wire-connection is-websocket", x, upgraded, to)} ${drawLine("wire-connection-core", x, upgraded, to)}` : nothing}
    ${end === "closed" && to === bottom ? svg`<line class="wire-connection" x1=${x - 5} x2=${x + 5} y1=${to} y2=${to} />` : nothing}`;
}

function drawLine(name: string, x: number, y1: number, y2: number): SVGTemplateResult {
  return svg`<line class=${name} x1=${x} x2=${x} y1=${y1} y2=${y2} />`;
}

// --- Rows ---

/** A row without a step is not an option of the list: only the lanes go through it. */
function drawGap(row: Row, layout: Layout): SVGTemplateResult {
  return svg`<g class="wire-gap ${row.isDivergence ? "is-divergence" : ""}" aria-hidden="true">
    ${drawGround(row, layout)}
  </g>`;
}

function drawRow(
  row: Row,
  index: number,
  drawing: Drawing & { layout: Layout },
): SVGTemplateResult {
  const { layout, current, chosen, onClick, onKey } = drawing;
  const { grid } = layout;
  return svg`<g
    class="wire-row is-${row.kind} ${row.isDivergence ? "is-divergence" : ""}"
    role="option"
    aria-selected=${index === chosen}
    tabindex=${index === current ? 0 : -1}
    data-row=${index}
    @click=${() => onClick?.(index)}
    @keydown=${(event: KeyboardEvent) => onKey?.(event, index)}
  >
    <text class="wire-spoken" x=${grid.clients[0]!} y=${row.timeY}>${row.sentence}</text>
    <g aria-hidden="true">
      ${drawGround(row, layout)}
      ${row.texts.map((text) => drawTextGround(text, grid))}
      ${row.arrow === undefined ? nothing : drawArrow(row.arrow, row.wireY)}
      ${drawBadge(row)}
      ${row.decision === undefined ? nothing : drawCheck(row.decision, grid.server, row.wireY)}
      <text class="wire-time" x=${grid.clients[0]! - 12} y=${row.timeY} text-anchor="end">${row.time}</text>
      ${row.texts.map((text) => drawText(text, grid))}
    </g>
  </g>`;
}

function drawGround(row: Row, layout: Layout): SVGTemplateResult {
  const { width } = layout.grid;
  return svg`<rect class="wire-back" x="1" y=${row.y} width=${width - 2} height=${row.height} rx="4" />
    ${drawLines(row, layout)} ${row.isDivergence ? drawDivergence(row, layout.grid) : nothing}`;
}

function drawDivergence(row: Row, grid: Grid): SVGTemplateResult {
  const words = "▼ they diverge here";
  const place = { x: grid.clients.at(-1)! + 10, y: row.y + DIVERGENCE_HEIGHT - 4 };
  return svg`<g class="wire-divergence">
    <path d="M1 ${row.y + 0.75}H${grid.width - 1}" />
    ${drawTextGround({ ...place, anchor: "start", columns: words.length }, grid)}
    <text x=${place.x} y=${place.y}>${words}</text>
  </g>`;
}

function drawBadge({ badge, wireY, arrow }: Row): SVGTemplateResult | typeof nothing {
  if (badge === undefined) return nothing;
  if (arrow?.kind === "cut") return drawCross(badge.x, wireY);
  return drawConnection(badge.connection, badge.x, wireY);
}

/** Covers the lines of connections where a text crosses them. */
function drawTextGround(
  { x, y, anchor, columns }: Pick<PlacedText, "x" | "y" | "anchor" | "columns">,
  grid: Grid,
): SVGTemplateResult {
  const width = columns * grid.advance;
  const left = anchor === "end" ? x - width : x;
  return svg`<rect
    class="wire-text-ground"
    x=${left - 2}
    y=${y - grid.lineHeight + 4}
    width=${width + 4}
    height=${grid.lineHeight}
  />`;
}

function drawText(placed: PlacedText, { advance }: Grid): SVGTemplateResult {
  const { x, y, anchor, tone, isTitle, credential, columns } = placed;
  const isAtEnd = anchor === "end";
  // A token stands in bold, which is a little wider than the layout assumes: half a column more keeps the sign clear of it.
  const signX = (isAtEnd ? x - (columns + 0.5) * advance : x) + 4;
  return svg`${credential ? drawCredential(credential, signX, y - 4) : nothing}
    <text
      class="wire-text tone-${tone} ${isTitle ? "is-title" : ""}"
      x=${credential && !isAtEnd ? x + 2 * advance : x}
      y=${y}
      text-anchor=${anchor}
    >${drawWords(placed)}</text>`;
}

/** A token in them is marked: the details of the step say what is in it. */
function drawWords({ text, token }: PlacedText): string | (string | SVGTemplateResult)[] {
  const masked = token === undefined ? "" : maskedToken(token);
  const at = text.indexOf(masked);
  if (token === undefined || at === -1) return text;
  const rest = text.slice(at + masked.length);
  return [text.slice(0, at), svg`<tspan class="is-token">${masked}</tspan>`, rest];
}
