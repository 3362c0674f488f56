// The answer to each call of a page.
import { compareFile, compareModes, listFiles } from "../lab/compare/compare.ts";
import { KINDS } from "../lab/compare/kinds.ts";
import { MODE_KINDS } from "../lab/compare/mode-kinds.ts";
import { secondsSince1970 } from "../lab/clock.ts";
import type { Lab } from "../lab/lab.ts";
import {
  readCode,
  readLesson,
  readLessons,
  readPictures,
  readWords,
} from "../lab/lessons/files.ts";
import { makeToken } from "../lab/named-tokens.ts";
import type { Variant } from "../model/vocabulary.ts";
import { noteProgress } from "../lab/lessons/progress.ts";
import { judgeToken, mintToken } from "./bench.ts";
import type { Limit } from "./work-limit.ts";
import { type OnFilled, openCells, serversOf } from "./cells.ts";
import { exerciseAnswers } from "./exercise-answers.ts";
import type { Seat } from "./exercise-desk.ts";
import { renderWords } from "./lesson-html.ts";
import { summarise } from "./lesson-summaries.ts";
import type { Answers, ArgumentsOf, CallName, Comparison, LessonView } from "../model/protocol.ts";
import { readRequest, RequestError } from "./requests.ts";
import type { SeenTokens } from "./seen-tokens.ts";
import type { TraceFeed } from "./trace-feed.ts";

/** One function for each call, with arguments that were checked. */
export type Calls = {
  [Name in CallName]: (...args: ArgumentsOf<Name>) => Promise<Answers[Name]>;
};

/** Learns what one page does, from the sandbox that judges it. */
export interface PageWatch {
  /** A cell of its own browser is filled. */
  filled: OnFilled;
  /** It has run the lessons. @param problem why some cells could not be filled, in a sentence of the page */
  ran(problem: string | null): void;
  /** Its connection has ended. */
  left(): void;
}

interface AnswersOptions {
  lab: Lab;
  /** For the runs that a page has prepared. */
  limitRuns: Limit;
  /** Of all pages: the trace of one can be open in another. */
  seenTokens: SeenTokens;
  /** Gives a key for another tab. */
  issueKey: () => string;
  /** Called when the page has noted how a lesson went. */
  onProgress: () => void;
  /** Where this page has its exercise. */
  seat: Seat;
  watch: PageWatch | undefined;
  trace: TraceFeed | undefined;
}

/** @returns the answers for one page, and what to do when it has gone */
export function answersFor(options: AnswersOptions): { calls: Calls; leave: () => void } {
  const { lab, seenTokens, issueKey, onProgress, seat, watch, trace } = options;
  const cells = openCells({ ...options, onFilled: watch?.filled });
  const calls: Calls = {
    lessons: async () => ({ ...(await summarise(await readLessons())), node: process.version }),
    lesson: viewLesson,
    prepare: (cell) => cells.prepare(cell),
    settle: (run, outcome) => cells.settle(run, outcome),
    runNode: (cell) => cells.runNode(cell),
    async finished(number, score) {
      const { slug } = await readLesson(number);
      await noteProgress(slug, { ranAt: secondsSince1970(), ...(score && { score }) });
      onProgress();
    },
    ran: async (problem) => watch?.ran(problem),
    files: () => listFiles(),
    compare: async (what) =>
      "file" in what ? compareFormats(what.file) : compareModesOf(what.variant),
    tokenNamed: async (name) => ({ token: makeToken(name, lab.tokenMaker()) ?? null }),
    seenToken: async (id) => ({ token: seenTokens.find(id) ?? null }),
    bench: async (token, switches) => judgeToken(lab, token, switches),
    mint: async (request) => ({ token: mintToken(lab, request) }),
    key: () => Promise.resolve({ key: issueKey() }),
    async restart(scene) {
      await Promise.all((await serversOf(scene)).map((server) => lab.restart(server)));
    },
    async trace(question) {
      if (trace === undefined) throw new RequestError("This sandbox traces no app.");
      return trace.board.read(question);
    },
    ...exerciseAnswers(seat),
  };
  const leave = (): void => {
    seat.leave();
    cells.abandon();
    watch?.left();
  };
  return { calls, leave };
}

/** Makes a call. @throws RequestError (code BAD_REQUEST) if its arguments are wrong */
export async function answerCall(calls: Calls, name: CallName, args: unknown[]): Promise<unknown> {
  const call = calls[name] as (...args: unknown[]) => Promise<unknown>;
  return call(...readRequest(name, args));
}

async function viewLesson(number: number, variant: Variant): Promise<LessonView> {
  const lesson = await readLesson(number);
  const { folder: _, ...facts } = lesson;
  const sources = lesson.code.map(async (part) => ({
    ...part,
    source: await readCode(lesson, variant, part),
  }));
  const [words, pictures, code] = await Promise.all([
    readWords(lesson),
    readPictures(lesson),
    Promise.all(sources),
  ]);
  return { ...facts, ...renderWords(words, number, pictures), code };
}

async function compareFormats(file: string): Promise<Comparison> {
  const { titles, rows } = await compareFile(file);
  return { columns: Object.values(titles), rows, kinds: KINDS };
}

async function compareModesOf(variant: Variant): Promise<Comparison> {
  const { titles, rows } = await compareModes(variant);
  return { columns: titles, rows, kinds: MODE_KINDS };
}
