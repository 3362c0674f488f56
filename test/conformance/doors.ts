// The places where a target judges a credential, and one way to knock at all of them.
import {
  bearerHeader,
  connect,
  connectOn,
  goodToken,
  openAuthorized,
  placeToken,
  settle,
  settleOrEnd,
  usualPlace,
  usualTransport,
} from "./connection.ts";
import { ExpectationFailure, expectThat } from "./expectation.ts";
import { isRateLimit } from "./obstacles.ts";
import { type Credential, isBearer, NOTHING, type Place } from "./place.ts";
import { isSilence, type Probe } from "./probe.ts";
import {
  connectPacket,
  enginePath,
  readOpenPacket,
  type Session,
  type Transport,
} from "./raw-engine.ts";
import {
  describeResponse,
  type Headers,
  type RawResponse,
  sendRequest,
  UPGRADE_HEADERS,
} from "./raw-http.ts";
import { openSession } from "./raw-session.ts";
import type { Target } from "./target.ts";

/** A place where a token is judged: at the self path, before a session opens, or when a socket connects. */
export interface Door {
  /** For reports. */
  name: string;
  kind: "self" | "handshake" | "connect";
  transport: Transport;
  /** Where this door takes the token from; undefined at a self path that takes it from the header. */
  place?: Place;
}

/** What a door answered. */
export interface Verdict {
  door: Door;
  isAccepted: boolean;
  /** The answer in one line. */
  answer: string;
  /** How an HTTP door refused. */
  response?: RawResponse;
  /** The data of CONNECT_ERROR, where a socket was refused in words. */
  connectError?: { message?: unknown; data?: unknown };
}

/** What somebody brings to a door; the payload of CONNECT as it is, if it is a text. */
export type Brought = { headers?: Headers; query?: string; auth?: Credential["auth"] | string };

/** All doors of a target. */
export function allDoors(target: Target): Door[] {
  const transport = usualTransport(target);
  const self: Door[] = target.claims.has("self") ? [{ name: "self", kind: "self", transport }] : [];
  const cookie = target.places.find(({ carrier }) => carrier === "cookie");
  if (target.claims.has("self-cookie") && cookie !== undefined)
    self.push({ name: "self", kind: "self", transport, place: cookie });
  const transports = (["polling", "websocket"] as const).filter((one) => target.claims.has(one));
  return [
    ...self,
    ...target.places.flatMap((place): Door[] =>
      target.gate === "handshake"
        ? transports.map((one) => ({ name: one, kind: "handshake", transport: one, place }))
        : [{ name: nameOf(place), kind: "connect", transport, place }],
    ),
  ];
}

function nameOf({ carrier }: Place): string {
  return carrier === "payload" ? "payload" : `CONNECT with a ${carrier}`;
}

/** The doors that read a bearer token in the Authorization header. */
export function headerDoors(target: Target): Door[] {
  return allDoors(target).filter(({ kind, place }) =>
    place === undefined ? kind === "self" : isBearer(place),
  );
}

/** The doors that answer by HTTP, to what a bearer token in the header is, or is not. */
export function httpDoors(target: Target): Door[] {
  return headerDoors(target).filter(({ kind }) => kind !== "connect");
}

/** Brings anything to a door. */
export function knock(probe: Probe, door: Door, brought: Brought): Promise<Verdict> {
  return door.kind === "connect"
    ? knockAtConnect(probe, door, brought)
    : knockByHttp(probe, door, brought);
}

async function knockByHttp(
  probe: Probe,
  door: Door,
  { headers = {}, query = "" }: Brought,
): Promise<Verdict> {
  const { selfPath } = probe.target;
  const isSelf = door.kind === "self";
  const isUpgrade = !isSelf && door.transport === "websocket";
  const response = await sendRequest(probe, {
    path: isSelf ? `${selfPath}${query && `?${query}`}` : enginePath(probe, door.transport, query),
    headers: isUpgrade ? { ...headers, ...UPGRADE_HEADERS } : headers,
  });
  const isAccepted = isSelf
    ? response.status === 200
    : isUpgrade
      ? response.status === 101
      : readOpenPacket(response) !== undefined;
  return { door, isAccepted, answer: describeResponse(response), response };
}

const NEVER_ANSWERED =
  "Answer each CONNECT: let a middleware call next(new Error(…)) wherever it does not let a socket in, also where something throws in it or in the handler of the connection.";

