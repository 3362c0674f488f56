// What a person says before the run, and whether it came so. Pure.
import type { Answered, Outcome } from "../../scripts/lab/attempt/attempt.ts";

export const PREDICTIONS = ["connects", "is refused"] as const;
export type Prediction = (typeof PREDICTIONS)[number];

/** What was said in one lesson, by cell; and whether the outcomes may be shown. */
export interface Predictions {
  said: Record<string, Prediction>;
  isRevealed: boolean;
}

export const NOTHING_SAID: Predictions = { said: {}, isRevealed: false };

/** A plain request "connects" where it is answered with what it asked for. An attempt without an answer is neither. */
export function isAsPredicted(prediction: Prediction, outcome: Outcome | Answered): boolean {
  if (prediction === "connects")
    return (
      outcome.result === "connected" || (outcome.result === "answered" && outcome.status < 400)
    );
  return outcome.result === "refused" || (outcome.result === "answered" && outcome.status >= 400);
}

/** The words of a prediction: nobody connects with a plain request. */
export function predictionWords(prediction: Prediction, does: "connect" | "request"): string {
  return prediction === "connects" && does === "request" ? "succeeds" : prediction;
}

/** How the predictions went, in a sentence; undefined if nothing was predicted or nothing has run yet. */
export function scoreWords(
  said: Record<string, Prediction>,
  outcomes: Record<string, Outcome | Answered | undefined>,
): string | undefined {
  const judged = Object.entries(said).flatMap(([cell, prediction]) => {
    const outcome = outcomes[cell];
    return outcome === undefined ? [] : [isAsPredicted(prediction, outcome)];
  });
  if (judged.length === 0) return undefined;
  const wrong = judged.filter((isRight) => !isRight).length;
  if (wrong === 0) return `All ${judged.length} as you said.`;
  return `${wrong} of ${judged.length} not as you said.`;
}

/** Reads what was kept of an earlier visit; nothing said, if it is anything else. */
export function readPredictions(text: string | null): Predictions {
  if (text === null) return NOTHING_SAID;
  const { said, isRevealed } = JSON.parse(text) as Predictions;
  return { said, isRevealed };
}
