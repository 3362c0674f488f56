// Lessons are checked as data: what one points at is there, and what is there is pointed at.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Lesson } from "../scripts/model/lesson.ts";
import {
  findLessons,
  readCode,
  readLesson,
  readLessons,
  readWords,
} from "../scripts/lab/lessons/files.ts";
import { readExercises } from "../scripts/lab/exercises/files.ts";
import { VARIANTS } from "../scripts/model/vocabulary.ts";

const lessons = await readLessons();
const exercises = (await readExercises()).map(({ exercise }) => exercise);

/** The folders that the attempts of a lesson name, each once. */
function overlaysOf({ attempts }: Lesson): string[] {
  return [...new Set(attempts.flatMap(({ overlay }) => overlay ?? []))];
}

/** The words without fenced code. */
async function readProse(lesson: Lesson): Promise<string> {
  return (await readWords(lesson)).replaceAll(/^```.*?^```$/gms, "");
}

describe("the lessons", () => {
  it("are numbered from 1 without a gap", () => {
    expect(lessons.map(({ number }) => number)).toEqual(lessons.map((_, index) => index + 1));
  });

  it("are listed in the message, if there is none with the number asked for", async () => {
    const sentence =
      /^There is no lesson 99\. The lessons there are: 1 log-in-and-read-the-token, /;
    await expect(readLesson(99)).rejects.toThrow(sentence);
  });
});

describe("a folder of lessons", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "lessons-test-"));
    await mkdir(path.join(folder, "01-one"));
    await writeFile(path.join(folder, "01-one", "README.md"), "\n");
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("holds one lesson of each number", async () => {
    await mkdir(path.join(folder, "01-again"));
    await expect(findLessons(folder)).rejects.toThrow(
      /01-one: there is another lesson 1: give each a number of its own\.$/,
    );
  });

  it("holds the facts of each", async () => {
    await expect(readLesson(1, folder)).rejects.toThrow(/01-one\/lesson\.json is missing\.$/);
  });

  it("holds the words of each", async () => {
    const [place] = await findLessons(folder);
    const lesson = { ...lessons[0]!, ...place };
    await expect(readWords(lesson)).rejects.toThrow(/README\.md is empty: it needs/);
    await rm(path.join(folder, "01-one", "README.md"));
    await expect(readWords(lesson)).rejects.toThrow(/README\.md is missing\.$/);
  });
});

describe.each(lessons)("lesson $number, $slug", (lesson) => {
  it("has its facts, words, weaker forms and exercises in its folder, and nothing else", async () => {
    const overlays = overlaysOf(lesson).flatMap((name) => [name, `${name}.json`]);
    const own = exercises
      .filter((exercise) => exercise.lesson === lesson.number)
      .map(({ folder }) => path.basename(folder))
      .flatMap((name) => [name, `${name}.json`, `${name}.md`]);
    const expected = ["lesson.json", "README.md", ...overlays, ...own];
    expect((await readdir(lesson.folder)).toSorted()).toEqual(expected.toSorted());
  });

  it.each(VARIANTS)("points at headings that the %s variant has", async (variant) => {
    for (const part of lesson.code)
      expect(await readCode(lesson, variant, part)).toContain(`// --- ${part.heading} ---`);
  });

  it("has words under its own title, in the length of one page", async () => {
    const words = await readWords(lesson);
    expect(words.split("\n")[0]).toBe(`# ${lesson.title}`);
    expect(words.split(/\s+/).length).toBeGreaterThan(250);
    expect(words.split(/\s+/).length).toBeLessThan(480);
  });

  it("speaks in bold of rows that it has", async () => {
    // A bold lead-in ends with a stop; any other bold text is the title of a row.
    const bold = [...(await readProse(lesson)).matchAll(/\*\*(.+?)\*\*/gs)];
    const rows = bold
      .map(([, text]) => text!.replaceAll(/\s+/g, " "))
      .filter((text) => !text.endsWith("."));
    const titles = new Set(lesson.attempts.map(({ title }) => title));
    expect(rows.filter((row) => !titles.has(row))).toEqual([]);
  });

  it("quotes headings that are among its code", async () => {
    const quoted = [...(await readProse(lesson)).matchAll(/(?<!`)"([A-Z][^"`]+)"/g)];
    const headings = new Set(lesson.code.map(({ heading }) => heading));
    const names = quoted.map(([, text]) => text!.replaceAll(/\s+/g, " "));
    expect(names.filter((name) => !headings.has(name))).toEqual([]);
  });
});

const overlays = lessons.flatMap((lesson) =>
  overlaysOf(lesson).map((name) => ({ name, folder: path.join(lesson.folder, name) })),
);

describe.each(lessons.filter((lesson) => overlaysOf(lesson).length > 0))(
  "lesson $number",
  (lesson) => {
    it("shows the code of everything that it lays over a variant", () => {
      const shown = new Set(lesson.code.flatMap(({ overlay }) => overlay ?? []));
      expect([...shown].toSorted()).toEqual(overlaysOf(lesson).toSorted());
    });
  },
);

describe.each(overlays)("the overlay $name", ({ folder }) => {
  it("says in each file that it is the weaker form and not to be copied", async () => {
    for (const file of await readdir(folder)) {
      const [line] = (await readFile(path.join(folder, file), "utf8")).split("\n");
      expect(line).toMatch(/weaker form for this lesson, do not copy it/);
    }
  });
});
