// Finds the lessons in their folder and reads them: the facts, the words, and the code they are about.
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { type CodePart, type Lesson, LessonError } from "../../model/lesson.ts";
import { type LessonPlace, parseLesson } from "./parse.ts";
import { extensionOf, folderOf, ROOT } from "../servers/variants.ts";
import type { Variant } from "../../model/vocabulary.ts";

const LESSONS_FOLDER = path.join(ROOT, "lessons");

/**
 * Where the lessons lie, in the order of their numbers; nothing is parsed.
 * @throws LessonError (code BAD_LESSON) if two have the same number
 */
export async function findLessons(folder = LESSONS_FOLDER): Promise<LessonPlace[]> {
  const names = await readdir(folder);
  const places = names
    .toSorted()
    .map((name) => ({ name, match: /^(\d\d)-([a-z0-9-]+)$/.exec(name) }))
    .flatMap(({ name, match }) =>
      match === null
        ? []
        : [{ number: Number(match[1]), slug: match[2]!, folder: path.join(folder, name) }],
    )
    .toSorted((one, other) => one.number - other.number);
  const second = places.find(({ number }, index) => places[index - 1]?.number === number);
  if (second === undefined) return places;
  throw new LessonError(
    "BAD_LESSON",
    `${path.relative(ROOT, second.folder)}: there is another lesson ${second.number}: give each a number of its own.`,
  );
}

/**
 * Reads one lesson by its number or its name.
 * @throws LessonError (code UNKNOWN_LESSON) that lists the lessons there are, or (code BAD_LESSON) that names the mistake
 */
export async function readLesson(
  wanted: number | string,
  folder = LESSONS_FOLDER,
): Promise<Lesson> {
  const places = await findLessons(folder);
  const place = places.find(({ number, slug }) => number === wanted || slug === wanted);
  if (place === undefined) {
    const known = places.map((one) => `${one.number} ${one.slug}`).join(", ");
    throw new LessonError(
      "UNKNOWN_LESSON",
      `There is no lesson ${JSON.stringify(wanted)}. The lessons there are: ${known}.`,
    );
  }
  return readLessonAt(place);
}

/** Reads all lessons, in the order of their numbers. @throws LessonError (code BAD_LESSON) */
export async function readLessons(folder = LESSONS_FOLDER): Promise<Lesson[]> {
  return Promise.all((await findLessons(folder)).map(readLessonAt));
}

async function readLessonAt(place: LessonPlace): Promise<Lesson> {
  const file = path.join(place.folder, "lesson.json");
  return parseLesson(await readLessonFile(file), path.relative(ROOT, file), place);
}

async function readLessonFile(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const name = path.relative(ROOT, file);
    const { code } = error as NodeJS.ErrnoException;
    const what = code === "ENOENT" ? "is missing" : `cannot be read (${code})`;
    throw new LessonError("BAD_LESSON", `${name} ${what}.`);
  }
}

/** Where a lesson's words are, from the project's root. */
export function wordsFileOf({ folder }: Lesson): string {
  return path.relative(ROOT, path.join(folder, "README.md"));
}

/** The words of a lesson, as Markdown. @throws LessonError (code BAD_LESSON) if there are none */
export async function readWords(lesson: Lesson): Promise<string> {
  const file = path.join(lesson.folder, "README.md");
  const words = await readLessonFile(file);
  if (words.trim() !== "") return words;
  throw new LessonError(
    "BAD_LESSON",
    `${path.relative(ROOT, file)} is empty: it needs the lesson's words.`,
  );
}

/** The pictures that the words show, by their names. */
export async function readPictures({ folder }: Lesson): Promise<Map<string, string>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".svg"));
  const read = names.map(
    async (name) => [name, await readLessonFile(path.join(folder, name))] as const,
  );
  return new Map(await Promise.all(read));
}

/** The file that a part of the code is in, in one format. */
export function codeFileOf(lesson: Lesson, variant: Variant, { overlay, file }: CodePart): string {
  const folder = overlay === undefined ? folderOf(variant) : path.join(lesson.folder, overlay);
  return path.join(folder, `${file}.${extensionOf(variant)}`);
}

/**
 * The code that a lesson is about: from its heading to the next one, without the blank lines around it.
 * @throws LessonError (code BAD_LESSON) if the file or the heading is not there
 */
export async function readCode(lesson: Lesson, variant: Variant, part: CodePart): Promise<string> {
  const file = codeFileOf(lesson, variant, part);
  const code = cutCode(await readLessonFile(file), part.heading);
  if (code !== undefined) return code;
  throw new LessonError(
    "BAD_LESSON",
    `${path.relative(ROOT, file)} has no heading "${part.heading}", which a lesson points at.`,
  );
}

const HEADING = /^ *\/\/ --- (.+) ---$/;

/** The lines from a heading to the next; undefined if the heading is not there. */
function cutCode(source: string, heading: string): string | undefined {
  const lines = source.split("\n");
  const start = lines.findIndex((line) => HEADING.exec(line)?.[1] === heading);
  if (start === -1) return undefined;
  const length = lines.slice(start + 1).findIndex((line) => HEADING.test(line));
  const end = length === -1 ? lines.length : start + 1 + length;
  return lines.slice(start, end).join("\n").trimEnd();
}
