// A login that answers with a cookie, and the token in it.
import { ExpectationFailure } from "./expectation.ts";
import { loginBody, postLogin } from "./login.ts";
import { cookiePlaceOf } from "./place.ts";
import type { Probe } from "./probe.ts";
import { describeResponse, type Headers, type RawResponse } from "./raw-http.ts";
import { type SetCookie, setCookieOf } from "./set-cookie.ts";

/** The cookie with the token that an answer sets; undefined if it sets none. */
export function cookieOf(probe: Probe, answer: RawResponse): SetCookie | undefined {
  const place = cookiePlaceOf(probe.target);
  return setCookieOf(answer, (name) => name === place.name);
}

export async function logInByCookie(
  probe: Probe,
  headers: Headers = {},
): Promise<SetCookie & { answer: RawResponse }> {
  const answer = await postLogin(probe, loginBody(probe.target), headers);
  const cookie = cookieOf(probe, answer);
  if (cookie === undefined)
    throw new ExpectationFailure("a cookie with a token", describeResponse(answer));
  return { ...cookie, answer };
}
