// Compares what the browsers have seen: with the lessons, and with each other. Times are not compared.
import { isDeepStrictEqual } from "node:util";
import type { Attempt } from "../../model/attempt.ts";
import type { FilledCell } from "../../model/cell.ts";
import type { Lesson } from "../../model/lesson.ts";
import { maskValue } from "../../lab/wire/masking.ts";
import type { BrowserEnd } from "./run-browsers.ts";
import type { BrowserRun } from "./watched-run.ts";

/** A field of the outcome that is not the same in all browsers; undefined where a browser does not learn it. */
export interface FieldDifference {
  field: string;
  /** In the order of the browsers. */
  values: unknown[];
}

/** An attempt, and what each browser has seen in it. */
export interface ComparedAttempt {
  attempt: Attempt;
  /** Of its row in the lesson, from 1. */
  number: number;
  /** In the order of the browsers. */
  cells: FilledCell[];
  /** Empty where all browsers agree. */
  fields: FieldDifference[];
}

export interface ComparedLesson {
  lesson: Lesson;
  attempts: ComparedAttempt[];
}

export interface Sum {
  browsers: number;
  /** In all browsers together. */
  attempts: number;
  /** Attempts in a browser which were not as their lesson says. */
  againstLessons: number;
  /** Attempts in which the browsers do not agree. */
  betweenBrowsers: number;
}

/** @param runs of the same lessons */
export function compareRuns(runs: readonly BrowserRun[]): ComparedLesson[] {
  const [first] = runs;
  return (first?.lessons ?? []).map(({ lesson }, at) => ({
    lesson,
    attempts: lesson.attempts.map((attempt, row) => {
      const cells = runs.map(({ lessons }) => lessons[at]!.cells[row]!);
      return { attempt, number: row + 1, cells, fields: findFields(cells) };
    }),
  }));
}

export function sumUp(lessons: readonly ComparedLesson[], browsers: number): Sum {
  const attempts = lessons.flatMap((lesson) => lesson.attempts);
  const cells = attempts.flatMap((attempt) => attempt.cells);
  return {
    browsers,
    attempts: cells.length,
    againstLessons: cells.filter(isSurprise).length,
    betweenBrowsers: attempts.filter(({ fields }) => fields.length > 0).length,
  };
}

/**
 * Whether the command has failed. It is not a failure that browsers differ where the lessons allow it.
 * @param isNamed whether the person named the browsers: then each must be there
 */
export function hasFailed(ends: readonly BrowserEnd[], sum: Sum, isNamed: boolean): boolean {
  const isWanting = ends.some((end) => "failure" in end || (isNamed && "missing" in end));
  return isWanting || sum.browsers === 0 || sum.againstLessons > 0;
}

export function isSurprise({ verdict }: FilledCell): boolean {
  return verdict === "surprise";
}

function findFields(cells: readonly FilledCell[]): FieldDifference[] {
  const outcomes = cells.map(comparable);
  const names = [...new Set(outcomes.flatMap((outcome) => Object.keys(outcome)))];
  return names
    .map((field) => ({ field, values: outcomes.map((outcome) => outcome[field]) }))
    .filter(({ values }) => values.some((value) => !isDeepStrictEqual(value, values[0])));
}

/** What a token looks like once it is masked. */
const MASKED = /…[\w-]{6}/g;

/** With connection state recovery, the server adds the time to the arguments of an event. */
const OFFSET = /,"[\w-]{7}(?:\.[\w-]+)?"\]/g;

/** What an act is, and how long it took. */
const NOT_COMPARED = new Set(["do", "as", "durationMs", "expiredMs"]);

/** The outcome as JSON holds it, without the times; every token is issued again, and so differs each time. */
function comparable({ outcome }: FilledCell): Record<string, unknown> {
  const fields = outcome.flatMap((act, at) => {
    const place = at === outcome.length - 1 ? "" : `acts.${at}.`;
    return Object.entries(act)
      .filter(([name]) => !NOT_COMPARED.has(name))
      .map(([name, value]) => [place + name, value] as const);
  });
  const text = JSON.stringify(maskValue(Object.fromEntries(fields)))
    .replaceAll(MASKED, "…")
    .replaceAll(OFFSET, ',"…"]');
  return JSON.parse(text) as Record<string, unknown>;
}
