// How the predictions went. Pure.
import { isAsPredicted } from "./prediction.ts";
import { cellKey, CLIENTS, openLesson, type State } from "../shell/state.ts";

/** In a sentence; undefined if nothing was predicted or nothing of it has run yet. */
export function predictionScore(state: State): string | undefined {
  const judged = (openLesson(state)?.attempts ?? []).flatMap((attempt) =>
    CLIENTS.flatMap((client) => {
      const key = cellKey({ attempt: attempt.id, client });
      const said = state.predictions.said[key];
      const { phase, filled } = state.cells[key] ?? {};
      if (said === undefined || phase !== "filled" || filled === undefined) return [];
      return [isAsPredicted(said, filled.outcome, attempt)];
    }),
  );
  if (judged.length === 0) return undefined;
  const wrong = judged.filter((isRight) => !isRight).length;
  if (wrong === 0) return `All ${judged.length} as you said.`;
  return `${wrong} of ${judged.length} not as you said.`;
}
