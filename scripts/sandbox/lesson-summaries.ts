// Sums up the lessons with what was done, in the words of the terminal's list.
import type { Lesson } from "../model/lesson.ts";
import { progressWords, readProgress } from "../lab/lessons/progress.ts";
import type { LessonSummary } from "../model/protocol.ts";

/** @returns a sentence as well, where progress cannot be read */
export async function summarise(
  lessons: readonly Lesson[],
): Promise<{ lessons: LessonSummary[]; problem: string | undefined }> {
  const { progress, problem } = await readProgress();
  const summaries = lessons.map(({ number, slug, title, goal, minutes }) => {
    return { number, slug, title, goal, minutes, progress: progressWords(progress[slug]) };
  });
  return { lessons: summaries, problem };
}
