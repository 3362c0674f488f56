// Compares what the engines have seen: with the lessons, and with each other. Times are not compared.
import { isDeepStrictEqual } from "node:util";
import type { Cell } from "../../lab/lessons/run.ts";
import type { Attempt } from "../../model/attempt.ts";
import type { Lesson } from "../../model/lesson.ts";
import { maskValue } from "../../lab/wire/masking.ts";
import type { EngineEnd, EngineRun } from "./matrix-run.ts";

/** A field of the outcome that is not the same in all engines; undefined where an engine was not told it. */
export interface FieldDifference {
  field: string;
  /** In the order of the engines. */
  values: unknown[];
}

/** An attempt, and what each engine has seen in it. */
export interface ComparedAttempt {
  attempt: Attempt;
  /** Of its row in the lesson, from 1. */
  number: number;
  /** In the order of the engines. */
  cells: Cell[];
  /** Empty where all engines agree. */
  fields: FieldDifference[];
}

export interface ComparedLesson {
  lesson: Lesson;
  attempts: ComparedAttempt[];
}

export interface Sum {
  engines: number;
  /** In all engines together. */
  attempts: number;
  /** Attempts in an engine which were not as their lesson says. */
  againstLessons: number;
  /** Attempts in which the engines do not agree. */
  betweenEngines: number;
}

/** @param runs of the same lessons */
export function compareRuns(runs: readonly EngineRun[]): ComparedLesson[] {
  const [first] = runs;
  return (first?.lessons ?? []).map(({ lesson }, at) => ({
    lesson,
    attempts: lesson.attempts.map((attempt, row) => {
      const cells = runs.map(({ lessons }) => lessons[at]!.cells[row]!);
      return { attempt, number: row + 1, cells, fields: findFields(cells) };
    }),
  }));
}

export function sumUp(lessons: readonly ComparedLesson[], engines: number): Sum {
  const attempts = lessons.flatMap((lesson) => lesson.attempts);
  const cells = attempts.flatMap((attempt) => attempt.cells);
  return {
    engines,
    attempts: cells.length,
    againstLessons: cells.filter(isSurprise).length,
    betweenEngines: attempts.filter(({ fields }) => fields.length > 0).length,
  };
}

/**
 * Whether the command has failed. That engines differ is no failure where the lessons allow it.
 * @param isNamed whether the person named the engines: then each must be there
 */
export function hasFailed(ends: readonly EngineEnd[], sum: Sum, isNamed: boolean): boolean {
  const isWanting = ends.some((end) => "failure" in end || (isNamed && "missing" in end));
  return isWanting || sum.engines === 0 || sum.againstLessons > 0;
}

export function isSurprise({ verdict }: Cell): boolean {
  return verdict === "surprise";
}

function findFields(cells: readonly Cell[]): FieldDifference[] {
  const outcomes = cells.map(comparable);
  const names = [...new Set(outcomes.flatMap((outcome) => Object.keys(outcome)))];
  return names
    .map((field) => ({ field, values: outcomes.map((outcome) => outcome[field]) }))
    .filter(({ values }) => values.some((value) => !isDeepStrictEqual(value, values[0])));
}

/** What a token looks like once it is masked. */
const MASKED = /…[\w-]{6}/g;

/** The outcome as JSON holds it, without the times; every token is issued anew, and so is another one each time. */
function comparable({ outcome }: Cell): Record<string, unknown> {
  const fields = outcome.flatMap(({ do: _do, as: _as, durationMs: _time, ...told }, at) => {
    const place = at === outcome.length - 1 ? "" : `acts.${at}.`;
    return Object.entries(told).map(([name, value]) => [place + name, value] as const);
  });
  const text = JSON.stringify(maskValue(Object.fromEntries(fields))).replaceAll(MASKED, "…");
  return JSON.parse(text) as Record<string, unknown>;
}
