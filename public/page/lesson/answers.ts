// What a person has answered in a lesson, and how that outlives a reload of this tab.

/** What was answered in one lesson, by the attempt's id; and whether the outcomes may be shown. */
export interface Predictions {
  said: Record<string, string>;
  isRevealed: boolean;
}

export const NOTHING_SAID: Predictions = { said: {}, isRevealed: false };

export function storedPredictions(lesson: number): Predictions {
  const stored = sessionStorage.getItem(nameFor(lesson));
  return stored === null ? NOTHING_SAID : (JSON.parse(stored) as Predictions);
}

export function storePredictions(lesson: number, predictions: Predictions): void {
  sessionStorage.setItem(nameFor(lesson), JSON.stringify(predictions));
}

function nameFor(lesson: number): string {
  return `sandbox answers ${lesson}`;
}
