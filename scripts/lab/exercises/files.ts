// Finds the exercises in the folders of their lessons: exercise.json is the first of a lesson, exercise-b.json the second.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Exercise } from "../../model/exercise.ts";
import { type Lesson, LessonError } from "../../model/lesson.ts";
import { VARIANTS } from "../../model/vocabulary.ts";
import { readLessons } from "../lessons/files.ts";
import { ROOT } from "../servers/variants.ts";
import { parseExercise, parseWords, refuseForeignHints, refuseForeignRows } from "./declaration.ts";

/** An exercise and the lesson that its rows are from. */
export interface FoundExercise {
  exercise: Exercise;
  lesson: Lesson;
}

/** All exercises, in the order of their lessons. @throws LessonError (code BAD_LESSON) that names the first mistake */
export async function readExercises(): Promise<FoundExercise[]> {
  const found = await Promise.all((await readLessons()).map(readExercisesOf));
  return found.flat();
}

/** @throws LessonError (code UNKNOWN_LESSON) that lists the exercises there are */
export async function readExercise(typed: string): Promise<FoundExercise> {
  const all = await readExercises();
  const found = all.find(({ exercise: { id, slug } }) => id === typed || slug === typed);
  if (found !== undefined) return found;
  const known = all.map(({ exercise }) => exercise.id).join(", ");
  throw new LessonError(
    "UNKNOWN_LESSON",
    `There is no exercise "${typed}": there are ${known}, and npm run exercise shows their titles.`,
  );
}

async function readExercisesOf(lesson: Lesson): Promise<FoundExercise[]> {
  const names = (await readdir(lesson.folder)).toSorted((one, other) => one.length - other.length);
  const declared = names
    .map((name) => /^exercise(?:-([b-z]))?(?=\.json$)/.exec(name))
    .filter((match) => match !== null);
  return Promise.all(
    declared.map(async ([name, letter = ""]) => ({
      exercise: await readOne(lesson, name, letter),
      lesson,
    })),
  );
}

async function readOne(lesson: Lesson, name: string, letter: string): Promise<Exercise> {
  const folder = path.join(lesson.folder, name);
  const file = path.relative(ROOT, `${folder}.json`);
  const { startsIn, ...declared } = parseExercise(await readFile(`${folder}.json`, "utf8"), file);
  refuseForeignRows(declared, lesson, file);
  const words = path.relative(ROOT, `${folder}.md`);
  const number = String(lesson.number);
  const slug = letter === "" ? lesson.slug : `${lesson.slug}-${letter}`;
  const exercise: Exercise = {
    ...declared,
    ...parseWords(await readWords(`${folder}.md`, words), words),
    id: number + letter,
    lesson: lesson.number,
    slug,
    formats: VARIANTS.filter((format) => startsIn === undefined || format in startsIn),
    name: `${number.padStart(2, "0")}-${slug}`,
    folder,
  };
  refuseForeignHints(exercise, words);
  return exercise;
}

async function readWords(file: string, name: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new LessonError("BAD_LESSON", `${name} cannot be read (${code}).`);
  }
}
