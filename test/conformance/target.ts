// What the suite knows of a server: where it is, how to get or make tokens for it, and what it claims to support.
import type { KeyObject } from "node:crypto";
import type { Carrier, Place } from "./place.ts";
import type { KeyAlgorithm } from "./signer.ts";

/** What a target can claim, and what the cases then take for granted. */
export const CLAIMABLE = {
  login: "POST to the login path answers { token } for the credentials",
  self: "GET of the self path answers the user of a bearer token in the header",
  "login-cookie": "POST to the login path sets the token as a cookie",
  refresh:
    "the login gives a refresh token as well, and POST to the refresh path takes it for a new pair, as the login gave it: in JSON or in a cookie",
  "self-cookie": "GET of the self path answers the user of the token in the cookie",
  page: "GET / sends a page",
  header: "the token travels in the Authorization header of the handshake",
  payload: "the token travels in the payload of CONNECT, { token }",
  cookie: "the token travels in a cookie",
  query: "the token travels in the query of the handshake",
  polling: "sessions open by HTTP long-polling",
  websocket: "sessions open by WebSocket",
  "same-origin": "pages of other origins cannot read what the server answers",
  "checks-origin": "no session opens for a page of another origin, not by WebSocket either",
  "tls-proxy": "a page of its own host connects over TLS as well, as through a proxy that adds it",
  "safe-headers":
    "answers that are not Socket.IO's have X-Content-Type-Options: nosniff and Referrer-Policy: no-referrer",
  "data-claim": "the user is the claim data, { id, username }, and its shape is checked",
  "no-leeway": "a token counts until the second of its exp, and not longer",
  "checks-typ": "a token whose header has another typ than JWT is refused",
  "ends-with-token": "a session connects no further socket once its token has expired",
  "ends-socket": "a socket is ended when its token expires, within two seconds",
  "ends-session": "its session is closed as well when a socket is ended because its token expired",
  "tells-expiry": "the event tokenExpired comes when the token of a socket expires",
  "uniform-errors": "errors are JSON, and a bad token is refused with the same one, for any reason",
  "exact-names": "a user name must match exactly, capitals and spaces included",
  "login-limit":
    "the login answers 429 to a user name after at most 100 wrong passwords, other names from the same address log in, and a login that succeeds starts the count again",
  "error-codes":
    "CONNECT_ERROR has a code of RFC 6750 §3.1 in data.error, and a message of its own for an expired token",
  "no-store": "no cache may keep who the user is, or a refusal",
  "small-limits": "a login of 5,000 bytes is too large, and so is a message of 100 kB",
  "message-limit": "a client that sends 2,000 messages at once is ended, or not all are answered",
  "unread-limit": "a client that fetches nothing is ended before ten megabytes wait for it",
  whoami: "the event whoami is acknowledged with { id, username }",
  "user-rooms": "the events isConnected, listConnected and sendNote, and the event note",
  rights:
    "the namespace /moderation needs moderation in the claim scope, and its event disconnectUser disconnect as well",
  revocation:
    "POST /logout ends the login of its token, and all of the user with { everywhere: true }; the event loggedOut comes before",
  nodes:
    "several servers share their users: events and rights of one reach those who are connected to another",
} as const;

/** What follows from the rest, and is never claimed. */
type Implied =
  // self or header
  | "bearer"
  // login or login-cookie
  | "gives-token"
  // where a token is judged: before a session opens, when a socket connects, or anywhere at all
  | "checks-handshake"
  | "checks-connect"
  | "checks-namespace"
  | "checks-token"
  // the token travels neither in a cookie nor in the query
  | "no-cookie"
  | "no-query"
  // a socket is refused in words, before it is connected
  | "answers-refusal"
  // polling, also where it is of no use, since each request reaches another server
  | "polling-offered"
  // a secret or a private key was given, so that the suite can make tokens
  | "mint"
  | "secret"
  // a private key of RSA was given
  | "rsa-key"
  // a public key was given, or follows from the private one
  | "public-key"
  | "issuer"
  | "audience"
  // the claims that name the user were given
  | "user-claims"
  // the target's own events, or namespaces, were named
  | "events"
  | "namespaces"
  // pages of other origins that may connect were named
  | "origins"
  // it was said how long a session may wait for its first socket
  | "connect-timeout"
  // polling and websocket
  | "upgrade"
  | "websocket-only"
  // the addresses of several servers were given
  | "node-addresses"
  // each request of a session reaches the same server
  | "one-server"
  | "payload-only"
  | "cookie-only";

export type Capability = keyof typeof CLAIMABLE | Implied;

/** How the scheme is written. The usual one first: a server that follows the published guide knows no other. */
export const SCHEMES = ["bearer", "Bearer"] as const;
export type Scheme = (typeof SCHEMES)[number];

export interface User {
  id: number;
  username: string;
}

/**
 * Where a target judges a token: before it opens a session, before it connects the socket, after it has connected the socket,
 * or never.
 */
export type Gate = "handshake" | "namespace" | "connection" | "nowhere";

/** Where a token travels, with the usual names if none is given. */
export interface PlaceWish {
  carrier: Carrier;
  name?: string;
}

