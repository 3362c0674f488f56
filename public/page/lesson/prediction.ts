// What a person says before the run, whether it came so, and how that outlives a reload of this tab.
import type { Answered, Outcome } from "../../../scripts/model/outcome.ts";
import type { LessonAttempt } from "../../../scripts/model/lesson.ts";
import { trueAnswer } from "../../../scripts/model/question.ts";

/** In the words that the person chose. */
export type Prediction = string;

/** What was said in one lesson, by cell; and whether the outcomes may be shown. */
export interface Predictions {
  said: Record<string, Prediction>;
  isRevealed: boolean;
}

export const NOTHING_SAID: Predictions = { said: {}, isRevealed: false };

/** What can be said of an attempt: the answers to its question, or else how it ends. Nobody connects with a plain request. */
export function answersTo({ question, do: does }: LessonAttempt): Prediction[] {
  if (question !== undefined) return Object.keys(question.answers);
  return [does === "request" ? "succeeds" : "connects", "is refused"];
}

/** A prediction that did not come true, in a sentence; where it was the answer to a question, with the one that did. */
export function saidWords(
  prediction: Prediction,
  outcome: Outcome | Answered,
  { question }: LessonAttempt,
): string {
  const answer = question && (isRefusal(outcome) ? "refused" : trueAnswer(question, outcome));
  return `You predicted: ${prediction}${answer === undefined ? "" : `; it was ${answer}`}.`;
}

/** An attempt without an answer ends in neither way, and an attempt that is refused answers no question. */
export function isAsPredicted(
  prediction: Prediction,
  outcome: Outcome | Answered,
  { question }: LessonAttempt,
): boolean {
  if (prediction === "is refused" && question === undefined) return isRefusal(outcome);
  if (isRefusal(outcome) || outcome.result === "unanswered") return false;
  return question === undefined || trueAnswer(question, outcome) === prediction;
}

function isRefusal(outcome: Outcome | Answered): boolean {
  return outcome.result === "refused" || (outcome.result === "answered" && outcome.status >= 400);
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
