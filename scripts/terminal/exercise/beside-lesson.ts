// Opens the exercise of a lesson in the terminal, in place of the lesson.
import type { Suite } from "../../lab/exercises/checker.ts";
import { readExercises } from "../../lab/exercises/files.ts";
import { readSolved } from "../../lab/exercises/solved.ts";
import type { Variant } from "../../model/vocabulary.ts";
import type { Leaving, LiveParts } from "./live-parts.ts";
import { LiveExercise } from "./live.ts";

export interface ExerciseBeside {
  /** The first of the lesson that is not solved yet. @returns how the person left it; undefined if there is none */
  open(lesson: number, variant: Variant): Promise<Leaving | undefined>;
  close(): Promise<void>;
}

export function exerciseBeside(
  parts: Omit<LiveParts, "found" | "variant" | "suite">,
  loadSuite: () => Promise<Suite>,
): ExerciseBeside {
  let live: LiveExercise | undefined;
  return {
    async open(lesson, wanted) {
      const [all, { solvedIn }] = await Promise.all([readExercises(), readSolved()]);
      const those = all.filter(({ exercise }) => exercise.lesson === lesson);
      const found = those.find(({ exercise }) => solvedIn(exercise).length === 0) ?? those[0];
      if (found === undefined) return undefined;
      const { formats } = found.exercise;
      const variant = formats.find((format) => format === wanted) ?? formats[0]!;
      live = new LiveExercise({ ...parts, found, variant, suite: await loadSuite() });
      return live.ended;
    },
    close: async () => live?.close(),
  };
}
