// Every exercise in every format: its start fails what it names and nothing else, the variant passes, no tempting wrong
// solution does. The last two are tried in CommonJS alone, which starts fastest: the formats are the same program, and
// the lessons and the suite are run on all three variants anyway.
import { rm } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EXERCISE_SUITE } from "../scripts/conformance/exercise-suite.ts";
import { openChecker } from "../scripts/lab/exercises/checker.ts";
import { type FoundExercise, readExercises } from "../scripts/lab/exercises/files.ts";
import { checkTypes } from "../scripts/lab/exercises/types.ts";
import {
  type Files,
  readFiles,
  startFiles,
  workingFolder,
  writeFiles,
} from "../scripts/lab/exercises/working-copy.ts";
import { extensionOf, folderOf, ROOT } from "../scripts/lab/servers/variants.ts";
import { applyChanges, type Change } from "../scripts/model/change.ts";
import type { Check } from "../scripts/model/exercise.ts";
import { type Variant, VARIANTS } from "../scripts/model/vocabulary.ts";
import { readSources } from "../scripts/tools/print-variants/sources.ts";
import { toFormat } from "../scripts/tools/print-variants/to-format.ts";

// Inside the project, where the packages are found.
const FOLDER = path.join(ROOT, "work", `.test-${process.pid}`);
beforeAll(() => {
  process.env["WORK_FOLDER"] = FOLDER;
});
afterAll(() => {
  delete process.env["WORK_FOLDER"];
  return rm(FOLDER, { recursive: true, force: true });
});

const found = await readExercises();
const table = found.flatMap((each) =>
  VARIANTS.map((variant) => ({ ...each, id: each.exercise.id, variant })),
);

async function withChanges(variant: Variant, changes: readonly Change[]): Promise<Files> {
  const files = new Map(await readFiles(folderOf(variant)));
  for (const [name, source] of applyChanges(await readSources(), changes, "A wrong solution"))
    files.set(
      `${name}.${extensionOf(variant)}`,
      variant === "ts" ? source : toFormat(name, source, variant),
    );
  return files;
}

const failing = ({ rows, problem }: Check): string[] => [
  ...(problem === undefined ? [] : [problem.message]),
  ...rows.flatMap(({ id, result }) => (result === "passed" ? [] : [id])),
];

async function openInFolder({ exercise, lesson }: FoundExercise, variant: Variant) {
  const folder = workingFolder(exercise, variant);
  const checker = await openChecker({ exercise, lesson, variant, folder, suite: EXERCISE_SUITE });
  return {
    folder,
    checker,
    async failing(files: Files, wanted: readonly string[]): Promise<string[]> {
      await writeFiles(folder, files);
      return failing(await checker.check(undefined, wanted));
    },
  };
}

describe.each(table)("exercise $id, $variant", ({ exercise, lesson, variant }) => {
  it("fails at the start what it names, the variant passes, wrong solutions are caught", async () => {
    const opened = await openInFolder({ exercise, lesson }, variant);
    const { checker, folder } = opened;
    try {
      const { failsAtStart, wrong } = exercise;
      await writeFiles(folder, await startFiles(exercise, variant));
      const all = await checker.check();
      const names = all.rows.map(({ id }) => id);
      // What is not among the rows would be caught by nothing.
      for (const ids of [failsAtStart, ...wrong.map(({ caughtBy }) => caughtBy)])
        expect(names).toEqual(expect.arrayContaining([...ids]));
      expect(failing(all).toSorted()).toEqual([...failsAtStart].toSorted());
      expect(all.types ?? []).toEqual([]);
      expect(all.suite).toBeUndefined();
      expect(await opened.failing(await readFiles(folderOf(variant)), names)).toEqual([]);
      for (const { what, changes, caughtBy } of variant === "cjs" ? wrong : []) {
        const caught = await opened.failing(await withChanges(variant, changes), caughtBy);
        expect([what, ...caught.toSorted()]).toEqual([what, ...[...caughtBy].toSorted()]);
      }
    } finally {
      await checker.close();
    }
  });
});

it("a solution of TypeScript is asked for its types, as its editor asks", async () => {
  const [{ exercise }] = found as [FoundExercise];
  const folder = workingFolder(exercise, "ts");
  const start = await startFiles(exercise, "ts");
  const name = `${exercise.files[0]}.ts`;
  await writeFiles(folder, new Map([...start, [name, `${start.get(name)}\nabsent();\n`]]));
  const { signal } = new AbortController();
  const line = start.get(name)!.split("\n").length + 1;
  expect(await checkTypes(folder, signal)).toEqual([
    { message: "TS2304: Cannot find name 'absent'.", file: name, line },
  ]);
});
