// What an open exercise needs from outside, and how it is left.
import type { Suite } from "../../lab/exercises/checker.ts";
import type { FoundExercise } from "../../lab/exercises/files.ts";
import type { Variant } from "../../model/vocabulary.ts";
import type { Paint } from "../paint.ts";
import type { Screen, ScreenEvents } from "../screen.ts";
import type { ExerciseState } from "./exercise-view.ts";

/** `quit` also leaves the lesson that it was opened from. */
export type Leaving = "back" | "quit";

type Place = Pick<ExerciseState, "exercise" | "variant">;

export interface LiveParts {
  found: FoundExercise;
  variant: Variant;
  suite: Suite;
  paint: Paint;
  openScreen(events: ScreenEvents): Screen;
  /** Shows it on the sandbox page, in the person's own browser. @param say called with a sentence about that */
  openPage(what: Place, say: (notice: string) => void): Promise<void>;
  /** Stops this process until it is continued from outside, as Ctrl-Z does. */
  pause(): Promise<void>;
}
