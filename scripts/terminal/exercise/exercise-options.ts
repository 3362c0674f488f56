// Reads what was typed after `npm run exercise`: which exercise, in which format, and what to do with it.
import { ArgumentsError, choose, readArguments } from "../../command/arguments.ts";
import type { Exercise } from "../../model/exercise.ts";
import { type Variant, VARIANTS } from "../../model/vocabulary.ts";

/** What is done once, without a screen that stays open. */
const ONCE = ["check", "json", "hint", "diff", "solution", "reset"] as const;

export interface ExerciseOptions {
  /** Undefined for the list. */
  exercise: string | undefined;
  /** The first of the exercise, if left out. */
  format: Variant | undefined;
  /** Undefined for a screen that stays open, where there is a terminal. */
  once: (typeof ONCE)[number] | undefined;
  /** Which one, from 1. */
  hint: number;
  yes: boolean;
  help: boolean;
}

/** It fits 80 columns. */
export const EXERCISE_HELP = `npm run exercise             the exercises, and which of them you have solved
npm run exercise 4           one of them: makes a working copy, checks it each
                             time that you save, and shows what is missing
npm run exercise 4 -- --check
                             check it once; the exit code is 0 if it is solved,
                             1 if not

After that second "--":
  --format ${VARIANTS.join("|")}         the module format (default: the first it has)
  --check                    check once, in a terminal too
  --json                     the same as one JSON document
  --hint NUMBER              a hint: 1 is a question, the last nearly the answer
  --diff                     what you have changed
  --solution --yes           from your files to the solution
  --reset --yes              begin again; what you have written is stored in
                             work/.history
  -h, --help                 this help`;

const FLAG = { type: "boolean" } as const;
const TEXT = { type: "string" } as const;
const FLAGS = {
  format: TEXT,
  check: FLAG,
  json: FLAG,
  hint: TEXT,
  diff: FLAG,
  solution: FLAG,
  reset: FLAG,
  yes: FLAG,
};

/** @throws ArgumentsError (code BAD_ARGUMENTS) */
export function readExerciseOptions(args: string[], env: NodeJS.ProcessEnv): ExerciseOptions {
  const { values, positionals } = readArguments("npm run exercise", FLAGS, { args, env });
  const [exercise, second] = positionals;
  if (second !== undefined)
    throw new ArgumentsError(
      `One exercise at a time, got ${positionals.join(", ")}: put flags after --, as in npm run exercise 4 -- --format esm.`,
    );
  const asked = ONCE.filter((flag) => values[flag] !== undefined);
  if (exercise === undefined && asked.length > 0)
    throw new ArgumentsError(
      `--${asked[0]} goes with an exercise, as in npm run exercise 4 -- --${asked[0]}.`,
    );
  const once = asked.find((flag) => flag !== "check") ?? asked[0];
  if (asked.filter((flag) => flag !== "check").length > 1)
    throw new ArgumentsError(`One of ${asked.map((flag) => `--${flag}`).join(" and ")} at a time.`);
  if ((once === "solution" || once === "reset") && !values.yes)
    throw new ArgumentsError(
      once === "solution"
        ? "--solution shows the answer: add --yes if you want to see it."
        : "--reset begins again: add --yes if you want that; what you have written is stored in work/.history.",
    );
  return {
    exercise,
    format: values.format === undefined ? undefined : choose("format", values.format, VARIANTS),
    once,
    hint: readHint(values.hint ?? "1"),
    yes: values.yes ?? false,
    help: values.help ?? false,
  };
}

/** @throws ArgumentsError (code BAD_ARGUMENTS) for one in which it cannot be solved */
export function formatFor({ id, formats }: Exercise, wanted: Variant | undefined): Variant {
  if (wanted === undefined) return formats[0]!;
  if (formats.includes(wanted)) return wanted;
  throw new ArgumentsError(
    `Exercise ${id} can be solved in ${formats.join(" or ")}, got ${wanted}.`,
  );
}

function readHint(given: string): number {
  if (/^[1-9]\d?$/.test(given)) return Number(given);
  throw new ArgumentsError(`--hint must be the number of a hint, from 1, got "${given}".`);
}
