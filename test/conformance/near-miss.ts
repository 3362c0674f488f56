// Texts that are nearly the right one: whoever compares by less than equality takes one of them.

/** None of them is the text itself, whatever that is. */
export function nearMisses(text: string): string[] {
  const middle = Math.ceil(text.length / 2);
  const all = [
    `${text}x`,
    `x${text}`,
    `x${text}x`,
    `${text}.example.org`,
    `example.org/${text}`,
    `example.org ${text}`,
    `${text},example.org`,
    text.slice(0, -1),
    text.slice(1),
    text.slice(0, middle),
    text.slice(middle),
    text.toUpperCase(),
    text.toLowerCase(),
    ` ${text}`,
    `${text} `,
    `${text}\n`,
    `${text}\u0000`,
    `${text}/`,
    text.normalize("NFD"),
    text.replaceAll(".", "x"),
    "*",
    "",
  ];
  return [...new Set(all)].filter((one) => one !== text);
}
