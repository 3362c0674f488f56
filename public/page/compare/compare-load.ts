// Loads what the compare page shows.
import type { Comparison } from "../../../scripts/model/protocol.ts";
import { CallError } from "../shell/channel.ts";
import type { Shell } from "../shell/shell.ts";
import { currentSwitches, type Store } from "../shell/state.ts";
import { showTab } from "./compare-focus.ts";
import { readCode } from "./code-pieces.ts";
import { AUTH, type CompareState, type LoadedComparison } from "./compare-state.ts";

/** Loads the comparison that the address asks for; what was there stays until it has come. */
export async function loadComparison(
  { store, channel }: Shell,
  compare: Store<CompareState>,
): Promise<void> {
  if (store.state.connection !== "connected") return;
  const { what: wanted } = compare.state;
  const { variant } = currentSwitches(store.state);
  const update = (change: Partial<CompareState>): void => {
    if (compare.state.what === wanted) compare.update(change);
  };
  try {
    const files = await channel.call("files");
    const what = wanted ?? files[0] ?? "";
    update({ files });
    showTab();
    const answer = await channel.call("compare", what === AUTH ? { variant } : { file: what });
    update(changeFor(compare.state, { what, comparison: withGaps(answer) }));
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    // Lost: asked again as soon as the server is back.
    if (error.code === "REFUSED") update({ error: error.message, loaded: undefined });
  }
}

/** On its way, as JSON, a missing line became null. */
function withGaps({ rows, ...rest }: Comparison): Comparison {
  const filled = rows.map(({ lines, kinds }) => ({
    lines: lines.map((line) => line ?? undefined),
    kinds,
  }));
  return { ...rest, rows: filled };
}

/** Of another file, other rows are open and chosen; the kind stays, if it occurs there as well. */
function changeFor(
  { kind, loaded }: CompareState,
  { what, comparison }: { what: string; comparison: Comparison },
): Partial<CompareState> {
  const code = comparison.columns.map((_title, column) =>
    readCode(comparison.rows.flatMap(({ lines }) => lines[column] ?? [])),
  );
  const isKindThere = comparison.rows.some(({ kinds }) => kinds.some((each) => each === kind));
  const change = {
    loaded: { what, comparison, code } satisfies LoadedComparison,
    error: undefined,
    kind: isKindThere ? kind : undefined,
  };
  return loaded?.what === what
    ? change
    : { ...change, opened: [], current: undefined, pointed: undefined };
}
