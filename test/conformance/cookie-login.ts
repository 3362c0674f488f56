// A login that answers with a cookie, and the token in it.
import { ExpectationFailure } from "./expectation.ts";
import { loginBody, postLogin } from "./login.ts";
import { IN_COOKIE } from "./place.ts";
import type { Probe } from "./probe.ts";
import { describeResponse, type Headers, type RawResponse } from "./raw-http.ts";

export interface SetCookie {
  token: string;
  /** Names in small letters; an attribute without a value has an empty one. */
  attributes: Map<string, string>;
}

/** The cookie with the token that an answer sets; undefined if it sets none. */
export function cookieOf({ target }: Probe, { headers }: RawResponse): SetCookie | undefined {
  const { name } = target.places.find(({ carrier }) => carrier === "cookie") ?? IN_COOKIE;
  const cookies = headers["set-cookie"] ?? [];
  const cookie = cookies.find((each) => each.startsWith(`${name}=`));
  const [pair = "", ...rest] = cookie?.split(/; */) ?? [];
  const token = decodeURIComponent(pair.slice(name.length + 1));
  const attributes = rest.map((each): [string, string] => {
    const [, key = "", value = ""] = /^([^=]*)=?(.*)$/.exec(each) ?? [];
    return [key.toLowerCase(), value];
  });
  return token === "" ? undefined : { token, attributes: new Map(attributes) };
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
