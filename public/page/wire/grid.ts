// The measures of a diagram of a given width, and text that fits into them. Pure.

/** Everything in pixels of the SVG. */
export interface Grid {
  width: number;
  /** Text runs over the whole width between the lanes, as half of it would be too little. */
  isCompact: boolean;
  fontSize: number;
  lineHeight: number;
  /** How wide a character is. */
  advance: number;
  /** The lanes: one of the client, or one for each of its sessions; and the server's. */
  clients: number[];
  server: number;
  /** The line of a connection. @param column counted from 0 */
  columnX(column: number): number;
  /** How many columns of monospaced text fit between a lane of the client and the server's. */
  titleColumns(lane: number): number;
  /** How many fit beside it, clear of the connections where there is room for that. */
  textColumns(lane: number): number;
  /** How many fit above a lane of the client. */
  headColumns: number;
}

const NARROWEST_WIDE = 600;

/** How large the text is in a diagram of this width. */
export function fontSizeOf(width: number): number {
  return width < NARROWEST_WIDE ? 11 : 12;
}

// Of JetBrains Mono, and within a hundredth of what other monospaced fonts have.
const ADVANCE = 0.6;
const SERVER_MARGIN = 16;
const TEXT_MARGIN = 10;
const COLUMN_DISTANCE = 24;
const LANE_DISTANCE = 66;

/** @param columns how many connections lie beside each other @param lanes how many the client has */
export function measure(width: number, columns: number, lanes = 1): Grid {
  const isCompact = width < NARROWEST_WIDE;
  const fontSize = fontSizeOf(width);
  const advance = fontSize * ADVANCE;
  const first = isCompact ? 52 : 68;
  const server = width - SERVER_MARGIN;
  const laneDistance =
    lanes > 1 ? Math.min(LANE_DISTANCE, ((server - first) * 0.4) / (lanes - 1)) : 0;
  const clients = Array.from({ length: lanes }, (_, lane) => first + lane * laneDistance);
  const client = clients.at(-1)!;
  const middle = (client + server) / 2;
  const distance = Math.min(COLUMN_DISTANCE, (server - client) / 3 / columns);
  const band = distance * (columns - 1);
  const half = (server - client - band) / 2 - COLUMN_DISTANCE / 2;
  // Where there are several lanes, a connection is one of the lines that a text may cross.
  const isOver = isCompact || lanes > 1;
  const fitting = (pixels: number): number => Math.floor(pixels / advance);
  return {
    width,
    isCompact,
    fontSize,
    lineHeight: Math.round(fontSize * 1.35),
    advance,
    clients,
    server,
    columnX: (column) => middle - band / 2 + column * distance,
    // Titles are bold, and so a little wider than the font.
    titleColumns: (lane) => fitting(server - clients[lane]! - 2 * TEXT_MARGIN) - 1,
    textColumns: (lane) => fitting((isOver ? server - clients[lane]! : half) - 2 * TEXT_MARGIN),
    headColumns: fitting(lanes > 1 ? laneDistance : (server - client) / 2 - 30),
  };
}

/** Where a text begins or ends that belongs to a side. */
export function textX({ clients, server }: Grid, side: "client" | "server", lane: number): number {
  return side === "client" ? clients[lane]! + TEXT_MARGIN : server - TEXT_MARGIN;
}

// --- Text that fits ---

// Scripts whose characters take two columns: Hangul, Kana, Han, and their full-width forms; and emoji.
const WIDE =
  /[\u{1100}-\u{115F}\u{2E80}-\u{A4CF}\u{AC00}-\u{D7A3}\u{F900}-\u{FAFF}\u{FE30}-\u{FE6F}\u{FF00}-\u{FF60}\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;

/** How many columns a text takes in a monospaced font. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += WIDE.test(character) ? 2 : 1;
  return columns;
}

/** Cuts a text to a width; an ellipsis says that something is missing. */
export function cut(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let kept = "";
  for (const character of text) {
    if (columnsOf(kept + character) >= columns) break;
    kept += character;
  }
  return `${kept}…`;
}

/**
 * Breaks a text into lines, at blanks and in JSON where there are some.
 * @param most how many lines remain; the last of them ends with an ellipsis if there were more
 */
export function breakLines(text: string, columns: number, most: number): string[] {
  const lines: string[] = [];
  let rest = text.trimEnd();
  while (columnsOf(rest) > columns && lines.length < most - 1) {
    const line = lineThatFits(rest, columns);
    lines.push(line.trimEnd());
    rest = rest.slice(line.length).trimStart();
  }
  return [...lines, cut(rest, columns)];
}

/** The beginning of a text that fits; it ends where words or JSON can be broken, unless that would leave most of the line empty. */
function lineThatFits(text: string, columns: number): string {
  let line = "";
  for (const character of text) {
    if (columnsOf(line + character) > columns) break;
    line += character;
  }
  for (let end = line.length; end > line.length / 2; end -= 1)
    if (BREAKABLE.test(text.slice(end - 1, end + 1))) return line.slice(0, end);
  return line || text.slice(0, 1);
}

/** Two characters with a break between them: never before a closing bracket or a comma. */
const BREAKABLE = /^(?: .|. |[,:{}[\]][^,:}\]])$/;
