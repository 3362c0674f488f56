// What an open lesson needs from outside.
import type { Cell } from "../../lab/lessons/run.ts";
import type { Score } from "../../model/schema-pieces.ts";
import type { Client, Variant } from "../../model/vocabulary.ts";
import type { Sandbox } from "../../sandbox/sandbox.ts";
import type { Leaving } from "../exercise/live-parts.ts";
import type { Paint } from "../paint.ts";
import type { Screen, ScreenEvents } from "../screen.ts";
import type { Opening } from "./session.ts";

/** A lesson as it is read: what the columns are called is known elsewhere. */
export type ReadLesson = Omit<Opening, "columns" | "page">;

export interface LiveParts {
  sandbox: Pick<Sandbox, "lab" | "address" | "newAddress">;
  paint: Paint;
  clients: readonly Client[];
  /** `Node 20.20.2` */
  nodeName: string;
  openScreen(events: ScreenEvents): Screen;
  readLesson(number: number): Promise<ReadLesson>;
  /** Shows an address in the person's own browser. @param onFailure called with one sentence if that fails */
  openInBrowser: (url: string, onFailure: (sentence: string) => void) => Promise<void>;
  /** Opens the lesson's exercise in its place, until the person leaves that; undefined where there is none. */
  openExercise: (lesson: number, variant: Variant) => Promise<Leaving | undefined>;
  /** All cells of a run were filled. It resolves with a sentence if that, or the score, could not be noted. */
  onFinished: (slug: string, cells: readonly Cell[], score?: Score) => Promise<string | undefined>;
  /** Stops this process until it is continued from outside, as Ctrl-Z does. */
  pause(): Promise<void>;
}
