// How the predictions went. Pure.
import { CLIENTS } from "../../../scripts/model/vocabulary.ts";
import { cellKey, type LessonState } from "./lesson-state.ts";
import { isAsPredicted } from "./prediction.ts";

/** In a sentence; undefined if nothing was predicted or nothing of it has run yet. */
export function predictionScore({ lesson, predictions, cells }: LessonState): string | undefined {
  const judged = (lesson?.attempts ?? []).flatMap((attempt) =>
    CLIENTS.flatMap((client) => {
      const key = cellKey({ attempt: attempt.id, client });
      const said = predictions.said[key];
      const { phase, filled } = cells[key] ?? {};
      if (said === undefined || phase !== "filled" || filled === undefined) return [];
      return [isAsPredicted(said, filled.outcome, attempt)];
    }),
  );
  if (judged.length === 0) return undefined;
  const right = judged.filter((isRight) => isRight).length;
  return `You predicted ${right} of ${judged.length} correctly.`;
}
