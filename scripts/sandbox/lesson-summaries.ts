// Sums up the lessons with what was done, in the words of the terminal's list.
import type { Lesson } from "../model/lesson.ts";
import { readExercises } from "../lab/exercises/files.ts";
import { readSolved } from "../lab/exercises/solved.ts";
import { progressWords, readProgress } from "../lab/lessons/progress.ts";
import type { LessonSummary } from "../model/protocol.ts";

/** @returns a sentence as well, where progress cannot be read */
export async function summarise(
  lessons: readonly Lesson[],
): Promise<{ lessons: LessonSummary[]; problem: string | undefined }> {
  const [{ progress, problem }, exercises, { solvedIn, problem: unsolved }] = await Promise.all([
    readProgress(),
    readExercises(),
    readSolved(),
  ]);
  const summaries = lessons.map(({ number, slug, title, goal, minutes }) => {
    return {
      number,
      slug,
      title,
      goal,
      minutes,
      progress: progressWords(progress[slug]),
      exercises: exercises
        .filter(({ exercise }) => exercise.lesson === number)
        .map(({ exercise }) => {
          const { id, formats } = exercise;
          return { id, title: exercise.title, formats, solvedIn: solvedIn(exercise) };
        }),
    };
  });
  return { lessons: summaries, problem: problem ?? unsolved };
}
