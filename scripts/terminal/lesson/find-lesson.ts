// Finds a lesson by its number or its name, and reads what a screen needs of it.
import { existsSync } from "node:fs";
import path from "node:path";
import type { Lesson } from "../../model/lesson.ts";
import { findLessons, readLesson, readWords } from "../../lab/lessons/files.ts";
import type { ReadLesson } from "./live-parts.ts";

/** @throws LessonError (code UNKNOWN_LESSON) that lists the lessons there are, or (code BAD_LESSON) */
export function findLesson(typed: string): Promise<Lesson> {
  return readLesson(/^\d+$/.test(typed) ? Number(typed) : typed);
}

/** A lesson, its words, and the numbers of its neighbours. @throws LessonError (code BAD_LESSON) */
export async function readForLive(number: number): Promise<ReadLesson> {
  const [lesson, places] = await Promise.all([readLesson(number), findLessons()]);
  return {
    lesson,
    words: await readWords(lesson),
    hasExercise: existsSync(path.join(lesson.folder, "exercise.json")),
    numbers: places.map((place) => place.number),
  };
}
