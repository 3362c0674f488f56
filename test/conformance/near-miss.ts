// Texts that are nearly the right one: a server that compares by less than equality takes one of them.

export interface NearMiss {
  /** What was changed, for a report that must not show the text. */
  how: string;
  text: string;
}

// oxfmt-ignore
const CHANGES: [how: string, change: (text: string) => string][] = [
  ["followed by x", (text) => `${text}x`],
  ["after x", (text) => `x${text}`],
  ["between two x", (text) => `x${text}x`],
  ["followed by .example.org", (text) => `${text}.example.org`],
  ["after example.org and a slash", (text) => `example.org/${text}`],
  ["after example.org and a space", (text) => `example.org ${text}`],
  ["followed by a comma and example.org", (text) => `${text},example.org`],
  ["without its last character", (text) => text.slice(0, -1)],
  ["without its first character", (text) => text.slice(1)],
  ["cut to its first half", (text) => text.slice(0, middleOf(text))],
  ["cut to its second half", (text) => text.slice(middleOf(text))],
  ["in capitals", (text) => text.toUpperCase()],
  ["in small letters", (text) => text.toLowerCase()],
  ["after a space", (text) => ` ${text}`],
  ["followed by a space", (text) => `${text} `],
  ["followed by a line break", (text) => `${text}\n`],
  ["followed by a null byte", (text) => `${text}\u0000`],
  ["followed by a slash", (text) => `${text}/`],
  ["in decomposed characters (NFD)", (text) => text.normalize("NFD")],
  ["with x for each dot", (text) => text.replaceAll(".", "x")],
  ["replaced by an asterisk", () => "*"],
  ["left empty", () => ""],
];

function middleOf({ length }: string): number {
  return Math.ceil(length / 2);
}

/** Each text once, and never the right one itself. */
export function nearMisses(right: string): NearMiss[] {
  const all = new Map(CHANGES.toReversed().map(([how, change]) => [change(right), how]));
  all.delete(right);
  return [...all].map(([text, how]) => ({ how, text })).toReversed();
}

/** The same name but for its capitals. */
export function swapCase(name: string): string {
  return name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase();
}
