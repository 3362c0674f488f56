// What the cases expect of doors: accepted as whom, or refused in the one way that the standards give.
import {
  allDoors,
  type DoorName,
  headerDoors,
  identify,
  knockWithHeaders,
  knockWithToken,
  type Verdict,
} from "./doors.ts";
import { expectEqual, expectThat, show } from "./expectation.ts";
import { expectNoSecret, expectNoStack } from "./login.ts";
import type { Probe } from "./probe.ts";
import type { Headers, RawResponse } from "./raw-http.ts";
import type { User } from "./target.ts";

/** Every door accepts the token and takes the bearer for this user. */
export async function expectAcceptedEverywhere(
  probe: Probe,
  token: string,
  user: User,
): Promise<void> {
  for (const door of allDoors(probe.target)) {
    // Who says whom it takes the bearer for has accepted the token.
    if (isIdentifying(probe, door))
      expectEqual(await identify(probe, door, token), user, `${door} takes the bearer for`);
    else {
      const { isAccepted, answer } = await knockWithToken(probe, door, token);
      expectThat(isAccepted, `${door} accepts the token`, answer);
    }
  }
}

function isIdentifying({ target }: Probe, door: DoorName): boolean {
  if (!target.claims.has("data-claim")) return false;
  return door === "self" || target.claims.has("whoami");
}

/** Every door refuses the token; in the way in which it refuses any other, if the target claims so. */
export async function expectRefusedEverywhere(probe: Probe, token: string): Promise<void> {
  for (const door of allDoors(probe.target))
    await expectUsualRefusal(probe, await knockWithToken(probe, door, token));
}

/** Every door that reads the header accepts it. */
export async function expectHeaderAccepted(probe: Probe, headers: Headers): Promise<void> {
  for (const door of headerDoors(probe.target)) {
    const verdict = await knockWithHeaders(probe, door, { headers });
    expectThat(verdict.isAccepted, `${door} accepts the header`, verdict.answer);
  }
}

/** Every door that reads the header refuses it: as it refuses a token, or as a request that is not well formed. */
export async function expectHeaderRefused(
  probe: Probe,
  headers: Headers,
  query = "",
): Promise<void> {
  for (const door of headerDoors(probe.target)) {
    const verdict = await knockWithHeaders(probe, door, { headers, query });
    if (!isInvalidRequest(verdict)) await expectUsualRefusal(probe, verdict);
  }
}

/** 400 and the error code that RFC 6750 §3.1 has for a header that is not well formed. */
function isInvalidRequest({ response }: Verdict): boolean {
  const challenge = response?.headers["www-authenticate"] ?? "";
  return response?.status === 400 && /^bearer\b.*\berror="invalid_request"/i.test(challenge);
}

const NONSENSE = "abc.def.ghi";

/**
 * What a refusal must look like is the rule of a few cases, so that a server with another habit does not break it a
 * hundred times. Here a fault of the server is none, and where a target claims that its refusals are all alike, one
 * that looks like no other gives a reason away.
 */
async function expectUsualRefusal(probe: Probe, verdict: Verdict): Promise<void> {
  const { door, isAccepted, answer, response } = verdict;
  expectThat(!isAccepted, `${door} refuses`, answer);
  // The whole body: in the line for reports a long one is cut.
  expectNoSecret(probe.target, response?.body ?? answer);
  if (response === undefined)
    return expectThat(verdict.connectError !== undefined, "CONNECT_ERROR", answer);
  const isRefusal = response.status === 0 || (response.status >= 400 && response.status < 500);
  expectThat(isRefusal, `${door} refuses with a status from 400 to 499`, answer);
  expectNoStack(response);
  if (!probe.target.claims.has("uniform-errors")) return;
  const usual = await usualRefusal(probe, door);
  const expected = `${door} refuses as it refuses ${NONSENSE}: ${usual}`;
  expectThat(visibleOf(response) === usual, expected, answer);
}

async function usualRefusal(probe: Probe, door: DoorName): Promise<string> {
  const key = `refusal at ${door}`;
  const { response } = probe.memory.has(key)
    ? { response: undefined }
    : await knockWithToken(probe, door, NONSENSE);
  if (response !== undefined) probe.memory.set(key, visibleOf(response));
  return probe.memory.get(key) ?? "";
}

/** Status and body. The challenge may tell a missing token from a bad one. */
function visibleOf({ status, body }: RawResponse): string {
  return `${status} ${show(body)}`;
}

export const HOW_TO_CHALLENGE =
  'Answer 401 with WWW-Authenticate: Bearer realm="…", and with error="invalid_token" where a token was sent. On a WebSocket handshake write that to the socket: what Engine.IO hands to a middleware there sends nothing.';

/** 401 with a challenge (RFC 9110 §15.5.2), or 400 for what is not well formed. */
export function expectChallenge(verdict: Verdict): void {
  const { door, answer, response } = verdict;
  if (isInvalidRequest(verdict)) return;
  const challenge = response?.headers["www-authenticate"] ?? "";
  const isChallenged = response?.status === 401 && /^bearer\b/i.test(challenge);
  const expected = `${door} answers 401 and WWW-Authenticate: Bearer`;
  expectThat(isChallenged, expected, answer, HOW_TO_CHALLENGE);
}

/** A challenge that says nothing of an error, since no credential came (RFC 6750 §3.1). */
export function expectNoError({ headers }: RawResponse, what: string): void {
  const challenge = headers["www-authenticate"] ?? "none";
  const isBare = /^bearer\b/i.test(challenge) && !/\berror/i.test(challenge);
  expectThat(isBare, `${what}: a Bearer challenge without an error`, challenge, HOW_TO_CHALLENGE);
}

/** A challenge that says that the token is not valid (RFC 6750 §3.1). */
export function expectInvalidToken(response: RawResponse | undefined, what: string): void {
  const challenge = response?.headers["www-authenticate"] ?? "none";
  const isNamed = /error="invalid_token"/.test(challenge);
  expectThat(isNamed, `${what}: error="invalid_token"`, challenge, HOW_TO_CHALLENGE);
}

/** CONNECT_ERROR that says why, in words. */
export function expectReason({ isAccepted, answer, connectError }: Verdict): void {
  expectThat(!isAccepted, "CONNECT is refused", answer);
  const { message } = connectError ?? {};
  expectThat(typeof message === "string" && message !== "", "CONNECT_ERROR with a message", answer);
}

/** Status, challenge, type and body tell nothing of which door it was, if the target claims so. */
export function expectAlike({ target }: Probe, verdicts: readonly Verdict[]): void {
  if (!target.claims.has("uniform-errors")) return;
  const [first, ...others] = verdicts;
  for (const other of others) {
    const expected = `${other.door} refuses like ${first?.door}: ${first?.answer}`;
    expectThat(allOf(other) === (first && allOf(first)), expected, other.answer);
  }
}

function allOf({ response }: Verdict): string {
  const { status, headers, body } = response ?? {};
  return show([status, headers?.["www-authenticate"], headers?.["content-type"], body]);
}
