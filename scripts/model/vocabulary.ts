// All choices: module formats, auth modes, transports, clients and tokens. The one place that lists them.

export const VARIANTS = ["cjs", "esm", "ts"] as const;
/** The server in one module format. */
export type Variant = (typeof VARIANTS)[number];

export const AUTH_MODES = ["passport", "manual", "payload", "cookie"] as const;
/** How a variant checks the token: in the header (two ways), in the payload of the CONNECT packet, or in a cookie. */
export type AuthMode = (typeof AUTH_MODES)[number];

export const TRANSPORTS = ["polling", "websocket"] as const;
/** A low-level transport of Engine.IO. @see https://socket.io/docs/v4/how-it-works/ */
export type Transport = (typeof TRANSPORTS)[number];

/** What a server can offer, as it is written in its settings. */
export const TRANSPORT_CHOICES = ["polling,websocket", "websocket", "polling"] as const;

/**
 * By what a load balancer with sticky sessions chooses a server: by the session, for each request; or by the first request of
 * a TCP connection, for all that follow on it.
 */
export const STICKY = ["session", "connection"] as const;
export type Sticky = (typeof STICKY)[number];

/** Who connects. */
export const CLIENTS = ["browser", "node"] as const;
export type Client = (typeof CLIENTS)[number];

/** Where the credential travels. */
export const CREDENTIAL_PLACES = ["header", "payload", "cookie", "none"] as const;

/** The cookie of the variants. */
export const TOKEN_COOKIE = "access_token";

/**
 * Where a page can be that is not of the server's origin. Another port of the same host is another origin and the same site;
 * `localhost` and `127.0.0.1` are two sites.
 */
export const ELSEWHERE = ["another port", "another site"] as const;
export type Elsewhere = (typeof ELSEWHERE)[number];

/** Where the page is that makes attempts in a browser, at the server's origin and at others. */
export const ATTEMPT_PAGE_PATH = "/attempt.html";

export interface User {
  id: number;
  username: string;
}

/**
 * The tokens that an attempt can name: a good one, and one for each way in which a token can be wrong. Each has a sentence
 * for the person who chooses.
 */
export const TOKENS = {
  valid: "Correctly signed, not expired, for the demo server, user john (id 1).",
  "other-user": "As valid, but for the user jane (id 2).",
  expired: "Expired an hour ago.",
  "not-yet-valid": "Not valid for another hour.",
  "wrong-issuer": "From another issuer.",
  "wrong-audience": "For another audience.",
  "other-secret": "Signed with another secret than the demo server's.",
  "other-algorithm": "Signed with the demo server's secret, but with HS384 instead of HS256.",
  unsigned: 'Says "alg": "none" and has no signature.',
  "no-user": 'Signed, but without the "data" claim that holds the user.',
  "no-expiry": 'Signed, but without "exp", so it would never expire.',
  tampered: "A valid token whose user was changed afterwards.",
  moderator: 'As valid, but for jane, with the right "moderation" in the claim "scope".',
  "head-moderator": 'As moderator, with the right "disconnect" as well.',
  garbage: "Not a token, just a word.",
  none: "There is no token.",
} as const;

export type TokenName = keyof typeof TOKENS;

export const TOKEN_NAMES = Object.keys(TOKENS) as [TokenName, ...TokenName[]];