/** Any server that the suite can test. */
export interface Target {
  /** `http://host:port` or `https://host:port`, without a path. */
  url: string;
  /** Where Socket.IO listens, with a slash at both ends. */
  socketPath: string;
  loginPath: string;
  selfPath: string;
  refreshPath: string;
  /** For the login. */
  credentials: { username: string; password: string } | undefined;
  /** What is posted to the login path: the texts {username} and {password} stand for the credentials. */
  loginBody: Record<string, unknown>;
  /** Where the token stands in the answer of the login, with dots between; undefined: in one of the usual fields. */
  tokenField: string | undefined;
  /** The HS256 secret, to make tokens with. */
  secret: string | undefined;
  /** To make tokens with, in place of a secret. */
  privateKey: KeyObject | undefined;
  /** How tokens are signed; there is one wherever there is a key. */
  algorithm: KeyAlgorithm | undefined;
  /** What its tokens are checked with, if that is not a secret. */
  publicKey: KeyObject | undefined;
  /** The file that the public key was read from, as it is. */
  publicKeyText: string | undefined;
  /** By what name it finds its key or its secret, if the header of a token must tell that. */
  keyId: string | undefined;
  /** A good token, for a target whose tokens the suite can neither make nor fetch. */
  token: string | undefined;
  issuer: string | undefined;
  audience: string | undefined;
  /** The claims that say who the user is, each needed; undefined: the claim `data`, as in the guide. */
  userClaims: Record<string, unknown> | undefined;
  /** Where a person says that the token travels; empty: that is looked for. */
  wishes: readonly PlaceWish[];
  /** Where it takes a token from; each place is enough alone. */
  places: readonly Place[];
  gate: Gate;
  /** It refuses a socket by not answering. */
  isSilent: boolean;
  /** Several servers answer at its address, and a session is known to one of them. */
  isSplit: boolean;
  /** The spelling of the scheme in the Authorization header, for all cases but those that are about it. */
  scheme: Scheme;
  /** The addresses of its servers; empty where it has one, or where all stand behind its own address. */
  nodes: readonly string[];
  /** Its own events, which clients may send to the main namespace. */
  events: readonly string[];
  /** Of pages that may connect besides the server's own. */
  origins: readonly string[];
  /** Other namespaces than the main one, in which a token is needed as well. */
  namespaces: readonly string[];
  /** How long a session may wait for its first socket; undefined: that is not tested. */
  connectTimeoutMs: number | undefined;
  claims: ReadonlySet<Capability>;
}

/** What of a target has a default. */
export const TARGET_DEFAULTS = {
  socketPath: "/socket.io/",
  loginPath: "/login",
  selfPath: "/self",
  refreshPath: "/refresh",
  credentials: undefined,
  loginBody: { username: "{username}", password: "{password}" },
  tokenField: undefined,
  secret: undefined,
  privateKey: undefined,
  algorithm: undefined,
  publicKey: undefined,
  publicKeyText: undefined,
  keyId: undefined,
  token: undefined,
  issuer: undefined,
  audience: undefined,
  userClaims: undefined,
  wishes: [],
  places: [],
  gate: "nowhere",
  isSilent: false,
  isSplit: false,
  scheme: SCHEMES[0],
  nodes: [],
  events: [],
  namespaces: [],
  origins: [],
  connectTimeoutMs: undefined,
} satisfies Partial<Target>;

/** Adds to what a target claims what follows from it. */
export function withImplied(target: Target): Target {
  const claims = new Set(target.claims);
  const has = (name: Capability): boolean => target.claims.has(name);
  const implied: Record<Implied, boolean> = {
    bearer: has("self") || has("header"),
    "gives-token": has("login") || has("login-cookie"),
    "checks-handshake": target.gate === "handshake",
    "checks-connect": target.gate === "namespace" || target.gate === "connection",
    "checks-namespace": target.gate === "namespace",
    "checks-token": has("self") || has("self-cookie") || target.gate !== "nowhere",
    "no-cookie": !has("cookie"),
    "no-query": !has("query"),
    "answers-refusal": target.gate === "namespace" && !target.isSilent,
    "polling-offered": has("polling") || target.isSplit,
    mint: target.secret !== undefined || target.privateKey !== undefined,
    secret: target.secret !== undefined,
    "rsa-key": target.privateKey?.asymmetricKeyType === "rsa",
    "public-key": target.publicKey !== undefined,
    issuer: target.issuer !== undefined,
    audience: target.audience !== undefined,
    "user-claims": Object.keys(target.userClaims ?? {}).length > 0,
    events: target.events.length > 0,
    namespaces: target.namespaces.length > 0,
    origins: target.origins.length > 0,
    "connect-timeout": target.connectTimeoutMs !== undefined,
    upgrade: has("polling") && has("websocket"),
    "node-addresses": target.nodes.length > 1,
    "one-server": !target.isSplit,
    "websocket-only": has("websocket") && !has("polling") && !target.isSplit,
    "payload-only": has("payload") && target.places.every(({ carrier }) => carrier === "payload"),
    "cookie-only": has("cookie") && target.places.every(({ carrier }) => carrier === "cookie"),
  };
  for (const name of Object.keys(implied) as Implied[]) {
    if (implied[name]) claims.add(name);
    else claims.delete(name);
  }
  return { ...target, claims };
}
