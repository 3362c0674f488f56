// A login that answers with a cookie, and the token in it.
import { ExpectationFailure } from "./expectation.ts";
import { loginBody, postLogin } from "./login.ts";
import { IN_COOKIE } from "./place.ts";
import type { Probe } from "./probe.ts";
import { describeResponse, type Headers, type RawResponse } from "./raw-http.ts";
import { type SetCookie, setCookieOf } from "./set-cookie.ts";

/** The cookie with the token that an answer sets; undefined if it sets none. */
export function cookieOf({ target }: Probe, answer: RawResponse): SetCookie | undefined {
  const place = target.places.find(({ carrier }) => carrier === "cookie") ?? IN_COOKIE;
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
