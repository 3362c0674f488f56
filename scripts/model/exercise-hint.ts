// Which hint fits what fails now. Pure.
import type { Check, Exercise } from "./exercise.ts";

/**
 * The hint for the first row that fails and has one. Rows that failed at the start have theirs once another such row
 * passes: until then nothing was changed that a hint could be about.
 */
export function fittingHint(
  { rowHints }: Pick<Exercise, "rowHints">,
  check: Pick<Check, "rows" | "suite"> | undefined,
): string | undefined {
  const rows = [...(check?.rows ?? []), ...(check?.suite?.failed ?? [])];
  const hasBegun = rows.some(({ failedAtStart, result }) => failedAtStart && result === "passed");
  const row = rows.find(
    ({ id, result, failedAtStart }) =>
      result === "failed" && rowHints.has(id) && (hasBegun || !failedAtStart),
  );
  return row && rowHints.get(row.id);
}
