// Draws what goes through the rows from top to bottom: the lanes of client and server, and the TCP connections between. Pure.
import { nothing, svg, type SVGTemplateResult } from "lit-html";
import type { Grid } from "./grid.ts";
import type { PlacedTrack } from "./layout.ts";
import type { Row } from "./row.ts";

/** A piece of the diagram from top to bottom. */
type Piece = Pick<Row, "y" | "height">;

/** The part of all lines that lies in a row: drawn with the row, so that it lies on the row's own ground. */
export function drawGround(
  piece: Piece,
  grid: Grid,
  tracks: readonly PlacedTrack[],
): SVGTemplateResult {
  return svg`<g class="wire-ground">
    ${drawLine("wire-lane", grid.client, piece.y, piece.y + piece.height)}
    ${drawLine("wire-lane", grid.server, piece.y, piece.y + piece.height)}
    ${tracks.map((track) => drawTrack(track, piece))}
  </g>`;
}

// A websocket's part of the line is drawn double, as its frames are.
function drawTrack(track: PlacedTrack, piece: Piece): SVGTemplateResult | typeof nothing {
  const { x, top, bottom, upgradedY, end } = track;
  const [from, to] = [Math.max(top, piece.y), Math.min(bottom, piece.y + piece.height)];
  if (from >= to) return nothing;
  const upgraded = Math.max(from, upgradedY ?? to);
  return svg`${from < upgraded ? drawLine("wire-track", x, from, upgraded) : nothing}
    ${upgraded < to ? svg`${drawLine("wire-track is-websocket", x, upgraded, to)} ${drawLine("wire-track-core", x, upgraded, to)}` : nothing}
    ${end === "closed" && to === bottom ? svg`<line class="wire-track" x1=${x - 5} x2=${x + 5} y1=${to} y2=${to} />` : nothing}`;
}

function drawLine(name: string, x: number, y1: number, y2: number): SVGTemplateResult {
  return svg`<line class=${name} x1=${x} x2=${x} y1=${y1} y2=${y2} />`;
}
