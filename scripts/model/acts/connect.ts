// A client opens a connection, and is connected or refused.
import * as v from "valibot";
import {
  actToken,
  connectionName,
  durationMs,
  scheme,
  clientText,
  tokenName,
  transports,
  unanswered,
  user,
  whole,
} from "../schema-pieces.ts";
import { CREDENTIAL_PLACES, ELSEWHERE, TRANSPORTS } from "../vocabulary.ts";

const withoutToken = v.picklist(["go on", "stop"]);
const freshToken = v.strictObject({ freshToken: tokenName });

export const connectAct = v.strictObject({
  do: v.literal("connect"),
  as: connectionName,
  /** A page that is not of the server's origin; Node only says that it is one. No later act can use the connection. */
  from: v.exactOptional(v.picklist(ELSEWHERE)),
  /** Left out: the main one, `/`. */
  namespace: v.exactOptional(
    v.pipe(v.string(), v.regex(/^\/[a-z]+$/, "a slash and a lower-case word")),
  ),
  /**
   * The name of a connection whose Manager it uses, as `io` does for another namespace: the session of that, or a new one if it
   * has ended. Left out: a Manager of its own.
   */
  over: v.exactOptional(connectionName),
  transports: v.optional(transports, ["polling", "websocket"]),
  tryAllTransports: v.optional(v.boolean(), false),
  /** Only a lesson sends a token in the query: a person should not try that place. */
  credential: v.optional(v.picklist([...CREDENTIAL_PLACES, "query"]), "header"),
  /**
   * What the option `auth` is given, if the token of a later `renew` is only stored: an object that holds the first one, or a
   * function that finds the one of now, at once or after the session has opened and the client has asked for its first packets.
   * Left out, `renew` assigns `socket.auth`.
   */
  authOption: v.exactOptional(v.picklist(["object", "function", "async function"])),
  /** The auth-scheme in the header, as it is spelled: `bearer`, `Bearer`, … (RFC 9110 §11.1). */
  scheme: v.optional(scheme, "bearer"),
  token: v.optional(actToken, "valid"),
  /**
   * What the app does after a refusal because of the token: nothing, so that the client goes on as it would; stops the client;
   * or gives it a fresh token, once. Left out, the first answer is the outcome.
   */
  afterRefusal: v.exactOptional(
    v.lazy((input) => (typeof input === "object" ? freshToken : withoutToken)),
  ),
});

/** With `afterRefusal` only. */
const counts = {
  /** How many connections the client tried. */
  tried: v.optional(whole),
  /** How many fresh tokens the app has asked for. */
  freshTokens: v.optional(whole),
  /** How many events `socket.onAny` has seen. */
  seenByOnAny: v.optional(whole),
};

const transport = v.picklist(TRANSPORTS);

const connected = v.strictObject({
  result: v.literal("connected"),
  /** What `whoami` answered; undefined if the server did not answer it with a user. */
  user: v.optional(user),
  /** The transport when the session opened. */
  firstTransport: transport,
  /** The transport once an upgrade was made, or has failed, or was not on offer. */
  lastTransport: transport,
  ...counts,
  /** Until the client was connected. */
  durationMs,
});

const refused = v.strictObject({
  result: v.literal("refused"),
  /**
   * The handshake (Engine.IO, before a session opens), the session (Engine.IO, a later request of it) or the namespace
   * (Socket.IO, `io.use`).
   */
  refusedBy: v.picklist(["handshake", "session", "namespace"]),
  /** The message of `connect_error`. */
  message: clientText,
  /** What else the client's own error says: on polling the HTTP status, in Node's websocket words such as "socket hang up". */
  description: v.optional(v.union([clientText, v.number()])),
  /** The HTTP status, where the client sees one. */
  status: v.optional(v.number()),
  /** The body of the HTTP answer, where the client was given it: the value, where it is JSON, else its text. */
  body: v.optional(v.unknown()),
  /** The error's `data`, where the namespace sent some. */
  data: v.optional(v.unknown()),
  /** Whether the client tries again automatically (`socket.active`). */
  willRetry: v.boolean(),
  ...counts,
  durationMs,
});

export const connectOutcomes = [connected, refused, unanswered] as const;
export type Refused = v.InferOutput<typeof refused>;
