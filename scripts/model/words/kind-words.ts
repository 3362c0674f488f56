// What has to be said of a kind of act.
import type { Act, ActOf, Kind, OutcomeOf } from "../acts.ts";

/** The shape says the same as the word: a sign, an icon and a colour are chosen by it. */
export type Shape = "good" | "bad" | "open";

export interface OutcomeWords {
  shape: Shape;
  /** `connected`, `refused`, `answered 401`. */
  word: string;
  /** The most telling rest, in a few words. */
  detail: string;
  /** All of it, a name and a value each. */
  facts: [name: string, value: string][];
}

/** An outcome of which there is no more to say than fits a cell. */
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
