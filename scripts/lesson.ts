// `npm run lesson`: the list of lessons, or one of them, live.
import { runCommand } from "./command/run-command.ts";
import { endInGoodOrder } from "./command/ending.ts";
import { LESSON_HELP, readOptions } from "./terminal/lesson/lesson-options.ts";
import type { Paper } from "./terminal/lesson/once.ts";
import { lookOf } from "./terminal/paint.ts";
import { createLessonRunner } from "./terminal/lesson/run-lesson.ts";

const paper: Paper = {
  print: (line) => console.log(line),
  remark: (line) => console.error(line),
  ...lookOf(),
};

// What the list needs is loaded only for the list, so that a lesson need not wait for it.
async function printList({ print, remark, width, paint }: Paper): Promise<void> {
  const { readLessons } = await import("./lab/lessons/files.ts");
  const { readProgress } = await import("./lab/lessons/progress.ts");
  const { renderList } = await import("./terminal/lesson/lesson-list.ts");
  const [lessons, { progress, problem }] = await Promise.all([readLessons(), readProgress()]);
  for (const line of renderList(lessons, progress, width, paint)) print(line);
  if (problem !== undefined) remark(problem);
}

const runner = createLessonRunner(
  paper,
  async () => (await import("./conformance/exercise-suite.ts")).EXERCISE_SUITE,
);
const ending = endInGoodOrder(() => runner.stop());
await runCommand(async () => {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.help) console.log(LESSON_HELP);
  else if (options.lesson === undefined) await printList(paper);
  else await runner.run(options.lesson, options);
}, ending);
