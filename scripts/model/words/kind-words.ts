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

export interface KindWords<K extends Kind> {
  /** `POST /login`, `emit sendNote` */
  title(act: ActOf<K>): string;
  /** What a person can predict: that it goes well, or not. `It connects`, `It is refused`. */
  predictions: readonly [good: string, bad: string];
  /** Nothing in it steers a terminal only where a value was made by `valueWords`; whoever draws it takes care of the rest. */
  outcome(outcome: Exclude<OutcomeOf<K>, { result: "skipped" | "not started" }>): OutcomeWords;
  /** What a person would write to do the same. @param acts all acts of the attempt */
  code(act: ActOf<K>, acts: readonly Act[]): string;
}
