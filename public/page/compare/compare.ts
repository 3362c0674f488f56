// The comparison on the screen: which one is loaded, and when.
import type { Key } from "../shell/shortcuts.ts";
import { loadStyle } from "../shell/late-style.ts";
import type { OpenPage, ViewOf } from "../shell/page.ts";
import type { Shell } from "../shell/shell.ts";
import { currentSwitches } from "../shell/state.ts";
import { type CompareActions, createCompareActions } from "./compare-actions.ts";
import { loadComparison } from "./compare-load.ts";
import { FIRST_COMPARE } from "./compare-state.ts";
import { compareView } from "./compare-view.ts";

await loadStyle("compare");

export function openCompare(shell: Shell): OpenPage<ViewOf<"compare">> {
  const compare = shell.storeFor(FIRST_COMPARE);
  const actions = createCompareActions(shell, compare);
  watchWidth((fitting) => compare.update({ fitting }));
  return {
    view: () => compareView({ state: shell.store.state, compare: compare.state, actions }),
    enter: ({ what }) => compare.update({ what, error: undefined }),
    load: () => loadComparison(shell, compare),
    async flipped(before) {
      const { variant } = currentSwitches(shell.store.state);
      if (before.variant !== variant) await loadComparison(shell, compare);
    },
    keys: () => compareKeys(actions),
  };
}

const WIDTHS = [
  { columns: 3, query: "(min-width: 72rem)" },
  { columns: 2, query: "(min-width: 46rem)" },
] as const;

/** Reports how many columns of code fit into the window: now, and whenever that changes. */
export function watchWidth(tell: (columns: 1 | 2 | 3) => void): void {
  const look = (): void =>
    tell(WIDTHS.find(({ query }) => matchMedia(query).matches)?.columns ?? 1);
  for (const { query } of WIDTHS) matchMedia(query).addEventListener("change", look);
  look();
}

function compareKeys(actions: CompareActions): Key[] {
  return [
    { key: "n", does: "next difference", act: () => actions.step(1) },
    { key: "p", does: "previous difference", act: () => actions.step(-1) },
    { key: "f", does: "next module format", act: () => actions.chooseFormat() },
    {
      key: "Escape",
      label: "Esc",
      does: "no difference is chosen any more",
      act: () => actions.leave(),
    },
  ];
}
