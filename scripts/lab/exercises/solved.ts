// Remembers which exercise is solved in which format.
import path from "node:path";
import type { Exercise } from "../../model/exercise.ts";
import { type Variant, VARIANTS } from "../../model/vocabulary.ts";
import { storageFolder } from "../stored-file.ts";
import { noteProgress, readProgress } from "../lessons/progress.ts";
import { secondsSince1970 } from "../clock.ts";

function solvedFolder(): string {
  return path.join(storageFolder(), "exercises");
}

/** @throws StorageError (code CANNOT_STORE) */
export async function noteSolved({ slug }: Exercise, variant: Variant): Promise<void> {
  await noteProgress(`${slug}.${variant}`, { ranAt: secondsSince1970() }, solvedFolder());
}

/** The formats in which an exercise is solved, by its slug; and one sentence about what cannot be read. */
export async function readSolved(): Promise<{
  solvedIn: (exercise: Exercise) => Variant[];
  problem: string | undefined;
}> {
  const { progress, problem } = await readProgress(solvedFolder());
  return {
    solvedIn: ({ slug }) => VARIANTS.filter((variant) => progress[`${slug}.${variant}`]),
    problem,
  };
}
