// Text from the wire, made safe and broken into lines for a monospaced font. Pure.

/** On one line, with nothing that is invisible or turns the direction of reading. */
export function printable(text: string): string {
  return text
    .replaceAll("\t", "  ")
    .replaceAll(/\r?\n/g, " ⏎ ")
    .replaceAll(/\p{Cc}|\p{Cf}/gu, "\u{FFFD}");
}

/** A value as JSON on one line; a text stands without quotes. */
export function printableValue(value: unknown): string {
  return printable(typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing"));
}

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
 * Breaks a text into lines, at blanks where there are some.
 * @param most how many lines are kept; the last of them ends with an ellipsis if there were more
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

/** The beginning of a text that fits; it ends at a blank, unless that would leave most of the line empty. */
function lineThatFits(text: string, columns: number): string {
  let line = "";
  for (const character of text) {
    if (columnsOf(line + character) > columns) break;
    line += character;
  }
  if (text[line.length] === " ") return line;
  const blank = line.lastIndexOf(" ");
  return blank > line.length / 2 ? line.slice(0, blank + 1) : line || text.slice(0, 1);
}
