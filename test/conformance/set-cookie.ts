// The cookies that an answer sets (RFC 6265 §4.1).
import type { RawResponse } from "./raw-http.ts";

export interface SetCookie {
  name: string;
  value: string;
  /** Names in small letters; an attribute without a value has an empty one. */
  attributes: Map<string, string>;
}

/** The first cookie with a value whose name is meant; undefined if there is none. */
export function setCookieOf(
  { headers }: RawResponse,
  isMeant: (name: string) => boolean,
): SetCookie | undefined {
  const all = (headers["set-cookie"] ?? []).map(readSetCookie);
  return all.find(({ name, value }) => isMeant(name) && value !== "");
}

function readSetCookie(line: string): SetCookie {
  const [pair = "", ...rest] = line.split(/; */);
  const [name, value] = splitPair(pair);
  const attributes = rest.map((each): [string, string] => {
    const [key, text] = splitPair(each);
    return [key.toLowerCase(), text];
  });
  return { name, value: decodeURIComponent(value), attributes: new Map(attributes) };
}

function splitPair(pair: string): [key: string, value: string] {
  const [, key = "", value = ""] = /^([^=]*)=?(.*)$/.exec(pair) ?? [];
  return [key, value];
}

/** What the cookie has, in the words of the header. */
export function describeAttributes({ attributes }: SetCookie): string {
  return [...attributes]
    .map(([name, value]) => (value === "" ? name : `${name}=${value}`))
    .join("; ");
}
