// Finds the steps of an attempt that show what another attempt never does. Pure.
import type { Step } from "../../../scripts/model/trace.ts";
import { traitsOf } from "./likeness.ts";

/** The indexes of the steps that the other attempt has nothing equal to, whenever and in whichever order. */
export function findPartings(steps: readonly Step[], other: readonly Step[]): Set<number> {
  const left = countTraits(other);
  const partings = new Set<number>();
  steps.forEach((_, index) => {
    for (const { text, isCounted } of traitsOf(steps, index)) {
      const count = left.get(text) ?? 0;
      if (count === 0) partings.add(index);
      else if (isCounted) left.set(text, count - 1);
    }
  });
  return partings;
}

function countTraits(steps: readonly Step[]): Map<string, number> {
  const counts = new Map<string, number>();
  steps.forEach((_, index) => {
    for (const { text } of traitsOf(steps, index)) counts.set(text, (counts.get(text) ?? 0) + 1);
  });
  return counts;
}
