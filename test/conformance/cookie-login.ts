// A login that answers with a cookie, and the token in it.
import { ExpectationFailure } from "./expectation.ts";
import { loginBody, postLogin } from "./login.ts";
import { IN_COOKIE } from "./place.ts";
import type { Probe } from "./probe.ts";
import { describeResponse, type Headers, type RawResponse } from "./raw-http.ts";

export interface SetCookie {
  name: string;
  token: string;
  /** Names in small letters; an attribute without a value has an empty one. */
  attributes: Map<string, string>;
}

/** The cookie with the token that an answer sets; undefined if it sets none. */
export function cookieOf({ target }: Probe, answer: RawResponse): SetCookie | undefined {
  const place = target.places.find(({ carrier }) => carrier === "cookie") ?? IN_COOKIE;
  return setCookieOf(answer, (name) => name === place.name);
}

/** The first cookie with a value whose name is meant; undefined if an answer sets none. */
export function setCookieOf(
  { headers }: RawResponse,
  isMeant: (name: string) => boolean,
): SetCookie | undefined {
  const cookies = (headers["set-cookie"] ?? []).map(readSetCookie);
  return cookies.find(({ name, token }) => isMeant(name) && token !== "");
}

function readSetCookie(line: string): SetCookie {
  const [cookie, ...attributes] = line.split(/; */).map((each): [key: string, text: string] => {
    const [, key = "", text = ""] = /^([^=]*)=?(.*)$/.exec(each) ?? [];
    return [key, text];
  });
  const [name, value] = cookie!;
  const named = attributes.map(([key, text]) => [key.toLowerCase(), text] as const);
  return { name, token: decodeURIComponent(value), attributes: new Map(named) };
}

/** What the cookie has, in the words of the header. */
export function describeAttributes({ attributes }: SetCookie): string {
  return [...attributes]
    .map(([name, value]) => (value === "" ? name : `${name}=${value}`))
    .join("; ");
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
