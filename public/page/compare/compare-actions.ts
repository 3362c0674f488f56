// What a person can do on the compare page.
import { flip } from "../../../scripts/model/switches.ts";
import type { Variant } from "../../../scripts/model/vocabulary.ts";
import type { Shell } from "../shell/shell.ts";
import { currentSwitches, type Store } from "../shell/state.ts";
import { showDifference } from "./compare-focus.ts";
import { type CompareState, shownColumns } from "./compare-state.ts";
import { differencesIn, findRuns, nextDifference, type Run } from "./runs.ts";

export interface CompareActions {
  /** Goes to the comparison of a file, or of two ways of checking. */
  go(what: string): void;
  /** In which two ways of checking are compared. @param variant the next one, if left out */
  chooseFormat(variant?: Variant): void;
  /** @param columns undefined for as many as fit */
  chooseColumns(columns: number[] | undefined): void;
  toggleFolding(): void;
  /** Opens a folded run, or folds it again. */
  toggleRun(start: number): void;
  choose(start: number | undefined): void;
  point(start: number | undefined): void;
  /** Goes to the next (or previous) difference of the kind that counts. @returns false if there is none */
  step(step: 1 | -1): boolean;
  /** Lets only this kind count, and goes to its first difference; lets all count, if it did already. */
  filter(kind: string): void;
  /** Nothing is chosen any more. @returns false if nothing was */
  leave(): boolean;
}

export function createCompareActions(
  { store, go, choose }: Shell,
  compare: Store<CompareState>,
): CompareActions {
  const { update } = compare;
  const now = (): CompareState => compare.state;

  return {
    go: (what) => go({ page: "compare", what }),
    chooseFormat: (variant) =>
      choose(variant ? { variant } : flip("variant", currentSwitches(store.state)).change),
    chooseColumns: (columns) => update({ columns, current: undefined }),
    toggleFolding: () => update({ isFolded: !now().isFolded, opened: [] }),
    toggleRun(start) {
      const { opened } = now();
      const isOpen = opened.includes(start);
      update({ opened: isOpen ? opened.filter((each) => each !== start) : [...opened, start] });
    },
    // Keyboard users see the explanation for where they are, wherever the pointer rests.
    choose: (current) => update({ current, pointed: undefined }),
    point(pointed) {
      if (now().pointed !== pointed) update({ pointed });
    },
    step(step) {
      const found = nextDifference(differencesIn(runsNow(now()), now().kind), now().current, step);
      if (found === undefined) return false;
      update({ current: found.start, pointed: undefined });
      showDifference({ isFocused: true });
      return true;
    },
    filter(kind) {
      if (now().kind === kind) return update({ kind: undefined });
      const [first] = differencesIn(runsNow(now()), kind);
      update({ kind, current: first?.start, pointed: undefined });
      showDifference({ isFocused: false });
    },
    leave() {
      const { current, kind } = now();
      if (current === undefined && kind === undefined) return false;
      update({ current: undefined, kind: undefined });
      return true;
    },
  };
}

/** The runs that are on the screen. */
export function runsNow(state: CompareState): Run[] {
  const { loaded } = state;
  return loaded === undefined ? [] : findRuns(loaded.comparison.rows, shownColumns(state));
}
