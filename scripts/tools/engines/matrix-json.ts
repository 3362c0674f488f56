// The results of `npm run browsers` for a program: what each engine has seen, never a token.
import { maskValue } from "../../lab/wire/masking.ts";
import type { ComparedLesson, Sum } from "./matrix-compare.ts";
import type { EngineEnd } from "./matrix-run.ts";

/** One document: the engines, the attempts with an outcome for each engine that ran, and what it comes to. */
export function describeResults(
  ends: readonly EngineEnd[],
  lessons: readonly ComparedLesson[],
  sum: Sum,
): unknown {
  const ran = ends.flatMap((end) => ("lessons" in end ? [end.engine] : []));
  const attempts = lessons.flatMap(({ lesson, attempts: compared }) =>
    compared.map(({ attempt, cells, fields }) => ({
      lesson: lesson.number,
      attempt: attempt.id,
      title: attempt.title,
      seen: Object.fromEntries(
        cells.map(({ outcome, verdict, differences }, at) => [
          ran[at],
          { outcome, verdict, differences },
        ]),
      ),
      differsBetweenEngines: fields.map(({ field }) => field),
    })),
  );
  const engines = ends.map((end) =>
    "lessons" in end ? { engine: end.engine, name: end.name } : end,
  );
  return maskValue({ engines, attempts, sum });
}
