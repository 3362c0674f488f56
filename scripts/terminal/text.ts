// Text in a given width: how wide it is in a terminal, wrapped, padded, cut short, and made safe to print.
import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";
import { maskText } from "../lab/wire/masking.ts";
import { printable as safe } from "../model/words/printable.ts";

/** Longer lines are hard to read, however wide the terminal is. */
export const READING_WIDTH = 84;

/** How many columns a text takes in a terminal: wide characters take two, colours none. */
export function widthOf(text: string): number {
  return NARROW.test(text) ? text.length : stringWidth(text);
}

/** What most lines are made of takes one column each, which need not be looked up. */
const NARROW = /^[\x20-\x7E·…]*$/;

/** Breaks a text into lines of at most that width, at blanks where there are some. */
export function wrap(text: string, width: number): string[] {
  if (NARROW.test(text) && text.length <= width && text === text.trim()) return [text];
  return wrapAnsi(text, width, { hard: true }).split("\n");
}

/** Breaks a row of parts into lines of at most that width, between two parts if it can. */
export function flow(parts: readonly string[], gap: string, width: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const longer = lines.length === 0 ? part : `${lines.at(-1)}${gap}${part}`;
    if (widthOf(longer) <= width) lines.splice(-1, 1, longer);
    else lines.push(part);
  }
  return lines.flatMap((line) => wrap(line, width));
}

/** At most so many lines; the last one says if there are more. */
export function shorten(lines: readonly string[], most: number, width: number): string[] {
  if (lines.length <= most) return [...lines];
  return [...lines.slice(0, most - 1), cut(lines.slice(most - 1).join(" "), width)];
}

/** At least so many lines. */
export function fill(lines: readonly string[], least: number): string[] {
  return [...lines, ...Array.from({ length: Math.max(0, least - lines.length) }, () => "")];
}

const CONTINUED = "↪ ";

/** Breaks a line of code, keeping every blank; a sign stands before what is continued. */
export function wrapCode(line: string, width: number): string[] {
  if (widthOf(line) <= width) return [line];
  const indent = Math.min(line.search(/\S|$/), Math.floor(width / 2));
  const hanging = " ".repeat(indent) + CONTINUED;
  const options = { hard: true, trim: false };
  const [first = "", ...rest] = wrapAnsi(line, width - widthOf(hanging), options).split("\n");
  return [first, ...rest.map((part) => hanging + part.trimStart())].map((part) => part.trimEnd());
}

/** Fills up with blanks on the right. */
export function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

/** Fills up with blanks on the left. */
export function padLeft(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - widthOf(text))) + text;
}

/** Cuts a text without colours to a width; an ellipsis says that something is missing. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = "";
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (widthOf(kept + segment) >= width) break;
    kept += segment;
  }
  return width > 0 ? `${kept}…` : "";
}

/** A text from elsewhere (the wire, a process) on one line: no credential in it, and nothing that could steer the terminal. */
export function printable(text: string): string {
  return safe(maskText(text));
}

/** A value from elsewhere as JSON on one line, with blanks at which it can be wrapped; a text stands without quotes. */
export function printableValue(value: unknown): string {
  if (typeof value === "string") return printable(value);
  const json = JSON.stringify(value, undefined, 1) ?? "nothing";
  return printable(json.replaceAll(/(?<=[{[])\n\s*|\n\s*(?=[}\]])/g, "").replaceAll(/\n\s*/g, " "));
}
