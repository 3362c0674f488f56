// Text from elsewhere, made safe to show. Pure.

/** On one line, with nothing that is invisible, that turns the direction of reading, or that could steer a terminal. */
export function printable(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .replaceAll("\t", "  ")
    .replaceAll(/\r?\n/g, " ⏎ ")
    .replaceAll(/\p{Cc}|\p{Cf}/gu, "\u{FFFD}");
}

/** What most texts are. */
const PLAIN = /^[\x20-\x7E…]*$/;

/** A value as JSON on one line; a text stands without quotes. */
export function printableValue(value: unknown): string {
  return printable(typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing"));
}
