// The words of the compare page. Pure.

/** `cjs` of `cjs/tokens.cjs`; `manual` of `esm/manual.mjs`, where all are of one format. */
export function shortTitles(titles: readonly string[]): string[] {
  const parts = titles.map((title) => title.split(/[/.]/));
  const isOneFormat = parts.every(([format]) => format === parts[0]![0]);
  return parts.map(([format, file], index) => (isOneFormat ? file : format) ?? titles[index]!);
}

export function linesInWords(count: number): string {
  return count === 1 ? "1 line" : `${count} lines`;
}
