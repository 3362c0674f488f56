// The measures of a diagram of a given width. Pure.

/** Everything in pixels of the SVG. */
export interface Grid {
  width: number;
  /** Text runs over the whole width between the lanes, as half of it would be too little. */
  isCompact: boolean;
  fontSize: number;
  lineHeight: number;
  /** The lanes. */
  client: number;
  server: number;
  /** The track of a connection. @param column counted from 0 */
  trackX(column: number): number;
  /** How many columns of monospaced text fit between the lanes. */
  titleColumns: number;
  /** How many fit beside a lane, clear of the connections where there is room for that. */
  textColumns: number;
  /** How many fit above it. */
  headColumns: number;
}

const NARROWEST_WIDE = 600;
// Of JetBrains Mono, and within a hundredth of what other monospaced fonts have.
const ADVANCE = 0.6;
const SERVER_MARGIN = 16;
const TEXT_MARGIN = 10;
const TRACK_DISTANCE = 24;

/** @param tracks how many tracks lie beside each other */
export function measure(width: number, tracks: number): Grid {
  const isCompact = width < NARROWEST_WIDE;
  const fontSize = isCompact ? 11 : 12;
  const client = isCompact ? 52 : 68;
  const server = width - SERVER_MARGIN;
  const middle = (client + server) / 2;
  const distance = Math.min(TRACK_DISTANCE, (server - client) / 3 / tracks);
  const band = distance * (tracks - 1);
  const half = (server - client - band) / 2 - TRACK_DISTANCE / 2;
  const room = isCompact ? server - client : half;
  const columns = (pixels: number): number => Math.floor(pixels / (fontSize * ADVANCE));
  return {
    width,
    isCompact,
    fontSize,
    lineHeight: Math.round(fontSize * 1.35),
    client,
    server,
    trackX: (column) => middle - band / 2 + column * distance,
    titleColumns: columns(server - client - 2 * TEXT_MARGIN),
    textColumns: columns(room - 2 * TEXT_MARGIN),
    headColumns: columns((server - client) / 2 - 30),
  };
}

/** Where a text begins or ends that belongs to a side. */
export function textX({ client, server }: Grid, side: "client" | "server"): number {
  return side === "client" ? client + TEXT_MARGIN : server - TEXT_MARGIN;
}
