// A refusal as each side saw it: what the server knew and sent, what each client was told, whether it tries again. Pure.
import type { FilledCell } from "../../../scripts/model/protocol.ts";
import type { Client } from "../../../scripts/model/vocabulary.ts";
import { answerTo, carries, type Step, stepOf } from "../../../scripts/model/trace.ts";
import { knewWords, sentWords } from "./refusal-server-words.ts";
import { retryWords, toldWords } from "./refusal-client-words.ts";

export interface LensInput {
  browser: FilledCell | undefined;
  node: FilledCell | undefined;
  /** `Chrome 147`, `Node`. */
  names: Record<Client, string>;
  /** Seconds since 1970. */
  now: number;
}

/** One question and its answers; `who` is left out where the answer holds for both clients. */
export interface LensEntry {
  question: string;
  answers: { who: string | undefined; sentence: string }[];
}

/** The five questions of a refusal; undefined where neither client was refused. */
export function lensOf({ browser, node, names, now }: LensInput): LensEntry[] | undefined {
  const cells = [browser, node].filter((cell) => cell !== undefined);
  if (!cells.some(isRefused)) return undefined;
  // Where only one was refused, the server's part is told of that one.
  const refused = cells.filter(isRefused);
  const isAboutAll = refused.length === cells.length;
  const ask = (
    question: string,
    asked: FilledCell[],
    answer: (cell: FilledCell) => string,
  ): LensEntry => ({ question, answers: together(asked, { names, isAboutAll }, answer) });
  return [
    ask("What the server knew", refused, (cell) =>
      knewWords(cell.trace.steps, decidedAt(cell).about, now),
    ),
    ask("What it sent", refused, (cell) => sentWords(decidedAt(cell).shownBy)),
    ...cells.map((cell): LensEntry => {
      const sentence = toldWords(cell.outcome);
      return {
        question: `What ${names[cell.client]} was told`,
        answers: [{ who: undefined, sentence }],
      };
    }),
    ask("Will the client try again?", refused, ({ outcome }) => retryWords(outcome)),
  ];
}

export function isRefused({ outcome }: FilledCell): boolean {
  return outcome.result === "refused" || (outcome.result === "answered" && outcome.status >= 400);
}

interface Together {
  names: LensInput["names"];
  /** False where only one of two clients was refused: then it must be said which. */
  isAboutAll: boolean;
}

function together(
  cells: FilledCell[],
  { names, isAboutAll }: Together,
  answer: (cell: FilledCell) => string,
): LensEntry["answers"] {
  const sentences = cells.map(answer);
  if (new Set(sentences).size === 1 && isAboutAll)
    return [{ who: undefined, sentence: sentences[0]! }];
  return cells.map((cell, index) => ({ who: names[cell.client], sentence: sentences[index]! }));
}

/** What was refused, and the step that shows it. */
interface Refusal {
  about: Step | undefined;
  shownBy: Step | undefined;
}

/** What the last check refused; without one, the last thing that the server turned down. */
function decidedAt({ trace: { steps } }: FilledCell): Refusal {
  const check = steps.findLast((step) => step.kind === "check" && step.decision === "refused");
  if (check?.kind !== "check") return refusalWithoutCheck(steps);
  return { about: stepOf(steps, check.about), shownBy: stepOf(steps, check.shownBy) };
}

function refusalWithoutCheck(steps: readonly Step[]): Refusal {
  const error = steps.findLast((step) => carries(step, "server", "CONNECT_ERROR"));
  if (error !== undefined) {
    const before = steps.slice(0, steps.indexOf(error));
    return { about: before.findLast((step) => carries(step, "client", "CONNECT")), shownBy: error };
  }
  const about = steps.findLast((step) => {
    const answer = step.kind === "request" ? answerTo(steps, step) : undefined;
    return step.kind === "request" && (answer?.kind !== "response" || answer.status >= 400);
  });
  return { about, shownBy: about?.kind === "request" ? answerTo(steps, about) : undefined };
}
