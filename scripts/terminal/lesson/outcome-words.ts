// Says in words what a client experienced, and how that compares with the lesson.
import { actTitle, actWords, outcomeWords } from "../../model/words/acts.ts";
import type { Outcome } from "../../model/acts.ts";
import type { Attempt } from "../../model/attempt.ts";
import type { Difference, Verdict } from "../../model/cell.ts";
import type { Sign } from "../../model/words/kind-words.ts";
import type { Meaning } from "../paint.ts";
import { printable } from "../text.ts";

/** A sign, a word, and the rest; the sign and the word say the same. */
interface Words {
  sign: string;
  word: string;
  meaning: Meaning;
}

interface OutcomeWords extends Words {
  /** As whom and on what transport, or refused with what. */
  detail: string;
}

const SIGNS: Record<Sign, Pick<Words, "sign" | "meaning">> = {
  good: { sign: "✓", meaning: "good" },
  bad: { sign: "✗", meaning: "bad" },
  open: { sign: "?", meaning: "surprise" },
  warn: { sign: "⚠", meaning: "surprise" },
  answer: { sign: " ", meaning: "strong" },
};

/** An outcome in a few words, to fit a cell. */
export function describeOutcome(
  outcome: Outcome,
  attempt?: Parameters<typeof outcomeWords>[1],
): OutcomeWords {
  const { sign, word, detail } = outcomeWords(outcome, attempt);
  return { ...SIGNS[sign], word, detail: printable(detail) };
}

/** Everything that a client learned, act by act. */
export function describeFully({ acts }: Attempt, outcome: Outcome): string[] {
  return outcome.map((told, at) => {
    const { word, facts } = actWords(told);
    const title = acts.length > 1 ? [actTitle(acts[at]!)] : [];
    const result = facts.some(([name]) => name === word) ? [] : [word];
    const parts = [...title, ...result, ...facts.map((fact) => fact.join(": "))];
    return printable(parts.join(" · "));
  });
}

const VERDICTS: Record<Verdict, Words> = {
  "as expected": { sign: "=", word: "matches", meaning: "quiet" },
  surprise: { sign: "!", word: "differs", meaning: "surprise" },
  "no expectation": { sign: "~", word: "no claim", meaning: "quiet" },
  "no browser": { sign: "–", word: "no browser", meaning: "quiet" },
  "too busy": { sign: "–", word: "too busy", meaning: "surprise" },
};

/** How a cell compares with the lesson, in a word. */
export function describeVerdict(verdict: Verdict): Words {
  return VERDICTS[verdict];
}

/** What the signs of the verdicts mean. */
export const VERDICT_LEGEND =
  "= matches the lesson   ! does not match   ~ the lesson makes no claim for these switches";

/** What does not match the lesson, a sentence for each field. */
export function describeDifferences(differences: readonly Difference[]): string[] {
  return differences.map(
    ({ field, expected, seen }) =>
      `${field}: the lesson says ${quote(expected)}, and it was ${quote(seen)}.`,
  );
}

function quote(value: unknown): string {
  return printable(JSON.stringify(value) ?? "nothing");
}
