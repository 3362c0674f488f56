// How many columns of code the window has room for.
import type { Store } from "../shell/state.ts";

const WIDTHS = [
  { room: 3, query: "(min-width: 72rem)" },
  { room: 2, query: "(min-width: 46rem)" },
] as const;

/** Notes it now, and again whenever it changes. */
export function watchRoom(store: Store): void {
  const note = (): void => {
    const room = WIDTHS.find(({ query }) => matchMedia(query).matches)?.room ?? 1;
    if (store.state.compare.room === room) return;
    store.update({ compare: { ...store.state.compare, room } });
  };
  for (const { query } of WIDTHS) matchMedia(query).addEventListener("change", note);
  note();
}
