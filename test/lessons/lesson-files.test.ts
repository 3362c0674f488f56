// Lessons are checked as data: what one points at is there, and what is there is pointed at.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Tokens } from "marked";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Lesson } from "../../scripts/model/lesson.ts";
import {
  findLessons,
  readCode,
  readLesson,
  readLessons,
  readPictures,
  readWords,
} from "../../scripts/lab/lessons/files.ts";
import { solutionOf } from "../../scripts/lab/exercises/working-copy.ts";
import { readExercises } from "../../scripts/lab/exercises/files.ts";
import { sectionsOf } from "../../scripts/lab/lessons/words.ts";
import { GLOSSARY } from "../../scripts/model/words/glossary.ts";
import { VARIANTS } from "../../scripts/model/vocabulary.ts";

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

/** What is wrong with a link in a lesson's words; undefined if nothing is. */
async function faultOf(lesson: Lesson, text: string, target: string): Promise<string | undefined> {
  const [file = "", id] = target.split("#");
  const source = await readFile(path.join(lesson.folder, file), "utf8");
  const [, title] = /^\*\*(.+)\*\*$/.exec(text) ?? [];
  const [, heading] = /^"(.+)"$/.exec(text) ?? [];
  const row = lesson.attempts.find((each) => each.id === id);
  if (id !== undefined && row === undefined) return `${target} is no row`;
  if (title !== undefined && title !== row?.title) return `${target} is not "${title}"`;
  if (heading !== undefined && !source.includes(`// --- ${heading} ---`))
    return `${target} has no heading "${heading}"`;
  // The page opens the code only of what the lesson is about.
  const places = lesson.code.map((part) => `${part.overlay ?? "cjs"}/${part.file}.cjs`);
  const isCode = file.endsWith(".cjs");
  return isCode && !places.includes(file.split("/").slice(-2).join("/"))
    ? `${target} is not among the lesson's code`
    : undefined;
}

describe("the lessons", () => {
  it("are numbered from 1 without a gap", () => {
    expect(lessons.map(({ number }) => number)).toEqual(lessons.map((_, index) => index + 1));
  });

  it("are listed in the message, if none has the given number", async () => {
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
      .flatMap(({ folder, side }) => {
        const solution = side === "client" ? [solutionOf(folder)] : [];
        return [folder, `${folder}.json`, `${folder}.md`, ...solution];
      })
      .map((file) => path.basename(file));
    const pictures = await readPictures(lesson);
    const expected = ["lesson.json", "README.md", ...overlays, ...own, ...pictures.keys()];
    for (const name of pictures.keys()) expect(await readWords(lesson)).toContain(`](${name})`);
    expect((await readdir(lesson.folder)).toSorted()).toEqual(expected.toSorted());
  });

  it.each(VARIANTS)("points at headings that the %s variant has", async (variant) => {
    for (const part of lesson.code)
      expect(await readCode(lesson, variant, part)).toContain(`// --- ${part.heading} ---`);
  });

  it("has words under its own title, in the length of one page, and three things to take away", async () => {
    const words = await readWords(lesson);
    expect(words.split("\n")[0]).toBe(`# ${lesson.title}`);
    const { beginning, takeaways } = sectionsOf(words);
    const read = words.replaceAll(/\]\(.*?\)/g, "").split(/\s+/).length;
    expect(read).toBeGreaterThan(300);
    expect(read).toBeLessThan(640);
    expect(beginning.length).toBeGreaterThan(0);
    const [list, next] = takeaways as [Tokens.List, Tokens.Paragraph];
    expect(list.items).toHaveLength(3);
    const name = `${String(lesson.number + 1).padStart(2, "0")}-`;
    expect(next.text).toContain(lesson.number < lessons.length ? `](../${name}` : "npm run");
  });

  it("asks three to six questions; an answer that is none comes first", () => {
    const asked = lesson.attempts.filter(({ question }) => question !== undefined);
    expect(asked.length).toBeGreaterThanOrEqual(3);
    expect(asked.length).toBeLessThanOrEqual(6);
    const later = asked.flatMap(({ question }) => Object.keys(question!.answers).slice(1));
    expect(later.filter((words) => /\b(?:none|nobody|nothing)\b/.test(words))).toEqual([]);
  });

  it("links each word that acts to a row, a heading or a file that is there", async () => {
    const links = [...(await readProse(lesson)).matchAll(/(?<!!)\[([^\]]+)\]\(([^)]+)\)/g)];
    const local = links.filter(([, , target]) => !target!.startsWith("https://"));
    expect(local.length).toBeGreaterThan(4);
    const faults = local.map(([, text, target]) =>
      faultOf(lesson, text!.replaceAll(/\s+/g, " "), target!),
    );
    expect((await Promise.all(faults)).filter((fault) => fault !== undefined)).toEqual([]);
  });

  it("makes a link of each row that it names in bold, and of each heading that it quotes", async () => {
    const loose = (await readProse(lesson)).replaceAll(/\[[^\]]+\]\([^)]+\)/g, "");
    const titles = lesson.attempts.map(({ title }) => `**${title}**`);
    const headings = lesson.code.map(({ heading }) => `"${heading}"`);
    const plain = loose.replaceAll(/\s+/g, " ");
    expect([...titles, ...headings].filter((name) => plain.includes(name))).toEqual([]);
    // Any other bold text is a lead-in, and ends with a stop.
    const bold = [...plain.matchAll(/\*\*(.+?)\*\*/g)].map(([, text]) => text!);
    expect(bold.filter((text) => !text.endsWith("."))).toEqual([]);
  });
});

describe("the glossary", () => {
  it("explains terms that the lessons emphasise", async () => {
    const words = (await Promise.all(lessons.map(readWords))).join("\n");
    expect([...GLOSSARY.keys()].filter((term) => !words.includes(`*${term}*`))).toEqual([]);
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
