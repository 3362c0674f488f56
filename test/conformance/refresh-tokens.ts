// How a target gives refresh tokens and takes them: as fields of JSON, or as cookies.
import { ExpectationFailure, expectThat } from "./expectation.ts";
import { loginBody, postLogin, tokenAt } from "./login.ts";
import { cookiePlaceOf } from "./place.ts";
import type { Probe } from "./probe.ts";
import { describeResponse, type Headers, type RawResponse, sendRequest } from "./raw-http.ts";
import { type SetCookie, setCookieOf } from "./set-cookie.ts";

/** What a login gives, and a refresh. */
export interface Pair {
  token: string;
  refreshToken: string;
  /** What the target calls it: a field, or a cookie. */
  name: string;
  cookie: SetCookie | undefined;
  answer: RawResponse;
}

const IS_REFRESH_TOKEN = /refresh[_-]?token/i;

function hasCookies({ target }: Probe): boolean {
  return target.claims.has("login-cookie");
}

export async function beginFamily(probe: Probe, headers: Headers = {}): Promise<Pair> {
  return readPair(probe, await postLogin(probe, loginBody(probe.target), headers));
}

/** Shows anything as the refresh token; undefined: nothing. */
export function showRefreshToken(
  probe: Probe,
  { name }: Pick<Pair, "name">,
  value: unknown,
  headers: Headers = {},
): Promise<RawResponse> {
  const isCookie = hasCookies(probe);
  const cookie = isCookie && typeof value === "string" ? { Cookie: `${name}=${value}` } : {};
  return sendRequest(probe, {
    method: "POST",
    path: probe.target.refreshPath,
    headers: { "Content-Type": "application/json", ...cookie, ...headers },
    body: JSON.stringify(isCookie ? {} : { [name]: value }),
  });
}

/** @throws ExpectationFailure if no new pair comes */
export async function refresh(probe: Probe, pair: Pair, headers?: Headers): Promise<Pair> {
  return readPair(probe, await showRefreshToken(probe, pair, pair.refreshToken, headers));
}

/** @throws ExpectationFailure unless it is refused: with 401, or with 400 as RFC 6749 §5.2 has it */
export async function expectNoPair(probe: Probe, pair: Pair, value: unknown): Promise<RawResponse> {
  const answer = await showRefreshToken(probe, pair, value);
  const isRefused = answer.status === 401 || answer.status === 400;
  expectThat(isRefused && !givesPair(probe, answer), "401 or 400", describeResponse(answer));
  return answer;
}

/** Whether an answer has a refresh token in it. */
export function givesPair(probe: Probe, answer: RawResponse): boolean {
  return hasCookies(probe)
    ? setCookieOf(answer, (name) => IS_REFRESH_TOKEN.test(name)) !== undefined
    : refreshFieldOf(answer) !== undefined;
}

function readPair(probe: Probe, answer: RawResponse): Pair {
  const pair = hasCookies(probe) ? pairOfCookies(probe, answer) : pairOfJson(probe, answer);
  const isDone = answer.status >= 200 && answer.status < 300;
  if (isDone && pair !== undefined) return { ...pair, answer };
  throw new ExpectationFailure("a token and a refresh token", describeResponse(answer));
}

type Read = Omit<Pair, "answer"> | undefined;

function pairOfCookies({ target }: Probe, answer: RawResponse): Read {
  const place = cookiePlaceOf(target);
  const token = setCookieOf(answer, (name) => name === place.name)?.value;
  const cookie = setCookieOf(answer, (name) => IS_REFRESH_TOKEN.test(name));
  if (token === undefined || cookie === undefined) return undefined;
  return { token, refreshToken: cookie.value, name: cookie.name, cookie };
}

function pairOfJson({ target: { tokenField = "token" } }: Probe, answer: RawResponse): Read {
  const field = refreshFieldOf(answer);
  const token = field && tokenAt(JSON.parse(answer.body), tokenField);
  if (field === undefined || token === undefined) return undefined;
  return { token, refreshToken: field[1], name: field[0], cookie: undefined };
}

/** The field with the refresh token, wherever it stands in a body that is JSON. */
function refreshFieldOf({ body, headers }: RawResponse): [name: string, value: string] | undefined {
  if (!/\bjson\b/.test(headers["content-type"] ?? "")) return undefined;
  let found: [string, string] | undefined;
  JSON.parse(body, (name, value: unknown) => {
    if (IS_REFRESH_TOKEN.test(name) && typeof value === "string") found = [name, value];
    return value;
  });
  return found;
}
