// A connected socket by hand: CONNECT with a good token, events, acknowledgements.
import { ExpectationFailure } from "./expectation.ts";
import { fetchToken } from "./login.ts";
import { bring, type Credential, NOTHING, type Place } from "./place.ts";
import { mintToken, type Probe } from "./probe.ts";
import { connectPacket, type Session, type SessionOptions, type Transport } from "./raw-engine.ts";
import type { Headers } from "./raw-http.ts";
import { openSession } from "./raw-session.ts";
import type { Target, User } from "./target.ts";

export interface Connection {
  session: Session;
  /** The id that the server calls this socket by, in the answer to CONNECT. */
  socketId: string;
  /** By which the session of the socket could be recovered, if the server can do that. */
  privateId: string | undefined;
  /** Sends an event, and does not ask for an acknowledgement. */
  emit: (event: string, ...args: unknown[]) => Promise<void>;
  /** Sends an event, and waits for its acknowledgement. */
  ask: (event: string, ...args: unknown[]) => Promise<unknown>;
}

interface ConnectOptions extends SessionOptions {
  transport?: Transport;
  /** Whose token to make; a new user if left out. */
  user?: User;
  /** A token to use as it is. */
  token?: string;
  /** Where the token travels, if not in the usual place. */
  place?: Place;
  /** Further members of the payload of CONNECT. */
  auth?: Record<string, unknown>;
}

/** The transport that a case takes where either will do. */
export function usualTransport(target: Target): Transport {
  return target.claims.has("websocket") ? "websocket" : "polling";
}

/** A good token: made with the secret, or the one that was given, or fetched with the login. */
export async function goodToken(probe: Probe, user?: User): Promise<string> {
  if (probe.target.claims.has("mint")) return mintToken(probe, user);
  return probe.target.token ?? (await fetchToken(probe)).token;
}

/**
 * The header with a token, or with something else. RFC 9110 §11.1 has the scheme case-insensitive, but many a server compares
 * it exactly: the header cases are there to say so, and no other case should.
 */
export function bearerHeader(
  { scheme }: Pick<Target, "scheme">,
  token: string,
): { Authorization: string } {
  return { Authorization: `${scheme} ${token}` };
}

/** The place that a case takes where any will do; a target that looks nowhere has none. */
export function usualPlace({ places }: Pick<Target, "places">): Place | undefined {
  return places[0];
}

/** What a client brings along, for this target. */
export function placeToken(target: Target, token: string, place = usualPlace(target)): Credential {
  return place === undefined ? NOTHING : bring([place], token);
}

/** Opens a session that CONNECT has not been sent on. */
export async function openAuthorized(probe: Probe, options: ConnectOptions = {}): Promise<Session> {
  const { transport = usualTransport(probe.target), token = await goodToken(probe, options.user) } =
    options;
  const { headers, query } = placeToken(probe.target, token, options.place);
  const whole = [query, options.query].filter(Boolean).join("&");
  return openSession(probe, transport, {
    ...options,
    headers: { ...headers, ...options.headers, ...bothCookies(headers, options.headers) },
    query: whole,
  });
}

/** A request has one header of that name (RFC 6265 §5.4). */
function bothCookies(...all: (Headers | undefined)[]): Headers {
  const cookies = all.flatMap((headers) => headers?.["Cookie"] ?? []);
  return cookies.length > 1 ? { Cookie: cookies.join("; ") } : {};
}

/** Connects a socket to the main namespace. @throws ExpectationFailure if the server refuses */
export async function connect(probe: Probe, options: ConnectOptions = {}): Promise<Connection> {
  const token = options.token ?? (await goodToken(probe, options.user));
  const session = await openAuthorized(probe, { ...options, token });
  const auth = { ...placeToken(probe.target, token, options.place).auth, ...options.auth };
  return connectOn(session, auth);
}

/**
 * Sends CONNECT on a session and waits until the server has connected the socket.
 * @param namespace a name such as `/admin`; the main one if left out
 */
export async function connectOn(
  session: Session,
  auth: Record<string, unknown> = {},
  namespace?: string,
): Promise<Connection> {
  const at = namespace === undefined ? "" : `${namespace},`;
  await session.send(`40${at}${connectPacket(auth).slice(2)}`);
  const answer = await session.next("4");
  if (!answer.startsWith("40")) throw new ExpectationFailure("CONNECT to be accepted", answer);
  const { sid, pid } = JSON.parse(answer.slice(2 + at.length)) as { sid: string; pid?: string };
  let lastId = 0;
  return {
    session,
    socketId: sid,
    privateId: pid,
    emit: (...event) => session.send(`42${at}${JSON.stringify(event)}`),
    async ask(...event) {
      lastId += 1;
      await session.send(`42${at}${lastId}${JSON.stringify(event)}`);
      const reply = await session.next(`43${at}${lastId}[`);
      return (JSON.parse(reply.slice(reply.indexOf("["))) as unknown[])[0];
    },
  };
}

/**
 * Waits until the server has dealt with all that was sent on a session before. A namespace that does not exist is
 * refused at once, by every server and without any handler; the second one is needed because a server may
 * answer the first before it has dealt with events that came in the same piece of data.
 * @throws ExpectationFailure if the session has ended
 */
export async function settle({ session }: { session: Session }): Promise<void> {
  for (const name of ["/no-such-namespace", "/no-such-namespace-either"]) {
    await session.send(`40${name},`);
    await session.next(`44${name},`);
  }
}

/**
 * Settles a session that the server may have ended.
 * @returns whether it goes on
 * @throws ExpectationFailure if the server does not answer
 */
export async function settleOrEnd(connection: Pick<Connection, "session">): Promise<boolean> {
  try {
    await settle(connection);
    return true;
  } catch (error) {
    const hasEnded = error instanceof ExpectationFailure && /session ended|closed/.test(error.seen);
    if (!hasEnded) throw error;
    return false;
  }
}

/**
 * Does what may end the session that it is done on, and must end no other: a server that crashes and is started again at
 * once answers as if nothing had been.
 * @throws ExpectationFailure if the session of another client has ended
 */
export async function besideAnother(probe: Probe, act: () => Promise<unknown>): Promise<void> {
  const other = await connect(probe);
  await act();
  try {
    await settle(other);
  } catch (error) {
    if (!(error instanceof ExpectationFailure)) throw error;
    throw new ExpectationFailure("the session of another client goes on", error.seen);
  }
}

/** Disconnects a socket, and waits until the server has taken note. */
export async function leave(connection: Pick<Connection, "session">): Promise<void> {
  await connection.session.send("41");
  await settle(connection);
}
