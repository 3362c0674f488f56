// One try to connect, and what the client experienced. This file runs in Node and in the page alike: no import of node:*.
import { type Connection, type Connector, openConnection } from "./connection.ts";
import type { Transport } from "../variants/variants.ts";

/** Where the credential of an attempt travels. */
export type CredentialPlace = "header" | "payload" | "none";

/** What a client is told to do. Everything in it is plain data, so that it can be sent to a page. */
export interface Attempt {
  /** `http://host:port`, without a path. */
  origin: string;
  /** The path of Socket.IO at that origin, for example `/attempt/a1/socket.io/`. */
  path: string;
  transports: Transport[];
  tryAllTransports: boolean;
  credential: CredentialPlace;
  /** The auth-scheme in the header, as it is spelled: `bearer`, `Bearer`, … (RFC 9110 §11.1). */
  scheme: string;
  /** The token of the connection; undefined where there is none. */
  token: string | undefined;
  /** Tokens of further connections that this client opens first, with the same options ("other tabs"). */
  otherTokens: string[];
  /** Events that the (last opened) connection sends once all are connected, each with an acknowledgement. */
  events: { name: string; args: unknown[] }[];
  /** How long to wait for an outcome. */
  timeoutMs: number;
}

/** A plain HTTP request that a client is told to make. */
export interface AttemptRequest {
  /** `http://host:port`, without a path. */
  origin: string;
  /** Path and query at that origin, for example `/attempt/a1/self`. */
  path: string;
  method: "GET" | "POST";
  /** Sent as JSON; undefined for none. */
  body: unknown;
  /** A request has no payload of its own kind: only `header` sends the token. */
  credential: CredentialPlace;
  scheme: string;
  token: string | undefined;
  timeoutMs: number;
}

export interface User {
  id: number;
  username: string;
}

export interface Connected {
  result: "connected";
  /** What `whoami` answered; undefined if the server did not answer it with a user. */
  user: User | undefined;
  /** The transport when the session opened. */
  firstTransport: Transport;
  /** The transport once an upgrade was made, or has failed, or was not on offer. */
  lastTransport: Transport;
  /** What was acknowledged, one for each of `events`; null where nothing was. */
  replies: unknown[];
  /** The events each connection received, `otherTokens` first: `[name, ...args]`. */
  received: unknown[][][];
  /** From the first byte until the client was connected. */
  durationMs: number;
}

export interface Refused {
  result: "refused";
  /** Who refused: the handshake (Engine.IO, before a session opens) or the namespace (Socket.IO, `io.use`). */
  refusedBy: "handshake" | "namespace";
  /** `connect_error`'s own message. */
  message: string;
  /** What else the client's own error says: on polling the HTTP status, in Node's websocket words such as "socket hang up". */
  description: string | number | undefined;
  /** The HTTP status, where the client was told one. */
  status: number | undefined;
  /** The body of the HTTP answer, where the client was given it. */
  body: string | undefined;
  /** The error's `data`, where the namespace sent some. */
  data: unknown;
  /** Whether the client will go on trying by itself (`socket.active`). */
  willRetry: boolean;
  durationMs: number;
}

/** Nothing came within `timeoutMs`: neither a connection nor a refusal; or a request's connection ended without an answer. */
export interface Unanswered {
  result: "unanswered";
  durationMs: number;
}

/** What a plain HTTP request was answered. */
export interface Answered {
  result: "answered";
  status: number;
  /** `WWW-Authenticate` (RFC 9110 §11.6.1). */
  challenge: string | undefined;
  /** The value, where the body is JSON, else its text. */
  body: unknown;
  durationMs: number;
}

/** What the client experienced. */
export type Outcome = Connected | Refused | Unanswered;

/**
 * Makes the attempt with connections of its own, and closes them whatever comes of it.
 * @param connect `io` of socket.io-client
 * @returns the outcome of the last opened connection; that of another one, should it not connect
 */
export async function makeAttempt(connect: Connector, attempt: Attempt): Promise<Outcome> {
  const deadline = performance.now() + attempt.timeoutMs;
  const connections: Connection[] = [];
  try {
    for (const token of [...attempt.otherTokens, attempt.token]) {
      const connection = openConnection(connect, { ...attempt, token }, deadline);
      connections.push(connection);
      const failure = await connection.opened;
      if (failure !== undefined) return failure;
    }
    return await use(connections, attempt.events);
  } finally {
    for (const connection of connections) connection.close();
  }
}

/** Asks who this is, sends the events, and collects what all connections received. */
async function use(connections: Connection[], events: Attempt["events"]): Promise<Connected> {
  const last = connections.at(-1)!;
  // Asked at once, as an app would: with nothing to say, Engine.IO 6.6 lets an upgrade wait 100 ms for the poll under way.
  const [answer, lastTransport] = await Promise.all([last.ask("whoami"), last.settledTransport()]);
  const user = readUser(answer);
  const replies: unknown[] = [];
  for (const { name, args } of events) replies.push((await last.ask(name, ...args)) ?? null);
  // What a server sends to one connection arrives in order: with this answer, all that it sent before is here.
  if (events.length > 0) await Promise.all(connections.map((each) => each.ask("whoami")));
  const { firstTransport, durationMs } = last;
  const received = connections.map((each) => [...each.received]);
  return {
    result: "connected",
    user,
    firstTransport,
    lastTransport,
    replies,
    received,
    durationMs,
  };
}

function readUser(reply: unknown): User | undefined {
  const { id, username } = (reply ?? {}) as Partial<User>;
  return typeof id === "number" && typeof username === "string" ? { id, username } : undefined;
}
