// What the cases expect of doors: accepted as whom, or refused in the one way that the standards give.
import { isDeepStrictEqual } from "node:util";
import { createForge } from "./forge.ts";
import {
  allDoors,
  type Door,
  headerDoors,
  identify,
  knock,
  knockWithToken,
  type Verdict,
} from "./doors.ts";
import { expectEqual, expectThat, show } from "./expectation.ts";
import { expectNoSecret, expectNoStack } from "./login.ts";
import type { Probe } from "./probe.ts";
import type { Headers, RawResponse } from "./raw-http.ts";
import type { User } from "./target.ts";

/** Every door accepts the token. */
export async function expectAccepted(probe: Probe, token: string): Promise<void> {
  for (const door of allDoors(probe.target)) await expectAcceptedBy(probe, door, token);
}

async function expectAcceptedBy(probe: Probe, door: Door, token: string): Promise<void> {
  const { isAccepted, answer } = await knockWithToken(probe, door, token);
  expectThat(isAccepted, `${door.name} accepts the token`, answer);
}

/** Every door accepts the token and takes the bearer for this user. */
export async function expectAcceptedEverywhere(
  probe: Probe,
  token: string,
  user: User,
): Promise<void> {
  for (const door of allDoors(probe.target)) {
    // A door that names the bearer has accepted the token.
    if (isIdentifying(probe, door))
      expectEqual(await identify(probe, door, token), user, `${door.name} takes the bearer for`);
    else await expectAcceptedBy(probe, door, token);
  }
}

function isIdentifying({ target }: Probe, door: Door): boolean {
  if (!target.claims.has("data-claim")) return false;
  return door.kind === "self" || target.claims.has("whoami");
}

/** Every door refuses the token; in the way in which it refuses any other, if the target claims so. */
export async function expectRefusedEverywhere(probe: Probe, token: string): Promise<void> {
  for (const door of allDoors(probe.target))
    await expectUsualRefusal(probe, await knockWithToken(probe, door, token));
}

/** Many tokens of one kind: each is refused by one door, and the doors take turns. */
export async function expectRefusedInTurn(probe: Probe, tokens: readonly string[]): Promise<void> {
  const doors = allDoors(probe.target);
  for (const [at, token] of tokens.entries()) {
    const door = doors[at % doors.length];
    if (door !== undefined)
      await expectUsualRefusal(probe, await knockWithToken(probe, door, token));
  }
}

/** Every door that reads the header accepts it. */
export async function expectHeaderAccepted(probe: Probe, headers: Headers): Promise<void> {
  for (const door of headerDoors(probe.target)) {
    const verdict = await knock(probe, door, { headers });
    expectThat(verdict.isAccepted, `${door.name} accepts the header`, verdict.answer);
  }
}

