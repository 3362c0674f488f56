// What prevents a case from being judged, or a good token from connecting after it, though the target has no fault.
import { takeApart } from "./mint.ts";
import type { Target } from "./target.ts";

/** Whether what was seen is an answer with 429 (RFC 6585 §4): to a request, or to an upgrade as `ws` reports it. */
export function isRateLimit(seen: string): boolean {
  return /^429, |server response: 429$/.test(seen);
}

/**
 * The obstacle in a sentence that says what to do; undefined: there is none to be seen, and the case is to blame.
 * @param seen what came instead of an answer, or of a connection
 * @param nowSeconds since 1970 (RFC 7519 §2, NumericDate)
 */
export function describeObstacle(
  target: Target,
  seen: string,
  nowSeconds: number,
): string | undefined {
  if (isRateLimit(seen))
    return "The server limits requests (429): wait, restart it, or lift its limit for the test.";
  if (hasGivenTokenEnded(target, nowSeconds))
    return "The token that was given has expired meanwhile: give one that lasts longer.";
  return undefined;
}

function hasGivenTokenEnded({ token, claims }: Target, nowSeconds: number): boolean {
  if (token === undefined || claims.has("mint")) return false;
  const { exp } = takeApart(token, nowSeconds).claims;
  return typeof exp === "number" && exp <= nowSeconds;
}
