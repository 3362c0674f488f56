// What there is to choose from: module formats, auth modes, transports, clients and tokens. The one place that lists them.

export const VARIANTS = ["cjs", "esm", "ts"] as const;
/** The server in one module format. */
export type Variant = (typeof VARIANTS)[number];

export const AUTH_MODES = ["passport", "manual", "payload"] as const;
/** How a variant checks the token: in the header (two ways), or in the payload of the CONNECT packet. */
export type AuthMode = (typeof AUTH_MODES)[number];

export const TRANSPORTS = ["polling", "websocket"] as const;
/** A low-level transport of Engine.IO. @see https://socket.io/docs/v4/how-it-works/ */
export type Transport = (typeof TRANSPORTS)[number];

/** What a server can offer, as it is written in its settings. */
export const TRANSPORT_CHOICES = ["polling,websocket", "websocket", "polling"] as const;

/** Who connects. */
export const CLIENTS = ["browser", "node"] as const;
export type Client = (typeof CLIENTS)[number];

/** Where the credential travels. */
export const CREDENTIAL_PLACES = ["header", "payload", "none"] as const;

export interface User {
  id: number;
  username: string;
}

/**
 * The tokens that an attempt can name: a good one, and one for each way in which a token can be wrong. Each has a sentence
 * for the person who chooses.
 */
export const TOKENS = {
  valid: "Signed, in time, for this server, and for the user john (1).",
  "other-user": "As good as a valid one, for the user jane (2).",
  expired: "Ended an hour ago.",
  "not-yet-valid": "Begins in an hour.",
  "wrong-issuer": "Issued by somebody else.",
  "wrong-audience": "Issued for another site.",
  "other-secret": "Signed with a secret that is not the server's.",
  "other-algorithm": "Signed with the server's secret, by HS384 instead of HS256.",
  unsigned: 'Says "alg": "none" and has no signature.',
  "no-user": 'Signed, but without the "data" claim that holds the user.',
  "no-expiry": 'Signed, but without "exp", so that it would never end.',
  tampered: "Was good until somebody changed the user in it.",
  garbage: "Is no token at all, only a word.",
  none: "There is no token.",
} as const;

export type TokenName = keyof typeof TOKENS;

export const TOKEN_NAMES = Object.keys(TOKENS) as [TokenName, ...TokenName[]];
