// Puts the steps of two attempts beside each other and finds the step where they diverge. Pure.
import type { Step, Trace } from "../../../scripts/model/trace.ts";
import { type Routine, routinesOf } from "../../../scripts/model/words/routine.ts";
import { CLOSED, findOwn, momentOf } from "./traits.ts";

/** Steps beside each other, by their index in their trace; a side that has none is undefined. */
export interface AlignedRow {
  left: number | undefined;
  right: number | undefined;
  /**
   * `same` in everything that matters; `differs`; `alone`: the other side has nothing like it; `elsewhere`: the other side
   * has it too, earlier or later, or it decides nothing.
   */
  relation: "same" | "differs" | "alone" | "elsewhere";
}

export interface Alignment {
  rows: AlignedRow[];
  /** The index of the row where the two diverge, in what is not routine if they do there; undefined if they never do. */
  divergesAt: number | undefined;
  /** True if they diverge only in routine. */
  isInRoutine: boolean;
  /** True if nothing else differs after that row, but for more of its kind (each further connection, for example). */
  isRestIdentical: boolean;
}

/**
 * Aligns two traces.
 * @see traits.ts for what matters and what does not
 */
export function alignTraces(left: Trace, right: Trace): Alignment {
  const sides = {
    left: readSide(left.steps, right.steps),
    right: readSide(right.steps, left.steps),
  };
  const rows = closeEarly(alignSides(sides), sides);
  const routines = { left: routinesOf(left.steps), right: routinesOf(right.steps) };
  const all = rows.filter(isDivergence);
  const decisive = all.filter((row) => commonRoutine(row, routines) === undefined);
  const isInRoutine = decisive.length === 0 && all.length > 0;
  const divergent = isInRoutine ? all : decisive;
  const moments = new Set(divergent.map((row) => momentAt(row, sides)));
  const divergesAt = divergent[0] === undefined ? undefined : rows.indexOf(divergent[0]);
  return { rows, divergesAt, isInRoutine, isRestIdentical: moments.size === 1 };
}

type Routines = readonly (Routine | undefined)[];

/** The routine of all that stands in a row; undefined if some of it is not routine. */
export function commonRoutine(
  row: Pick<AlignedRow, "left" | "right">,
  routines: { left: Routines; right: Routines },
): Routine | undefined {
  const left = row.left === undefined ? "idle" : routines.left[row.left];
  const right = row.right === undefined ? "idle" : routines.right[row.right];
  return left === "idle" || right === undefined ? right : left;
}

/** Whether the two sides show something different here. */
export function isDivergence({ relation }: Pick<AlignedRow, "relation">): boolean {
  return relation === "differs" || relation === "alone";
}

function momentAt({ left, right }: AlignedRow, sides: Sides): string | undefined {
  return (sides.left[left ?? -1] ?? sides.right[right ?? -1])?.moment;
}

// Where one side goes on alone, the other closes its connection before that, and not beside the end of it.
function closeEarly(rows: readonly AlignedRow[], { left }: Sides): AlignedRow[] {
  const result: AlignedRow[] = [];
  for (const row of rows) {
    const isClose = row.relation === "same" && left[row.left!]?.moment === CLOSED;
    const waiting = isClose ? sideWithout(result.at(-1)) : undefined;
    if (waiting !== undefined) {
      const at = result.findLastIndex((each) => each[waiting] !== undefined) + 1;
      const early = { left: undefined, right: undefined, [waiting]: row[waiting] };
      result.splice(at, 0, { ...early, relation: "elsewhere" });
      result.push({ ...row, [waiting]: undefined, relation: "elsewhere" });
    } else result.push(row);
  }
  return result;
}

function sideWithout(row: AlignedRow | undefined): "left" | "right" | undefined {
  if (row === undefined) return undefined;
  if (row.left === undefined) return "left";
  return row.right === undefined ? "right" : undefined;
}

interface Compared {
  moment: string;
  /** The other side shows nothing like it. */
  isOwn: boolean;
}

interface Sides {
  left: Compared[];
  right: Compared[];
}

function readSide(steps: readonly Step[], other: readonly Step[]): Compared[] {
  const own = findOwn(steps, other);
  return steps.map((step) => ({ moment: momentOf(steps, step), isOwn: own.has(step) }));
}

// --- The alignment that has most in common ---

const SAME = 5;
// Steps that differ are to stand beside each other, even if something equal must then be shown one below the other.
const DIFFERENT = 20;

function alignSides({ left, right }: Sides): AlignedRow[] {
  const best = bestScores({ left, right });
  const rows: AlignedRow[] = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    const score = scoreOf(left[i], right[j]);
    if (score > 0 && best[i]![j] === score + best[i + 1]![j + 1]!)
      rows.push({ left: i++, right: j++, relation: score === SAME ? "same" : "differs" });
    else if (j === right.length || (i < left.length && best[i]![j] === best[i + 1]![j]))
      rows.push({ relation: relationOf(left[i]!), left: i++, right: undefined });
    else rows.push({ relation: relationOf(right[j]!), left: undefined, right: j++ });
  }
  return rows;
}

function relationOf({ isOwn }: Compared): "alone" | "elsewhere" {
  return isOwn ? "alone" : "elsewhere";
}

function scoreOf(left: Compared | undefined, right: Compared | undefined): number {
  if (left === undefined || left.moment !== right?.moment) return 0;
  return left.isOwn || right.isOwn ? DIFFERENT : SAME;
}

/** `best[i][j]`: the highest score that the steps from i and from j on can have together. */
function bestScores({ left, right }: Sides): number[][] {
  const best = Array.from({ length: left.length + 1 }, () =>
    Array.from({ length: right.length + 1 }, () => 0),
  );
  for (let i = left.length - 1; i >= 0; i -= 1)
    for (let j = right.length - 1; j >= 0; j -= 1) {
      const score = scoreOf(left[i], right[j]);
      const together = score === 0 ? 0 : score + best[i + 1]![j + 1]!;
      best[i]![j] = Math.max(together, best[i + 1]![j]!, best[i]![j + 1]!);
    }
  return best;
}
