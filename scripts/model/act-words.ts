// Acts and outcomes in words: the same in terminal and page. Each kind of act has its own.
import type { Act, ActOutcome, Kind, Outcome } from "./acts.ts";
import { decisive } from "./outcome.ts";
import { connectWords } from "./words/connect.ts";
import { disconnectWords } from "./words/disconnect.ts";
import { emitWords } from "./words/emit.ts";
import { brief, type KindWords, type OutcomeWords } from "./words/kind-words.ts";
import { renewWords } from "./words/renew.ts";
import { requestWords } from "./words/request.ts";
import { waitWords } from "./words/wait.ts";

const WORDS: { [K in Kind]: KindWords<K> } = {
  request: requestWords,
  connect: connectWords,
  emit: emitWords,
  wait: waitWords,
  renew: renewWords,
  disconnect: disconnectWords,
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
      return wordsOf(outcome.do).outcome(outcome as never);
  }
}

/** What came of an attempt, by the act that decides. */
export function outcomeWords(outcome: Outcome): OutcomeWords {
  return actWords(decisive(outcome));
}

/** The code that a person would write for these acts. */
export function codeOf(acts: readonly Act[]): string {
  return acts.map((act) => wordsOf(act.do).code(act as never, acts)).join("\n");
}
