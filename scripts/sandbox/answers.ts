// The answer to each call of a page.
import { compareFile, compareModes, listFiles } from "../lab/compare/compare.ts";
import { KINDS } from "../lab/compare/kinds.ts";
import { MODE_KINDS } from "../lab/compare/mode-kinds.ts";
import { secondsSince1970 } from "../lab/clock.ts";
import type { Lab } from "../lab/lab.ts";
import { readCode, readLesson, readLessons, readWords } from "../lab/lessons/files.ts";
import { makeToken } from "../lab/named-tokens.ts";
import type { Variant } from "../model/vocabulary.ts";
import { noteProgress } from "../lab/lessons/progress.ts";
import { judgeToken, mintToken } from "./bench.ts";
import type { Limit } from "./work-limit.ts";
import { openCells } from "./cells.ts";
import { renderWords } from "./lesson-html.ts";
import { summarise } from "./lesson-summaries.ts";
import type { Comparison, LessonView, PageToServer } from "../model/protocol.ts";
import { readRequest, type REQUESTS } from "./requests.ts";

type Call<Name extends keyof PageToServer> = (
  ...args: Parameters<PageToServer[Name]> extends [...infer Given, unknown] ? Given : never
) => Promise<
  Parameters<PageToServer[Name]> extends [...unknown[], (reply: infer Told) => void]
    ? Extract<Told, { answer: unknown }>["answer"]
    : never
>;

/** One function for each call; each checks its arguments. */
export type Answers = { [Name in keyof PageToServer & keyof typeof REQUESTS]: Call<Name> };

interface AnswersOptions {
  lab: Lab;
  /** For the runs that a page has prepared. */
  limitRuns: Limit;
  /** Gives a key for another tab. */
  issueKey: () => string;
  /** Called when the page has noted how a lesson went. */
  onProgress: () => void;
}

/** @returns the answers for one page, and what to do when it has gone */
export function answersFor({ lab, limitRuns, issueKey, onProgress }: AnswersOptions): {
  answers: Answers;
  leave: () => void;
} {
  const cells = openCells({ lab, limitRuns });
  const answers: Answers = {
    lessons: async () => ({ ...(await summarise(await readLessons())), node: process.version }),
    lesson: async (...args) => viewLesson(...readRequest("lesson", args)),
    prepare: async (...args) => cells.prepare(...asGiven("prepare", args)),
    settle: async (...args) => cells.settle(...readRequest("settle", args)),
    runNode: async (...args) => cells.runNode(...asGiven("runNode", args)),
    async finished(...args) {
      const [number, isAsExpected] = readRequest("finished", args);
      const { slug } = await readLesson(number);
      await noteProgress(slug, { ranAt: secondsSince1970(), isAsExpected });
      onProgress();
      return null;
    },
    files: () => listFiles(),
    compare: async (...args) => {
      const [what] = readRequest("compare", args);
      return "file" in what ? compareFormats(what.file) : compareModesOf(what.variant);
    },
    async tokenNamed(...args) {
      const [name] = readRequest("tokenNamed", args);
      return { token: makeToken(name, lab.tokenMaker()) ?? null };
    },
    bench: async (...args) => judgeToken(lab, ...readRequest("bench", args)),
    mint: async (...args) => ({ token: mintToken(lab, ...readRequest("mint", args)) }),
    key: () => Promise.resolve({ key: issueKey() }),
    async restart(...args) {
      const [{ variant, auth, serverTransports }] = readRequest("restart", args);
      await lab.restart({ variant, auth, serverTransports });
      return null;
    },
  };
  return { answers, leave: () => cells.abandon() };
}

/** Checks the arguments, and gives them back with the protocol's own, narrower types. */
function asGiven<Given extends unknown[]>(name: keyof typeof REQUESTS, args: Given): Given {
  readRequest(name, args);
  return args;
}

async function viewLesson(number: number, variant: Variant): Promise<LessonView> {
  const lesson = await readLesson(number);
  const { slug, title, goal, fixed, show, attempts, switches, oneAtATime } = lesson;
  const sources = lesson.code.map(async (part) => ({
    ...part,
    source: await readCode(lesson, variant, part),
  }));
  const [words, code] = await Promise.all([
    readWords(lesson).then(renderWords),
    Promise.all(sources),
  ]);
  const { auth, serverTransports } = switches;
  const start = { variant: switches.variant, auth, serverTransports };
  return {
    number,
    slug,
    title,
    goal,
    ...words,
    code,
    fixed,
    switches: start,
    show,
    attempts,
    oneAtATime,
  };
}

async function compareFormats(file: string): Promise<Comparison> {
  const { titles, rows } = await compareFile(file);
  return { columns: Object.values(titles), rows, kinds: KINDS };
}

async function compareModesOf(variant: Variant): Promise<Comparison> {
  const { titles, rows } = await compareModes(variant);
  return { columns: titles, rows, kinds: MODE_KINDS };
}
