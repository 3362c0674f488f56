// How the cells of a lesson compare with what it says, in the same words in terminal and page. Pure.
import type { Verdict } from "../cell.ts";
import type { Transport } from "../vocabulary.ts";

/** What the server offers in the lesson, and what it offered. */
interface Offers {
  own: readonly Transport[];
  now: readonly Transport[];
}

/** In a sentence or a few. @param verdicts of all cells of the lesson that were run, or could not be */
export function verdictsInWords(verdicts: readonly Verdict[], offers: Offers): string {
  const count = (wanted: Verdict): number => verdicts.filter((each) => each === wanted).length;
  const [surprises, busy, unseen] = [count("surprise"), count("too busy"), count("no browser")];
  const [judged, rest] = [surprises + count("as expected"), count("no expectation")];
  if (unseen > 0 && unseen === verdicts.length) return "Nothing was run: there is no browser.";
  return [
    surprises > 0 ? `Results: ${surprises} of ${judged} do not match the lesson.` : "",
    surprises === 0 && judged > 0 ? `Results: all ${judged} match the lesson.` : "",
    busy > 0
      ? `This machine was too busy to tell for ${busy} of ${verdicts.length}: run the lesson again.`
      : "",
    rest > 0 ? silence(judged === 0 ? "these results" : `${rest} of the results`, offers) : "",
    unseen > 0 ? `The browser's ${unseen} were not run.` : "",
  ]
    .filter(Boolean)
    .join(" ");
}

/** Of one cell; undefined where the lesson makes no claim, or nothing was seen. */
export function matchWords(verdict: Verdict): string | undefined {
  if (verdict === "as expected") return "matches the lesson";
  return verdict === "surprise" ? "does not match the lesson" : undefined;
}

/** Why a lesson says nothing: only what the server offers may be other than the lesson assumes. */
export function silence(ofWhat: string, { own, now }: Offers): string {
  return `This lesson assumes that the server offers ${offerWords(own)}; with ${offerWords(now)} it makes no claim about ${ofWhat}.`;
}

function offerWords(transports: readonly Transport[]): string {
  return transports.length > 1 ? "both transports" : `${transports.join()} only`;
}
