// The result of a lesson's cells, in a few words and in sentences. Pure.
import type { Cell } from "../../lab/lessons/run.ts";
import type { Verdict } from "../../model/cell.ts";
import type { Lesson } from "../../model/lesson.ts";
import { OWN } from "../../model/own-attempt.ts";
import type { ServerSwitches } from "../../model/switches.ts";
import { verdictsInWords } from "../../model/words/verdicts.ts";

/** Of the person's own attempt no lesson says anything. */
function verdictsOf(all: readonly Cell[]): Verdict[] {
  return all.filter(({ attempt }) => attempt.id !== OWN).map(({ verdict }) => verdict);
}

/** In a few words, for a line that has no room for more. */
export function summarizeBriefly(cells: readonly Cell[]): string {
  const verdicts = verdictsOf(cells);
  const count = (wanted: Verdict): number => verdicts.filter((each) => each === wanted).length;
  const [surprises, matches, unseen] = [
    count("surprise"),
    count("as expected"),
    count("no browser"),
  ];
  if (unseen === verdicts.length) return unseen === 0 ? "" : "no browser";
  if (surprises > 0) return `${surprises} of ${surprises + matches} results do not match`;
  if (count("too busy") > 0) return `too busy for ${count("too busy")}: r runs again`;
  const parts = [
    matches === 0 ? "" : `${matches} results match`,
    count("no expectation") === 0 ? "" : `${count("no expectation")} without a claim`,
    unseen === 0 ? "" : `${unseen} not run`,
  ];
  return parts.filter(Boolean).join(", ");
}

/** In sentences: whether everything matches the lesson. */
export function summarize(
  cells: readonly Cell[],
  lesson: Pick<Lesson, "switches">,
  { serverTransports }: ServerSwitches,
): string {
  const offers = { own: lesson.switches.serverTransports, now: serverTransports };
  return verdictsInWords(verdictsOf(cells), offers);
}
