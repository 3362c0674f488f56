// What the lesson asks before the run, and whether it came as the person said, read from the page's state. Pure.
import type { Attempt } from "../../../scripts/model/attempt.ts";
import * as prediction from "../../../scripts/model/prediction.ts";
import { cellKey, type LessonState } from "./lesson-state.ts";

function predictedIn({ lesson, predictions, cells }: LessonState): prediction.Predicted {
  return {
    attempts: lesson?.attempts ?? [],
    said: predictions.said,
    cellAt(place) {
      const cell = cells[cellKey(place)];
      return cell?.phase === "filled" ? cell.filled : undefined;
    },
  };
}

export function questionsOf({ lesson }: LessonState): ReturnType<typeof prediction.questionsOf> {
  return prediction.questionsOf(lesson?.attempts ?? []);
}

export function judged(state: LessonState, attempt: Attempt): ReturnType<typeof prediction.judged> {
  return prediction.judged(predictedIn(state), attempt);
}

export function scoreOf(state: LessonState): ReturnType<typeof prediction.scoreOf> {
  return prediction.scoreOf(predictedIn(state));
}
