// What was predicted in each lesson outlives a reload of this tab.
import { NOTHING_SAID, type Predictions } from "./prediction.ts";

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