/** A socket that is not connected in the end is refused, however the server does that. */
async function knockAtConnect(
  probe: Probe,
  door: Door,
  { headers = {}, query = "", auth = {} }: Brought,
): Promise<Verdict> {
  const refused = (answer: string): Verdict => ({ door, isAccepted: false, answer });
  let session: Session;
  try {
    session = await openSession(probe, door.transport, { headers, query });
  } catch (error) {
    if (!(error instanceof ExpectationFailure) || isNoAnswer(error)) throw error;
    return refused(error.seen);
  }
  try {
    await session.send(connectPacket(auth));
    if (probe.target.isSilent && !(await isAnswered(probe, session))) return refused("nothing");
    const answer = await session.next("4");
    if (answer.startsWith("44"))
      return { ...refused(answer), connectError: JSON.parse(answer.slice(2)) as object };
    if (!answer.startsWith("40")) return refused(answer);
    const isAccepted = probe.target.gate !== "connection" || (await isLeftIn(probe, session));
    return { door, isAccepted, answer: isAccepted ? answer : `${answer}, and then DISCONNECT` };
  } catch (error) {
    if (!(error instanceof ExpectationFailure) || isRateLimit(error.seen)) throw error;
    if (!isSilence(error)) return refused(error.seen);
    throw new ExpectationFailure("an answer to CONNECT", error.seen, NEVER_ANSWERED);
  }
}

/** Whether a target that does not answer a bad CONNECT answered this one: somebody who came later with a good token is connected by then. */
async function isAnswered(probe: Probe, session: Session): Promise<boolean> {
  await connect(probe);
  await settle({ session });
  return session.inbox.some((packet) => /^4[04]/.test(packet));
}

function isNoAnswer(failure: ExpectationFailure): boolean {
  return isSilence(failure) || isRateLimit(failure.seen);
}

/**
 * Whether a target that disconnects whom it does not want has left a socket in. Nothing shows that directly: but somebody who came
 * later with a forged token has been thrown out by then.
 */
async function isLeftIn(probe: Probe, session: Session): Promise<boolean> {
  const good = await goodToken(probe);
  const last = good.at(-10) === "A" ? "B" : "A";
  const token = `${good.slice(0, -10)}${last}${good.slice(-9)}`;
  const other = await openAuthorized(probe, { token });
  await connectOn(other, placeToken(probe.target, token).auth);
  await untilThrownOut(other);
  return (await settleOrEnd({ session })) && !session.inbox.some(isDisconnect);
}

/** Of the main namespace. Socket.IO for Python puts a reason into it, against the protocol. */
function isDisconnect(packet: string): boolean {
  return packet.startsWith("41") && !packet.startsWith("41/");
}

async function untilThrownOut(session: Session): Promise<void> {
  try {
    await session.next("41");
  } catch (error) {
    // It may as well end the session.
    if (!(error instanceof ExpectationFailure) || isNoAnswer(error)) throw error;
  }
}

/** Brings any payload to CONNECT, on a session without a credential unless the headers have one. */
export function knockWithPayload(
  probe: Probe,
  payload: string,
  headers: Headers = {},
): Promise<Verdict> {
  const place = probe.target.places.find(({ carrier }) => carrier === "payload");
  const transport = usualTransport(probe.target);
  const door: Door = { name: "payload", kind: "connect", transport, ...(place && { place }) };
  return knock(probe, door, { headers, auth: payload });
}

/** What brings a token to a door, where that door expects it. */
function credentialFor({ target }: Probe, { place }: Door, token: string): Credential {
  return place === undefined
    ? { ...NOTHING, headers: bearerHeader(target, token) }
    : placeToken(target, token, place);
}

/** Brings a token to a door, where that door expects it. */
export function knockWithToken(probe: Probe, door: Door, token: string): Promise<Verdict> {
  return knock(probe, door, credentialFor(probe, door, token));
}

/**
 * Who the target says the bearer of a token is: the body of self, or the acknowledgement of whoami.
 * @throws ExpectationFailure if the door refuses the token
 */
export async function identify(probe: Probe, door: Door, token: string): Promise<unknown> {
  if (door.kind === "self") {
    const { isAccepted, answer, response } = await knockWithToken(probe, door, token);
    expectThat(isAccepted && response !== undefined, "self accepts the token", answer);
    return JSON.parse(response.body);
  }
  const { transport, place = usualPlace(probe.target) } = door;
  const connection = await connect(probe, { transport, token, ...(place && { place }) });
  return connection.ask("whoami");
}
