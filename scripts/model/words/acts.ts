// Acts and outcomes in words: the same in terminal and page. Each kind of act has its own.
import type { Act, ActOutcome, Kind, Outcome } from "../acts.ts";
import { decisive } from "../outcome.ts";
import { connectWords } from "./connect.ts";
import { disconnectWords } from "./disconnect.ts";
import { emitWords } from "./emit.ts";
import type { Attempt } from "../attempt.ts";
import { trueAnswer } from "../question.ts";
import { brief, type KindWords, type OutcomeWords, type Sign } from "./kind-words.ts";
import { killWords } from "./kill.ts";
import { refreshWords } from "./refresh.ts";
import { renewWords } from "./renew.ts";
import { requestWords } from "./request.ts";
import { durationWords } from "./values.ts";
import { waitWords } from "./wait.ts";

const WORDS: { [K in Kind]: KindWords<K> } = {
  request: requestWords,
  connect: connectWords,
  emit: emitWords,
  wait: waitWords,
  refresh: refreshWords,
  renew: renewWords,
  disconnect: disconnectWords,
  kill: killWords,
};

/** An act and what came of it are of the same kind, which TypeScript does not follow through the table. */
function wordsOf(kind: Kind): KindWords<never> {
  return WORDS[kind];
}

/** `GET /self`; with its connection, where it is named: `tab 1: emit sendNote`. */
export function actTitle(act: Act): string {
  const title = wordsOf(act.do).title(act as never);
  return "as" in act && act.as !== "socket" ? `${act.as}: ${title}` : title;
}

/** What came of one act. */
export function actWords(outcome: ActOutcome): OutcomeWords {
  switch (outcome.result) {
    case "skipped":
      return brief("open", "skipped", outcome.because);
    case "not started": {
      const { sentence, printed } = outcome;
      const words = brief("bad", "no server", sentence);
      return { ...words, facts: [...words.facts, ["it printed", printed.join("\n") || "nothing"]] };
    }
    default:
      return withExpiry(wordsOf(outcome.do).outcome(outcome as never), outcome.expiredMs);
  }
}

/** `acknowledged, 0.3 s after its token expired` */
function withExpiry(words: OutcomeWords, expiredMs: number | undefined): OutcomeWords {
  if (expiredMs === undefined) return words;
  const ago = `${durationWords(expiredMs)} after the expiry`;
  const detail = [ago, words.detail].filter(Boolean).join(", ");
  return { ...words, detail, facts: [...words.facts, ["its token had expired", ago]] };
}

/**
 * What came of an attempt, by the act that decides.
 * @param attempt where a row of a lesson is shown: it may have been let in although it should not, and what a reply means
 * is what the lesson asks
 */
export function outcomeWords(
  outcome: Outcome,
  attempt?: Pick<Attempt, "shouldBeRefused" | "question">,
): OutcomeWords & { sign: Sign } {
  const told = decisive(outcome);
  const words = actWords(told);
  const answer =
    told.result === "acknowledged" && attempt?.question
      ? trueAnswer(attempt.question, { browser: told, node: told })
      : undefined;
  if (answer !== undefined && answer !== words.word) {
    // `an error` says that it is an error.
    const word = answer.includes(words.word) ? "" : words.word;
    const detail = [word, words.detail].filter(Boolean).join(", ");
    return { ...words, sign: "answer", word: answer, detail };
  }
  if (attempt?.shouldBeRefused && told.result === "connected")
    return { ...words, sign: "warn", word: "let in", detail: "should have been refused" };
  return { ...words, sign: words.isAnswer ? "answer" : words.shape };
}

/** The code that a person would write for these acts. */
export function codeOf(acts: readonly Act[]): string {
  return acts.map((act) => wordsOf(act.do).code(act as never, acts)).join("\n");
}
