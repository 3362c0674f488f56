// What a lesson is: its facts (lesson.json), its words (README.md), and where both are found.
import type { InferOutput } from "valibot";
import type { Attempt } from "./attempt.ts";
import type { LESSON_FILE } from "./lesson-schema.ts";

type LessonFile = InferOutput<typeof LESSON_FILE>;

/** A part of the code, found by its heading. */
export type CodePart = LessonFile["code"][number];

/** An attempt that the lesson says something about. */
export type LessonAttempt = Attempt & Required<Pick<Attempt, "expect" | "why">>;

/** A lesson as the commands and pages use it; all options have their values. */
export interface Lesson extends Omit<LessonFile, "attempts"> {
  /** Counted from 1, from its folder's name. */
  number: number;
  /** The folder's name without the number: `websocket-only`. */
  slug: string;
  /** Absolute. */
  folder: string;
  attempts: LessonAttempt[];
}

/** A mistake in a lesson or in its number; the message says where, what was expected and what came. */
export class LessonError extends Error {
  readonly code: "BAD_LESSON" | "UNKNOWN_LESSON";

  constructor(code: "BAD_LESSON" | "UNKNOWN_LESSON", message: string) {
    super(message);
    this.code = code;
  }
}
