// How many columns of code fit into the window.

const WIDTHS = [
  { columns: 3, query: "(min-width: 72rem)" },
  { columns: 2, query: "(min-width: 46rem)" },
] as const;

/** @param tell called now, and again whenever it changes */
export function watchWidth(tell: (columns: 1 | 2 | 3) => void): void {
  const look = (): void =>
    tell(WIDTHS.find(({ query }) => matchMedia(query).matches)?.columns ?? 1);
  for (const { query } of WIDTHS) matchMedia(query).addEventListener("change", look);
  look();
}
