// What the bench says of the verdicts, in a sentence. Pure.
import { outcomeWords } from "../../../scripts/model/words/acts.ts";
import type { BenchReport } from "../../../scripts/model/protocol.ts";

/** `All modes refuse it.`, `passport and manual: connected. payload: refused.` */
export function verdictSentence({ verdicts }: BenchReport): string {
  const words = verdicts.map(({ outcome }) => outcomeWords(outcome).word);
  if (words.every((word) => word === "connected")) return "All modes accept it.";
  if (words.every((word) => word === "refused")) return "All modes refuse it.";
  const sentences = [...new Set(words)].map((word) => {
    const modes = verdicts.filter((_verdict, at) => words[at] === word).map(({ auth }) => auth);
    return `${modes.join(" and ")}: ${word}.`;
  });
  return sentences.join(" ");
}