/** Every door that reads the header refuses it: as it refuses a token, or as a request that is not well formed. */
export async function expectHeaderRefused(
  probe: Probe,
  headers: Headers,
  query = "",
): Promise<void> {
  for (const door of headerDoors(probe.target)) {
    const verdict = await knock(probe, door, { headers, query });
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
  expectThat(!isAccepted, `${door.name} refuses`, answer);
  // The whole body: in the line for reports a long one is cut.
  expectNoSecret(probe.target, response?.body ?? answer);
  if (response !== undefined) {
    const isRefusal = response.status === 0 || (response.status >= 400 && response.status < 500);
    expectThat(isRefusal, `${door.name} refuses with a status from 400 to 499`, answer);
    expectNoStack(response);
  }
  if (!probe.target.claims.has("uniform-errors")) return;
  const usual = await usualRefusals(probe, door);
  const isUsual = usual.includes(visibleOf(verdict));
  const expected = `${door.name} refuses as it refuses ${NONSENSE}: ${usual[0]}`;
  expectThat(isUsual, expected, visibleOf(verdict), TELL_NO_REASON);
}

const TELL_NO_REASON =
  "Refuse every bad token with the same answer, in status, header fields and body: why it is bad belongs into the server's log.";

/** How the door refuses what is not a token; at CONNECT also how it refuses no token at all, and an expired one. */
async function usualRefusals(probe: Probe, door: Door): Promise<string[]> {
  const key = `refusals at ${door.name}`;
  if (!probe.memory.has(key)) {
    const verdicts = [await knockWithToken(probe, door, NONSENSE)];
    if (door.kind === "connect") {
      verdicts.push(await knock(probe, door, {}));
      if (probe.target.claims.has("error-codes") && probe.target.claims.has("mint")) {
        const forge = createForge(probe);
        verdicts.push(await knockWithToken(probe, door, forge.token({ exp: forge.now - 600 })));
      }
    }
    probe.memory.set(key, JSON.stringify(verdicts.map(visibleOf)));
  }
  return JSON.parse(probe.memory.get(key) ?? "[]") as string[];
}

/** Header fields that differ in every answer. */
const VARYING =
  /^(date|etag|age|set-cookie|content-length|keep-alive|connection|x-request-id|x-correlation-id|traceparent|cf-ray|server-timing|x-response-time|(x-)?ratelimit.*|retry-after)$/;

/** Status, header fields and body. The challenge may tell a missing token from a bad one. */
function visibleOf({ response, connectError, answer }: Verdict): string {
  if (response === undefined) return connectError === undefined ? answer : show(connectError);
  const fields = stableFields(response).map(
    ([name, value]) => `${name}: ${value.replace(/,? *error="invalid_token"/, "")}`,
  );
  return `${[`${response.status} ${response.reason}`, ...fields].join(", ")}, body ${show(response.body)}`;
}

/** Without those that differ from answer to answer. */
export function stableFields({ headers }: RawResponse): [name: string, value: string][] {
  return Object.entries(headers)
    .filter(([name]) => !VARYING.test(name))
    .map(([name, value]): [string, string] => [name, String(value)])
    .toSorted(([one], [other]) => one.localeCompare(other));
}

export const HOW_TO_CHALLENGE =
  'Answer 401 with WWW-Authenticate: Bearer realm="…", and with error="invalid_token" where a token was sent. On a WebSocket handshake write that to the socket: what Engine.IO hands to a middleware there sends nothing.';

/** 401 with a challenge (RFC 9110 §15.5.2), or 400 for what is not well formed. */
export function expectChallenge(verdict: Verdict): void {
  const { door, answer, response } = verdict;
  if (isInvalidRequest(verdict)) return;
  const challenge = response?.headers["www-authenticate"] ?? "";
  const isChallenged = response?.status === 401 && /^bearer\b/i.test(challenge);
  const expected = `${door.name} answers 401 and WWW-Authenticate: Bearer`;
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

/** A refusal of CONNECT; one in words has some. Whether there are words is the rule of a case of its own. */
export function expectReason({ isAccepted, answer, connectError }: Verdict): void {
  expectThat(!isAccepted, "CONNECT is refused", answer);
  if (connectError === undefined) return;
  const { message } = connectError;
  expectThat(typeof message === "string" && message !== "", "CONNECT_ERROR with a message", answer);
}

/** Status, challenge, type and body tell nothing of which door it was, nor the other fields of the transport, if the target claims so. */
export function expectAlike({ target }: Probe, verdicts: readonly Verdict[]): void {
  if (!target.claims.has("uniform-errors")) return;
  const [first, ...others] = verdicts;
  if (first === undefined) return;
  const alike = `like ${first.door.name}: ${first.answer}`;
  for (const other of others)
    expectThat(
      isDeepStrictEqual(coreOf(other), coreOf(first)),
      `${other.door.name} refuses ${alike}`,
      other.answer,
    );
  const [one, two] = verdicts.filter(({ door }) => door.kind === "handshake");
  if (one === undefined || two === undefined) return;
  expectEqual(fieldsOf(two), fieldsOf(one), "header fields of the refusals by both transports");
}

function coreOf({ response }: Verdict): unknown[] {
  const { status, headers, body } = response ?? {};
  return [status, headers?.["www-authenticate"], headers?.["content-type"], body];
}

/** Without those of CORS, which does not apply to a WebSocket. */
function fieldsOf({ response }: Verdict): unknown {
  return (
    response && stableFields(response).filter(([name]) => !/^access-control-|^vary$/.test(name))
  );
}
