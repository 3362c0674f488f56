// Looks, before a case judges: where a server checks a token, where it takes one from, and how it refuses.
import { setTimeout as sleep } from "node:timers/promises";
import { ExpectationFailure } from "../../test/conformance/expectation.ts";
import { isRateLimit } from "../../test/conformance/obstacles.ts";
import {
  bring,
  type Carrier,
  CARRIERS,
  type Credential,
  NOTHING,
  type Place,
  USUAL_NAMES,
} from "../../test/conformance/place.ts";
import { isSilence, type Probe } from "../../test/conformance/probe.ts";
import {
  connectPacket,
  enginePath,
  type Session,
  type Transport,
} from "../../test/conformance/raw-engine.ts";
import { describeResponse, sendRequest } from "../../test/conformance/raw-http.ts";
import { openSession } from "../../test/conformance/raw-session.ts";
import type { Gate, PlaceWish } from "../../test/conformance/target.ts";

/** What came of one try to open a session and to connect a socket. */
interface Outcome {
  stage: "unopened" | "split" | "refused" | "silent" | "ended" | "thrown out" | "in";
  /** What was expected and seen in place of a connected socket. */
  failure: { expected: string; seen: string };
}

export interface Sight {
  gate: Gate;
  isSilent: boolean;
  isSplit: boolean;
  /** Where a good token is enough: those asked for, or else all that were found. */
  places: Place[];
  /** What came of a try without a token, and of one with a good token in the usual place. */
  without: Outcome;
  withGood: Outcome;
}

const GARBAGE = "abc.def.ghi";
// Who is let in and thrown out again is thrown out within this time: so long a check may take that asks elsewhere.
const GRACE_MS = 500;
// Once a server has been silent, the same silence is waited for no more than this.
const SHORT_MS = 1000;

/** What is known before. */
interface LookOptions {
  /** A good one. */
  token: string;
  /** The places that were given for it; empty: anywhere. */
  wishes: readonly PlaceWish[];
  /** Starts a server that has ended. @throws if nobody can */
  revive: () => Promise<void>;
}

/** @throws what `revive` throws */
export async function look(
  probe: Probe,
  transport: Transport,
  { token, wishes, revive }: LookOptions,
): Promise<Sight> {
  let eye: Eye = { probe, transport, revive, isGraceful: true };
  const without = await attempt(eye, NOTHING);
  if (without.stage === "silent")
    eye = { ...eye, probe: { ...probe, timeoutMs: Math.min(SHORT_MS, probe.timeoutMs) } };
  const everywhere = candidates([]).flat();
  const isJudged = without.stage !== "in" && without.stage !== "ended";
  const garbage = isJudged ? without : await attempt(eye, bring(everywhere, GARBAGE));
  const isSplit = [without, garbage].some(({ stage }) => stage === "split");
  const gate = gateOf(garbage);
  // Where nobody is thrown out again, nobody need wait for it.
  eye = { ...eye, isGraceful: gate === "connection" };
  const seen = { gate, isSilent: garbage.stage === "silent", without };
  if (gate === "nowhere" || isSplit) return { ...seen, isSplit, places: [], withGood: garbage };
  const tries: Outcome[] = [];
  const places = await findPlaces(eye, token, { wishes, tries });
  return {
    ...seen,
    isSplit: tries.some(({ stage }) => stage === "split"),
    places,
    // What a server does differently from a try without a token is the best evidence.
    withGood: tries.find(({ failure }) => failure.seen !== without.failure.seen) ?? without,
  };
}

/** One way of looking. */
interface Eye {
  probe: Probe;
  transport: Transport;
  revive: () => Promise<void>;
  /** Whether a socket that is connected may still be thrown out. */
  isGraceful: boolean;
}

function gateOf({ stage }: Outcome): Gate {
  if (stage === "unopened") return "handshake";
  if (stage === "in") return "nowhere";
  return stage === "thrown out" ? "connection" : "namespace";
}

/** Places that can be tried at once: they are of one kind, and written alike. */
function candidates(wishes: readonly PlaceWish[]): Place[][] {
  const carriers =
    wishes.length === 0 ? CARRIERS : [...new Set(wishes.map(({ carrier }) => carrier))];
  return carriers.flatMap((carrier) =>
    prefixesOf(carrier).map((prefix) => {
      const named = wishes.flatMap((wish) => (wish.carrier === carrier && wish.name) || []);
      const names = named.length > 0 ? named : USUAL_NAMES[carrier];
      return names.map((name): Place => ({ carrier, name, prefix }));
    }),
  );
}

