// The results of `npm run browsers` for a program: what each browser has seen, never a token.
import { maskValue } from "../../lab/wire/masking.ts";
import type { ComparedLesson, Sum } from "./compare-runs.ts";
import type { BrowserEnd } from "./run-browsers.ts";

/** One document: the browsers, the attempts with an outcome for each browser that ran, and what it comes to. */
export function describeResults(
  ends: readonly BrowserEnd[],
  lessons: readonly ComparedLesson[],
  sum: Sum,
): unknown {
  const ran = ends.flatMap((end) => ("lessons" in end ? [end.name] : []));
  const attempts = lessons.flatMap(({ lesson, attempts: compared }) =>
    compared.map(({ attempt, cells, fields }) => ({
      lesson: lesson.number,
      attempt: attempt.id,
      title: attempt.title,
      seen: cells.map(({ outcome, verdict, differences }, at) => {
        return { browser: ran[at], outcome, verdict, differences };
      }),
      differsBetweenBrowsers: fields.map(({ field }) => field),
    })),
  );
  const browsers = ends.map((end) => ("lessons" in end ? { name: end.name } : end));
  return maskValue({ browsers, attempts, sum });
}
