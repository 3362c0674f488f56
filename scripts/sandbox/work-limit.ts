// How much of what pages have asked for may be under way at once, so that one page, or a room full of them, does not take all
// memory and leave everybody without an answer in time.
import { OverloadedError } from "../lab/load.ts";

/** Does the work if there is room for it. @throws OverloadedError (code OVERLOADED) if not, at once */
export type Limit = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** A page has six attempts under way, and as many more for each switch that is flipped before they are over. */
const MOST_OF_A_PAGE = 64;
/** A class of thirty pages has 180. */
const MOST_IN_ALL = 512;

/** @returns gives each page its limit, within the one for all of them */
export function limitWork(): () => Limit {
  let all = 0;
  return () => {
    let own = 0;
    return async (work) => {
      if (own >= MOST_OF_A_PAGE || all >= MOST_IN_ALL)
        throw new OverloadedError("The sandbox is overloaded: try again in a moment.");
      own += 1;
      all += 1;
      try {
        return await work();
      } finally {
        own -= 1;
        all -= 1;
      }
    };
  };
}