function prefixesOf(carrier: Carrier): string[] {
  if (carrier === "cookie" || carrier === "query") return [""];
  const schemes = ["bearer ", "Bearer "];
  return carrier === "header" ? [...schemes, ""] : ["", ...schemes];
}

/** The first way in which each carrier is enough; cookies and the query only where no other is, since no rule wants them. */
async function findPlaces(
  eye: Eye,
  token: string,
  { wishes, tries }: { wishes: readonly PlaceWish[]; tries: Outcome[] },
): Promise<Place[]> {
  const found: Place[] = [];
  const isEnough = async (places: readonly Place[]): Promise<boolean> => {
    const outcome = await attempt(eye, bring(places, token));
    tries.push(outcome);
    return outcome.stage === "in";
  };
  for (const group of candidates(wishes)) {
    const [{ carrier } = { carrier: "header" as const }] = group;
    const isLast = carrier === "cookie" || carrier === "query";
    if (found.some((place) => place.carrier === carrier)) continue;
    if (isLast && found.length > 0 && wishes.length === 0) continue;
    if (!(await isEnough(group))) continue;
    for (const place of group)
      if (group.length === 1 || (await isEnough([place]))) {
        found.push(place);
        break;
      }
  }
  return found;
}

/** One try. A server that it ended is started again. */
async function attempt(eye: Eye, credential: Credential): Promise<Outcome> {
  const outcome = await tryOnce(eye, credential);
  if (outcome.stage === "in" || !(await hasEnded(eye.probe, outcome.failure))) return outcome;
  await eye.revive();
  return { ...outcome, stage: "ended" };
}

async function hasEnded(probe: Probe, { seen }: Outcome["failure"]): Promise<boolean> {
  if (!/ECONN|closed|ended/.test(seen)) return false;
  const { status } = await sendRequest(probe, { path: probe.target.socketPath });
  return status === 0;
}

/** Opens a session and connects a socket to the main namespace, with the given credential. */
async function tryOnce(
  { probe: given, transport, isGraceful }: Eye,
  { headers, query, auth }: Credential,
): Promise<Outcome> {
  // A server that is silent where it refuses may take its time over a good token: earlier silences do not shorten this try.
  const probe = { ...given, memory: new Map<string, string>() };
  let session: Session;
  try {
    session = await openSession(probe, transport, { headers, query });
  } catch (error) {
    return { stage: "unopened", failure: readFailure(error) };
  }
  const packet = connectPacket(auth);
  try {
    if (transport === "websocket") await session.send(packet);
    else await post(probe, session, packet);
    const answer = await session.next("4");
    if (!answer.startsWith("40"))
      return { stage: "refused", failure: { expected: "CONNECT to be accepted", seen: answer } };
    const isOut = isGraceful && (await isThrownOut(session));
    return {
      stage: isOut ? "thrown out" : "in",
      failure: { expected: "a socket that stays connected", seen: isOut ? "DISCONNECT" : answer },
    };
  } catch (error) {
    const failure = readFailure(error);
    if (/Session ID unknown/.test(failure.seen)) return { stage: "split", failure };
    return { stage: isSilence(failure) ? "silent" : "refused", failure };
  }
}

async function post(probe: Probe, { open }: Session, body: string): Promise<void> {
  const path = enginePath(probe, "polling", `sid=${open.sid}`);
  const answer = await sendRequest(probe, { method: "POST", path, body });
  if (answer.status !== 200) throw new ExpectationFailure("200", describeResponse(answer));
}

async function isThrownOut(session: Session): Promise<boolean> {
  const out = session.next("41").then(
    () => true,
    (error: unknown) => !isSilence(readFailure(error)),
  );
  return Promise.race([out, sleep(GRACE_MS, false)]);
}

/** Whether it is a failure of the target; anything else is a mistake of the suite. */
export function isFailure(error: unknown): error is ExpectationFailure | SyntaxError {
  return error instanceof ExpectationFailure || error instanceof SyntaxError;
}

/** A rate limit says nothing about what was tried: it is thrown on. */
export function readFailure(error: unknown): { expected: string; seen: string } {
  if (!isFailure(error)) throw error;
  if (error instanceof SyntaxError) return { expected: "JSON", seen: error.message };
  if (isRateLimit(error.seen)) throw error;
  return error;
}
