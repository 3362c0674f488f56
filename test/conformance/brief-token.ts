// A token that ends soon, and is used before that.
import { setTimeout as sleep } from "node:timers/promises";
import { ExpectationFailure } from "./expectation.ts";
import { mintToken, type Probe } from "./probe.ts";

const LIFETIMES_SECONDS = [1, 2, 4, 8];

/**
 * Does something with a token, and waits until the token has expired. On a busy machine it may expire before that is done:
 * then with one that lasts longer.
 * @param leastSeconds how long the first one lasts, or up to a second less
 * @throws ExpectationFailure if it fails with each
 */
export async function useBriefly<T>(
  probe: Probe,
  use: (token: string) => Promise<T>,
  leastSeconds = 1,
): Promise<{ used: T; token: string }> {
  let failure: unknown;
  for (const seconds of LIFETIMES_SECONDS.filter((each) => each >= leastSeconds)) {
    const exp = Math.floor(Date.now() / 1000) + seconds;
    const token = mintToken(probe, undefined, { exp });
    try {
      const used = await use(token);
      // A timer may ring up to a millisecond early, and that is when the token is still good.
      while (Date.now() < exp * 1000) await sleep(exp * 1000 - Date.now());
      return { used, token };
    } catch (error) {
      if (!(error instanceof ExpectationFailure)) throw error;
      failure = error;
    }
  }
  throw failure;
}
