// An exercise: the server is edited beside the rows that it has to pass.
import type { Page, ViewOf } from "../shell/page.ts";

export const exercisePage: Page<ViewOf<"exercise">> = {
  title: "Exercise",
  partOf: "lessons",
  switches: ["variant"],
  isLate: true,
  open: async (shell) => (await import("./exercise.ts")).openExercise(shell),
};
