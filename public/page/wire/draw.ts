// Draws a layout as SVG. Pure: the template says everything, colours come from the style sheet by class.
import { html, svg, type SVGTemplateResult, type TemplateResult } from "lit-html";
import { drawGround } from "./draw-lanes.ts";
import { drawRow, type RowHandlers } from "./draw-row.ts";
import { FOOT_HEIGHT, HEAD_HEIGHT, type Layout } from "./layout.ts";
import { cut } from "./plain-text.ts";

export interface Drawing extends RowHandlers {
  /** What the diagram is called by a screen reader. */
  label: string;
  /** The row that the Tab key leads to. */
  current: number;
  /** The row whose details are shown. */
  chosen: number | undefined;
}

/** The diagram of one attempt: a list of options of which one is chosen, so that a screen reader reads step by step. */
export function draw(
  layout: Layout,
  { label, current, chosen, ...handlers }: Drawing,
): TemplateResult {
  const { grid, height, rows, tracks } = layout;
  const foot = { y: height - FOOT_HEIGHT, height: FOOT_HEIGHT };
  return html`<svg
    class="wire-diagram ${grid.isCompact ? "is-compact" : ""}"
    width=${grid.width}
    height=${height}
    viewBox="0 0 ${grid.width} ${height}"
    font-size=${grid.fontSize}
    role="listbox"
    aria-label=${label}
    aria-orientation="vertical"
  >
    <g aria-hidden="true">${drawHead(layout)} ${drawGround(foot, grid, tracks)}</g>
    ${rows.map((row, index) => {
      const [isCurrent, isChosen] = [index === current, index === chosen];
      return drawRow(row, index, { grid, tracks, isCurrent, isChosen, ...handlers });
    })}
  </svg>`;
}

function drawHead({ grid, names, tracks }: Layout): SVGTemplateResult {
  const { client, server, headColumns } = grid;
  const columns = tracks.map(({ x }) => x);
  const middle =
    columns.length === 0
      ? (client + server) / 2
      : (Math.min(...columns) + Math.max(...columns)) / 2;
  const y = HEAD_HEIGHT - 14;
  return svg`
    <text class="wire-head" x=${client - 4} y=${y}>${cut(names.client, headColumns)}</text>
    <text class="wire-head is-quiet" x=${middle} y=${y} text-anchor="middle">wire</text>
    <text class="wire-head" x=${server + 4} y=${y} text-anchor="end">${cut(names.server, headColumns)}</text>
    <text class="wire-time" x=${client - 12} y=${y} text-anchor="end">ms</text>
    <line class="wire-lane" x1=${client} x2=${client} y1=${HEAD_HEIGHT - 6} y2=${HEAD_HEIGHT} />
    <line class="wire-lane" x1=${server} x2=${server} y1=${HEAD_HEIGHT - 6} y2=${HEAD_HEIGHT} />`;
}
