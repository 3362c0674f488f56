// What a person says before the run, whether it came so, and how that outlives a reload of this tab.
import { outcomeWords, predictionsFor } from "../../../scripts/model/act-words.ts";
import type { Outcome } from "../../../scripts/model/acts.ts";
import type { Attempt } from "../../../scripts/model/attempt.ts";
import { trueAnswer } from "../../../scripts/model/question.ts";

/** In the words that the person chose. */
export type Prediction = string;

/** What was said in one lesson, by cell; and whether the outcomes may be shown. */
export interface Predictions {
  said: Record<string, Prediction>;
  isRevealed: boolean;
}

export const NOTHING_SAID: Predictions = { said: {}, isRevealed: false };

/** What can be said of an attempt: the answers to its question, or else how its last act ends. */
export function answersTo({ question, acts }: Attempt): Prediction[] {
  return question === undefined ? [...predictionsFor(acts)] : Object.keys(question.answers);
}

/** A prediction that did not come true, in a sentence; where it was the answer to a question, with the one that did. */
export function saidWords(prediction: Prediction, outcome: Outcome, { question }: Attempt): string {
  const { shape, word } = outcomeWords(outcome);
  const answer = question && (shape === "bad" ? word : trueAnswer(question, outcome.at(-1)!));
  return `You predicted: ${prediction}${answer === undefined ? "" : `; it was ${answer}`}.`;
}

/** An attempt without an answer ends in neither way, and an attempt that is refused answers no question. */
export function isAsPredicted(
  prediction: Prediction,
  outcome: Outcome,
  { question, acts }: Attempt,
): boolean {
  const { shape } = outcomeWords(outcome);
  if (question !== undefined)
    return shape === "good" && trueAnswer(question, outcome.at(-1)!) === prediction;
  const [good, bad] = predictionsFor(acts);
  return (shape === "good" && prediction === good) || (shape === "bad" && prediction === bad);
}

export function storedPredictions(lesson: number): Predictions {
  const stored = sessionStorage.getItem(nameFor(lesson));
  return stored === null ? NOTHING_SAID : (JSON.parse(stored) as Predictions);
}

export function storePredictions(lesson: number, predictions: Predictions): void {
  sessionStorage.setItem(nameFor(lesson), JSON.stringify(predictions));
}

function nameFor(lesson: number): string {
  return `sandbox predictions ${lesson}`;
}
