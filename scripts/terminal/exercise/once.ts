// Does one thing with an exercise and prints it: a check, a hint, a comparison, a reset.
import path from "node:path";
import { ArgumentsError } from "../../command/arguments.ts";
import { type Checker, openChecker, type Suite } from "../../lab/exercises/checker.ts";
import { compareWorkingCopy } from "../../lab/exercises/differences.ts";
import type { FoundExercise } from "../../lab/exercises/files.ts";
import { reset, storeVersion } from "../../lab/exercises/history.ts";
import { StorageError } from "../../lab/stored-file.ts";
import { noteSolved } from "../../lab/exercises/solved.ts";
import { editedFiles, openWorkingCopy } from "../../lab/exercises/working-copy.ts";
import { ROOT } from "../../lab/servers/variants.ts";
import { maskValue } from "../../lab/wire/masking.ts";
import type { Exercise } from "../../model/exercise.ts";
import type { Variant } from "../../model/vocabulary.ts";
import type { Paper } from "../lesson/once.ts";
import { renderMarkdown } from "../markdown.ts";
import { wrap } from "../text.ts";
import { describeCheck } from "./check-words.ts";
import { renderDiff } from "./diff-view.ts";
import type { ExerciseOptions } from "./exercise-options.ts";

interface OnceParts extends Pick<ExerciseOptions, "once" | "hint"> {
  variant: Variant;
  found: FoundExercise;
  suite: Suite;
  /** Called with what has to be closed, should the command end before. */
  onOpen: (checker: Checker) => void;
}

/** @returns the exit code: 0 if it is solved or nothing was checked */
export async function runOnce(parts: OnceParts, paper: Paper): Promise<number> {
  const { found, variant, once, hint } = parts;
  const { exercise } = found;
  const { print, width, paint } = paper;
  const folder = await openWorkingCopy(exercise, variant);
  switch (once) {
    case "hint":
      print(hintOf(exercise, hint));
      return 0;
    case "diff":
    case "solution": {
      const { mine, toSolution } = await compareWorkingCopy(exercise, variant);
      renderDiff(once === "diff" ? mine : toSolution, paint).forEach(print);
      return 0;
    }
    case "reset":
      await reset(exercise, variant);
      print(`${placeOf(folder)} is as at the start; what you had written is in work/.history.`);
      return 0;
    default: {
      await remarkUnkept(storeVersion(exercise, variant), paper);
      if (once !== "json") for (const line of head(exercise, variant, folder)) print(line);
      const check = await checkOnce(parts, folder);
      if (check.isSolved) await remarkUnkept(noteSolved(exercise, variant), paper);
      if (once === "json") print(JSON.stringify(maskValue(check), undefined, 2));
      else {
        for (const { lines } of describeCheck(check, width, paint)) lines.forEach(print);
        const last = check.isSolved
          ? renderMarkdown(exercise.solved, width, paint)
          : [hintAt(exercise)];
        for (const line of ["", ...last]) print(line);
      }
      return check.isSolved ? 0 : 1;
    }
  }

  function head({ id, title, task }: Exercise, format: Variant, place: string): string[] {
    const edited = editedFiles(exercise, format).map((file) => path.join(placeOf(place), file));
    return [
      ...wrap(`Exercise ${id}: ${paint("strong", title)} (${format})`, width),
      "",
      ...renderMarkdown(task, width, paint),
      "",
      ...edited.map((file) => `Edit ${file}`),
      "",
    ];
  }
}

async function checkOnce({ found, variant, suite, onOpen }: OnceParts, folder: string) {
  const checker = await openChecker({ ...found, variant, folder, suite });
  onOpen(checker);
  try {
    return await checker.check();
  } finally {
    await checker.close();
  }
}

/** A check goes on without what it could not store. */
async function remarkUnkept(keeping: Promise<void>, { remark }: Paper): Promise<void> {
  try {
    await keeping;
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    remark(error.message);
  }
}

function hintAt({ hints, id }: Exercise): string {
  return `A hint: npm run exercise ${id} -- --hint 1 (there are ${hints.length}).`;
}

function hintOf({ hints, id }: Exercise, number: number): string {
  const hint = hints[number - 1];
  if (hint !== undefined) return `${number} of ${hints.length}: ${hint}`;
  throw new ArgumentsError(`Exercise ${id} has ${hints.length} hints, got --hint ${number}.`);
}

function placeOf(folder: string): string {
  return path.relative(ROOT, folder);
}
