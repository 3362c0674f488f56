// Draws the list of exercises, with the formats in which each is solved.
import type { Exercise } from "../../model/exercise.ts";
import type { Variant } from "../../model/vocabulary.ts";
import type { Paint } from "../paint.ts";

export function renderExercises(
  exercises: readonly Exercise[],
  solvedIn: (exercise: Exercise) => readonly Variant[],
  paint: Paint,
): string[] {
  const next = exercises.find((each) => solvedIn(each).length === 0);
  return [
    ...exercises.map((exercise) => {
      const solved = solvedIn(exercise);
      const state =
        solved.length === 0
          ? paint("quiet", "· new")
          : paint("good", `✓ solved in ${solved.join(", ")}`);
      return `${exercise.id.padStart(3)}  ${paint("strong", exercise.title)}   ${state}`;
    }),
    ...(next === undefined ? [] : ["", `Go on with: npm run exercise ${next.id}`]),
  ];
}
