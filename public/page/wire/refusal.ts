// A refusal as each side saw it: what the server knew and sent, what each client was told, whether it tries again. Pure.
import type { FilledCell } from "../../../scripts/model/protocol.ts";
import type { Client } from "../../../scripts/model/vocabulary.ts";
import type { Step } from "../../../scripts/model/trace.ts";
import { answerTo, type Verdict, verdictOf } from "../../../scripts/model/check-verdict.ts";
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
      knewWords(cell.trace.steps, decidedAt(cell), now),
    ),
    ask("What it sent", refused, (cell) =>
      sentWords(cell.trace.steps[decidedAt(cell).shownBy ?? -1]),
    ),
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

/** The check that refused, with what it was about; without one, the last thing that the server turned down. */
function decidedAt({ trace: { steps } }: FilledCell): Verdict {
  const verdicts = steps.flatMap((step, index) =>
    step.kind === "check" ? [verdictOf(steps, index)] : [],
  );
  return verdicts.findLast(({ decision }) => decision === "refused") ?? refusalWithoutCheck(steps);
}

function refusalWithoutCheck(steps: readonly Step[]): Verdict {
  const error = steps.findLastIndex(
    (step) => "packets" in step && step.packets.some(({ socket }) => socket === "CONNECT_ERROR"),
  );
  if (error !== -1)
    return { decision: "refused", about: connectBefore(steps, error), shownBy: error };
  const about = steps.findLastIndex((step, index) => {
    const answer = steps[answerTo(steps, index) ?? -1];
    return step.kind === "request" && (answer?.kind !== "response" || answer.status >= 400);
  });
  if (about === -1) return { decision: "open", about: undefined, shownBy: undefined };
  return { decision: "refused", about, shownBy: answerTo(steps, about) };
}

function connectBefore(steps: readonly Step[], error: number): number | undefined {
  const found = steps
    .slice(0, error)
    .findLastIndex(
      (step) =>
        step.from === "client" &&
        "packets" in step &&
        step.packets.some(({ socket }) => socket === "CONNECT"),
    );
  return found === -1 ? undefined : found;
}
