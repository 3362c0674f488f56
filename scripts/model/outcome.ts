// What a client experienced.
import type { Transport, User } from "./vocabulary.ts";

/** A wait was given up: what is missing may have been on its way, if the client itself got to run late. */
export interface CutShort {
  /** How late its own timers were, at most. */
  lateMs: number;
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
  /** Something did not come in time: an upgrade, an acknowledgement. */
  cutShort?: CutShort;
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
  /** Undefined where the connection ended. */
  cutShort?: CutShort;
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
