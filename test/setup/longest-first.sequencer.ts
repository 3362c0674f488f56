// The order of the test files: the longest first, so that no core is idle while the other works through the last one.
import path from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// Vitest knows how long a file takes once it has run here; before that it goes by size, and these are small.
const LONGEST = [
  "page-visit.test.ts",
  "exercise-live.test.ts",
  "exercises.test.ts",
  "lessons.test.ts",
  "conformance.test.ts",
  "exercise-mistakes.test.ts",
  "page-exercise.test.ts",
  "faults.test.ts",
  "load-command.test.ts",
  "page-wire.test.ts",
  "acts-wait.test.ts",
];

function rankOf({ moduleId }: TestSpecification): number {
  const rank = LONGEST.indexOf(path.basename(moduleId));
  return rank === -1 ? LONGEST.length : rank;
}

export default class LongestFirstSequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- it is Vitest's own order, and no array's method
    const usual = await super.sort(files);
    return usual.toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}
