// Limits the work that pages have under way, so that neither one page nor a classroom of pages fills the memory and delays
// every answer.
import { OverloadedError } from "../lab/busy.ts";

/** Does the work. @throws OverloadedError (code OVERLOADED) at once, if too much is under way */
export type Limit = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** A page has six attempts under way, and as many more for each switch that is flipped before they are over. */
const MOST_OF_A_PAGE = 64;
/** A class of thirty pages has 180. */
const MOST_IN_ALL = 512;

/** @returns creates the limit of one page, within the limit for all pages */
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
