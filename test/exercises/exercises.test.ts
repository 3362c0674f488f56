// Every exercise: its start fails what it names and nothing else, the variant passes, no tempting wrong solution does. In one
// format, which starts fastest: start and solution are printed into the others from one source, and a test prints them again.
// An exercise that is about the formats is checked in each of its own, in processes of their own; others in processes that are
// there already.
import { rm } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EXERCISE_SUITE } from "../../scripts/conformance/exercise-suite.ts";
import { openChecker } from "../../scripts/lab/exercises/checker.ts";
import { type FoundExercise, readExercises } from "../../scripts/lab/exercises/files.ts";
import { checkTypes } from "../../scripts/lab/exercises/types.ts";
import {
  type Files,
  solutionFiles,
  solutionOf,
  startFiles,
  workingFolder,
  writeFiles,
} from "../../scripts/lab/exercises/working-copy.ts";
import { extensionOf, folderOf, ROOT } from "../../scripts/lab/servers/variants.ts";
import { applyChanges, type Change } from "../../scripts/model/change.ts";
import type { Check, Exercise } from "../../scripts/model/exercise.ts";
import { createGate } from "../../scripts/model/gate.ts";
import { type Variant, VARIANTS } from "../../scripts/model/vocabulary.ts";
import { openHosts } from "../helpers/hosted-servers.ts";
import { readSources } from "../../scripts/tools/print-variants/sources.ts";
import { toFormat } from "../../scripts/tools/print-variants/to-format.ts";

const CONFIG = path.join(ROOT, "tsconfig.json");
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
const isAboutFormats = ({ formats, wrong }: Exercise): boolean =>
  formats.length < VARIANTS.length || wrong.some(({ caughtBy }) => caughtBy.includes("types"));
const isHosted = (exercise: Exercise): boolean =>
  exercise.side === "server" && !isAboutFormats(exercise);
const table = found.flatMap((each) => {
  const { formats, id } = each.exercise;
  const checked = isAboutFormats(each.exercise) ? formats : formats.slice(0, 1);
  return checked.map((variant) => ({ ...each, id, variant }));
});
// Exercises wait most of their time, for processes, for tokens that expire, for what must not come; later ones the longest.
const gate = createGate(3);

async function withChanges(
  exercise: Exercise,
  variant: Variant,
  changes: readonly Change[],
): Promise<Files> {
  const files = new Map(await solutionFiles(exercise, variant));
  const sources = await readSources(
    exercise.side === "server" ? folderOf("ts") : solutionOf(exercise.folder),
  );
  for (const [name, source] of applyChanges(sources, changes, "A wrong solution"))
    files.set(
      `${name}.${extensionOf(variant)}`,
      variant === "ts" ? source : toFormat(name, source, variant),
    );
  return files;
}

/** Without a server that starts, no row says anything. */
const failing = ({ rows, problem, types = [] }: Check): string[] => [
  ...(problem === undefined
    ? rows.flatMap(({ id, result }) => (result === "passed" ? [] : [id]))
    : ["starts"]),
  ...(types.length === 0 ? [] : ["types"]),
];

/** Whether it says something of this machine, and is to be asked again: too late in a row, or at the start. */
function isTooBusy({ rows, problem }: Check): boolean {
  return (
    rows.some(({ result }) => result === "too busy") ||
    /was ended after \d+ s/.test(problem?.message ?? "")
  );
}

const hosts = openHosts();
afterAll(() => hosts.close());

async function openInFolder({ exercise, lesson }: FoundExercise, variant: Variant) {
  const folder = workingFolder(exercise, variant);
  const parts = { exercise, lesson, variant, folder, suite: EXERCISE_SUITE };
  const how = isHosted(exercise) ? { openServers: hosts.openServers } : {};
  const checker = await openChecker({ ...parts, ...how });
  return {
    async check(files: Files, wanted?: readonly string[]): Promise<Check> {
      await writeFiles(folder, files);
      const checked = await checker.check(undefined, wanted);
      return isTooBusy(checked) ? checker.check(undefined, wanted) : checked;
    },
    close: () => checker.close(),
  };
}

describe.concurrent.each(table.toReversed())("exercise $id, $variant", (each) => {
  const { exercise, variant } = each;
  let opened: Awaited<ReturnType<typeof openInFolder>>;
  beforeAll(async () => {
    await gate.enter();
    opened = await openInFolder(each, variant);
  });
  afterAll(async () => {
    await (opened as typeof opened | undefined)?.close();
    gate.leave();
  });

  it("fails at the start what it names, the variant passes, wrong solutions are caught", async () => {
    const { failsAtStart, wrong } = exercise;
    const all = await opened.check(await startFiles(exercise, variant));
    const ids = all.rows.map(({ id }) => id);
    // What is not among the rows would be caught by nothing.
    for (const named of [failsAtStart, ...wrong.map(({ caughtBy }) => caughtBy)])
      expect(["starts", "types", ...ids]).toEqual(expect.arrayContaining([...named]));
    const expected = failsAtStart.filter((id) => variant === "ts" || id !== "types");
    expect(failing(all).toSorted()).toEqual(expected.toSorted());
    expect(all.suite).toBeUndefined();
    // What has passed at the start is a row that the solution, which is the variant, passes in the suite and the lesson.
    const solution = await solutionFiles(exercise, variant);
    const unsolved = isHosted(exercise) ? failsAtStart : ids;
    expect(failing(await opened.check(solution, unsolved))).toEqual([]);
    const tried = wrong.filter(
      ({ caughtBy }) => variant === (caughtBy.includes("types") ? "ts" : exercise.formats[0]),
    );
    for (const { what, changes, caughtBy } of tried) {
      // Who is caught finds a hint; where the server does not start, or the types are wrong, the error says it.
      const hinted = caughtBy.filter(
        (id) => id === "starts" || id === "types" || exercise.rowHints.has(id),
      );
      expect([what, ...hinted].length).toBeGreaterThan(1);
      // Whether it starts, one row tells.
      const wanted = caughtBy.includes("starts") ? ids.slice(0, 1) : caughtBy;
      const files = await withChanges(exercise, variant, changes);
      const caught = failing(await opened.check(files, wanted));
      expect([what, ...caught.toSorted()]).toEqual([what, ...[...caughtBy].toSorted()]);
    }
  });
});

it("every start has the types that it needs, and what has none is found, as by an editor", async () => {
  const starts = found.filter(({ exercise }) => !isAboutFormats(exercise));
  for (const { exercise } of starts)
    await writeFiles(workingFolder(exercise, "ts"), await startFiles(exercise, "ts"));
  const [{ exercise: first }] = starts as [FoundExercise];
  const file = `${first.files[0]}.ts`;
  const start = (await startFiles(first, "ts")).get(file)!;
  const folder = workingFolder(first, "ts");
  await writeFiles(folder, new Map([[file, `${start}\nabsent();\n`]]));
  // One look at all of them, with what one working copy says about its types.
  const config = JSON.parse((await startFiles(first, "ts")).get("tsconfig.json")!) as object;
  const whole = { ...config, extends: path.relative(FOLDER, CONFIG), include: ["*/ts/*.ts"] };
  await writeFiles(FOLDER, new Map([["tsconfig.json", JSON.stringify(whole)]]));
  const problem = {
    message: "TS2304: Cannot find name 'absent'.",
    file: path.relative(FOLDER, path.join(folder, file)),
    line: start.split("\n").length + 1,
  };
  expect(await checkTypes(FOLDER, new AbortController().signal)).toEqual([problem]);
});
