// The words that each kind of act needs.
import type { Act, ActOf, Kind, OutcomeOf } from "../acts.ts";

/** Whether the act went well. */
type Shape = "good" | "bad" | "open";

/**
 * What a sign and a colour are chosen by; both say the same as the word. `answer`: a status or a reply speaks for itself, and
 * has no sign. `warn`: a weaker form let in what should have been refused.
 */
export type Sign = Shape | "answer" | "warn";

export interface OutcomeWords {
  shape: Shape;
  /** An answer: neither its status nor its content says whether that is good. */
  isAnswer?: true;
  /** `connected`, `refused`, `answered 401`. */
  word: string;
  /** The most telling rest, in a few words. */
  detail: string;
  /** All of it, a name and a value each. */
  facts: [name: string, value: string][];
}

/** An outcome that fits a cell. */
export function brief(shape: Shape, word: string, detail: string): OutcomeWords {
  return { shape, word, detail, facts: [[word, detail]] };
}

/** Whether a client goes on trying (`socket.active`). */
export function retryFact(willRetry: boolean): OutcomeWords["facts"][number] {
  return ["retries", willRetry ? "yes, automatically" : "no"];
}

export interface KindWords<K extends Kind> {
  /** `POST /login`, `emit sendNote` */
  title(act: ActOf<K>): string;
  /** Texts from elsewhere are in it as they came: what draws it makes them safe to show. */
  outcome(outcome: Exclude<OutcomeOf<K>, { result: "skipped" | "not started" }>): OutcomeWords;
  /** What a person would write to do the same. @param acts all acts of the attempt */
  code(act: ActOf<K>, acts: readonly Act[]): string;
}
