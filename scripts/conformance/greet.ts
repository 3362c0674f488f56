// The first words with another server: whether it is there, takes a good token, and where, before any case blames it.
import { connect, goodToken } from "../../test/conformance/connection.ts";
import { headerDoors, knockWithToken } from "../../test/conformance/doors.ts";
import { ExpectationFailure } from "../../test/conformance/expectation.ts";
import { postCredentials, tokenAt } from "../../test/conformance/login.ts";
import { isRateLimit } from "../../test/conformance/obstacles.ts";
import { CARRIERS, describePlace, isBearer, wordOf } from "../../test/conformance/place.ts";
import { createProbe, type Probe } from "../../test/conformance/probe.ts";
import type { Transport } from "../../test/conformance/raw-engine.ts";
import { describeResponse } from "../../test/conformance/raw-http.ts";
import { closeKept, createRunOptions } from "../../test/conformance/run-case.ts";
import { type Scheme, SCHEMES, type Target, withImplied } from "../../test/conformance/target.ts";
import { ArgumentsError } from "../command/arguments.ts";
import {
  explainEnd,
  explainLimit,
  explainLogin,
  explainRefusal,
  explainSilence,
  explainSplit,
} from "./greet-refusals.ts";
import { look, readFailure, type Sight } from "./look.ts";
import { reach } from "./reach.ts";

/** Fields in which servers answer the token of a login, the usual one first. */
const TOKEN_FIELDS = [
  "token",
  "access_token",
  "accessToken",
  "jwt",
  "id_token",
  "idToken",
  "data.token",
  "data.access_token",
  "data.accessToken",
];

/**
 * Looks where the target checks a token, and connects once by each transport that it claims.
 * @param revive starts the target again when the look has ended it
 * @returns the target as it was seen
 * @throws ArgumentsError (code BAD_ARGUMENTS) that says what to look at
 */
export async function greet(
  target: Target,
  timeoutMs: number,
  revive: () => Promise<void> = () => Promise.reject(new ArgumentsError(explainEnd(target))),
): Promise<Target> {
  const options = createRunOptions(target, timeoutMs);
  const nowSeconds = options.nowSeconds();
  const { probe, closeAll } = createProbe({ ...options, target, nowSeconds });
  try {
    await reach(probe);
    const { token, tokenField } = await fetchGoodToken(probe);
    const [first, ...others] = transportsOf(target);
    const looking = { token, revive };
    const sight = await lookBy(probe, first!, looking);
    const isSplit = sight.isSplit && first === "polling";
    if (isSplit && others.length === 0) throw new ArgumentsError(explainSplit(target));
    const seen = isSplit ? await lookBy(probe, "websocket", looking) : sight;
    const known = await withScheme(
      { ...probe, target: takeIn({ ...target, tokenField }, { ...seen, isSplit }) },
      token,
    );
    if (!isSplit)
      for (const transport of others)
        await connectBy({ ...probe, target: known }, transport, token);
    return known;
  } catch (error) {
    const isLimit = error instanceof ExpectationFailure && isRateLimit(error.seen);
    throw isLimit ? new ArgumentsError(explainLimit(target)) : error;
  } finally {
    closeAll();
    closeKept(options);
  }
}

/** Polling first: to a request for a WebSocket a server that has none may say anything. */
function transportsOf({ claims }: Target): Transport[] {
  return (["polling", "websocket"] as const).filter((transport) => claims.has(transport));
}

/** A token, and the field of the login's answer that holds one. */
async function fetchGoodToken(
  probe: Probe,
): Promise<{ token: string; tokenField: string | undefined }> {
  const { target } = probe;
  const tokenField = target.claims.has("login") ? await findTokenField(probe) : target.tokenField;
  return { tokenField, token: await goodToken({ ...probe, target: { ...target, tokenField } }) };
}

async function findTokenField(probe: Probe): Promise<string> {
  const { target } = probe;
  const { answer, content } = await postCredentials(probe).catch((error: unknown) => {
    throw new ArgumentsError(explainLogin(target, readFailure(error)));
  });
  const fields = target.tokenField === undefined ? TOKEN_FIELDS : [target.tokenField];
  const found = fields.find((field) => tokenAt(content, field) !== undefined);
  if (found !== undefined) return found;
  throw new ArgumentsError(explainLogin(target, { seen: describeResponse(answer) }));
}

/** @throws ArgumentsError (code BAD_ARGUMENTS) if no good token is accepted in the place that was given */
async function lookBy(
  probe: Probe,
  transport: Transport,
  looking: { token: string; revive: () => Promise<void> },
): Promise<Sight> {
  const { target } = probe;
  const { url, wishes } = target;
  const sight = await look(probe, transport, { ...looking, wishes });
  if (sight.places.length > 0 || sight.gate === "nowhere" || sight.isSplit) return sight;
  if (wishes.length > 0) {
    const [other] = (await look(probe, transport, { ...looking, wishes: [] })).places;
    if (other !== undefined)
      throw new ArgumentsError(
        `${url} takes the token from ${describePlace(other)}, and not from where it is said to travel: give --token-in ${wordOf(other)}, and leave header and payload out of --claims.`,
      );
  }
  const { stage, failure } = sight.withGood;
  throw new ArgumentsError(
    stage === "silent"
      ? explainSilence(target, failure)
      : explainRefusal(target, failure, { transport, isOnlyThere: false }),
  );
}

/** What was seen goes into the target, and the claims follow from it. */
function takeIn(target: Target, { gate, isSilent, isSplit, places }: Sight): Target {
  const claims = new Set(target.claims);
  for (const carrier of CARRIERS) {
    const isTaken = places.some(
      (place) => place.carrier === carrier && (carrier !== "header" || isBearer(place)),
    );
    if (isTaken) claims.add(carrier);
    else claims.delete(carrier);
  }
  if (isSplit) claims.delete("polling");
  const prefix = places.find(isBearer)?.prefix.trim();
  const scheme = SCHEMES.find((each) => each === prefix) ?? target.scheme;
  return withImplied({ ...target, gate, isSilent, isSplit, places, scheme, claims });
}

/** The spelling that every door knows where the header is read: a self path may be stricter than a socket. */
async function withScheme(probe: Probe, token: string): Promise<Target> {
  const { target } = probe;
  const isKnown = async (spelt: Target): Promise<boolean> => {
    const verdicts = await Promise.all(
      headerDoors(spelt).map((door) => knockWithToken({ ...probe, target: spelt }, door, token)),
    );
    return verdicts.every(({ isAccepted }) => isAccepted);
  };
  const other = spellScheme(target, SCHEMES[1]);
  return !(await isKnown(target)) && (await isKnown(other)) ? other : target;
}

function spellScheme(target: Target, scheme: Scheme): Target {
  const places = target.places.map((place) =>
    isBearer(place) ? { ...place, prefix: `${scheme} ` } : place,
  );
  return { ...target, scheme, places };
}

async function connectBy(probe: Probe, transport: Transport, token: string): Promise<void> {
  try {
    await connect(probe, { transport, token });
  } catch (error) {
    const isOnlyThere = true;
    const refusal = explainRefusal(probe.target, readFailure(error), { transport, isOnlyThere });
    throw new ArgumentsError(refusal);
  }
}
