// Draws the list of lessons, with what was done.
import { nextLesson } from "../../model/next-lesson.ts";
import type { Lesson } from "../../model/lesson.ts";
import { type Progress, progressWords } from "../../lab/lessons/progress.ts";
import type { Paint } from "../paint.ts";
import { READING_WIDTH, wrap } from "../text.ts";

/** Each lesson with its goal, and whether it was run. */
export function renderList(
  lessons: readonly Lesson[],
  progress: Progress,
  width: number,
  paint: Paint,
): string[] {
  const next = nextLesson(lessons, ({ slug }) => progress[slug] === undefined);
  const hasBegun = lessons.some(({ slug }) => progress[slug] !== undefined);
  return [
    ...lessons.flatMap((lesson) => renderLesson(lesson, progress, width, paint)),
    ...(next === undefined
      ? []
      : [
          `${hasBegun ? "Continue" : "Start"} with: npm run lesson ${next.number} -- --predict`,
          paint(
            "quiet",
            "It asks what you expect before it runs; without --predict it runs at once.",
          ),
        ]),
  ];
}

function renderLesson(
  { number, slug, title, goal }: Lesson,
  progress: Progress,
  width: number,
  paint: Paint,
): string[] {
  const margin = " ".repeat(4);
  return [
    `${String(number).padStart(2)}  ${paint("strong", title)}   ${describeProgress(progress[slug], paint)}`,
    ...wrap(goal, Math.min(width, READING_WIDTH) - margin.length).map((line) => margin + line),
    "",
  ];
}

function describeProgress(done: Progress[string] | undefined, paint: Paint): string {
  const words = progressWords(done);
  return done === undefined ? paint("quiet", `· ${words}`) : paint("accent", `▸ ${words}`);
}
