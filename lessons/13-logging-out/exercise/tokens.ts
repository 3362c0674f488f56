// The start of an exercise, do not copy it: nobody asks whether a token was revoked.
import { createSecretKey } from "node:crypto";
import jwt, { type SignOptions, type VerifyOptions } from "jsonwebtoken";
import type { Revoked } from "./revoked.ts";
import type { Settings, User } from "./settings.ts";

/** What the claims look like if they are those of our tokens; a signed token can hold anything. */
type Claims = {
  exp?: unknown;
  iat?: unknown;
  sid?: unknown;
  scope?: unknown;
  data?: { id?: unknown; username?: unknown } | null;
} | null;

/** A token whose signature, issuer, audience and times are good. */
export type VerifiedToken = { header: { typ?: unknown; crit?: unknown }; payload: Claims };

/** Whom a token speaks for, from when and until when, in seconds since 1970, and what it lets the user do. */
export type Bearer = {
  user: User;
  exp: number;
  iat: number | undefined;
  /** One per login; undefined in a token that does not say to which login it belongs. */
  sid: string | undefined;
  rights: string[];
};

export type Tokens = ReturnType<typeof createTokens>;

// --- The bearer of a token ---

// Whom a token speaks for, from when and until when. A signature proves who wrote the claims, not that they have
// the shape this server needs. Every error in here counts as a bad token, so nothing is looked up here:
// a database that is down does not make a token bad.
function readClaims({ header, payload: claims }: VerifiedToken): Bearer {
  // The same key may sign tokens of another kind, such as "secevent+jwt" (RFC 8725 §3.11). "typ" may be
  // missing (RFC 7519 §5.1).
  if (header.typ !== undefined && header.typ !== "JWT")
    throw new Error('The token is of another kind: its header has another "typ" than "JWT".');
  // "crit" lists extensions that a reader of the token must understand or else refuse it (RFC 7515
  // §4.1.11). jsonwebtoken ignores it, and this server understands none.
  if (header.crit !== undefined)
    throw new Error('The token needs an extension: its header has "crit".');
  // jsonwebtoken accepts a token without "exp", and such a token never expires (RFC 9068 §2.2 requires
  // the claim).
  if (typeof claims?.exp !== "number") throw new Error('The token has no "exp" claim.');
  const { id, username } = claims.data ?? {};
  if (typeof id !== "number" || !Number.isSafeInteger(id) || id < 1)
    throw new Error('The token has no user: "data.id" must be a positive whole number.');
  if (typeof username !== "string" || username === "")
    throw new Error('The token has no user: "data.username" must be a text.');
  const iat = typeof claims.iat === "number" ? claims.iat : undefined;
  const sid = typeof claims.sid === "string" && claims.sid !== "" ? claims.sid : undefined;
  return { user: { id, username }, exp: claims.exp, iat, sid, rights: readRights(claims.scope) };
}

// The claim "scope" holds the rights, separated by spaces (RFC 8693 §4.2). They are compared as a
// whole: a search for "moderation" in the text would also find "no-moderation".
function readRights(scope: unknown): string[] {
  return typeof scope === "string" ? scope.split(" ") : [];
}

// --- Issue and verify ---

export function createTokens(
  { secret, issuer, audience, lifetimeSeconds, demoScope }: Settings,
  revoked: Revoked,
) {
  // Made once: jsonwebtoken turns a secret given as a string into a key again for every token, and
  // that takes far longer than the check. Left out: a second key, so a new secret invalidates all tokens at
  // once. To avoid that, name the key when you sign (`keyid`, in the header "kid", RFC 7515 §4.1.4), and look
  // that name up among your own keys, never at an address in the token: `jwt.verify` takes a function for the
  // key, and passport-jwt a `secretOrKeyProvider`.
  const key = createSecretKey(Buffer.from(secret));

  // The list of algorithms is fixed here, or the token's own header would choose how it is checked
  // (RFC 8725 §3.1). Issuer and audience keep out tokens that were signed with the same key for
  // another purpose (RFC 8725 §3.8, §3.9). Left out on purpose: `clockTolerance`, which this server,
  // verifying its own tokens by its own clock, does not need (several servers synchronise their clocks,
  // or allow a few seconds); `maxAge`, since "exp" is what this server has written; "sub", since the user is in
  // "data".
  const rules = { algorithms: ["HS256"], issuer, audience } satisfies VerifyOptions;

  function readBearer(token: VerifiedToken): Bearer {
    return readClaims(token);
  }

  return {
    key,
    rules,
    readBearer,
    issueToken(user: User, sid: string): string {
      const options: SignOptions = {
        algorithm: "HS256",
        issuer,
        audience,
        expiresIn: lifetimeSeconds,
      };
      // Anybody who holds a token can read its claims, so it carries no more than the server needs.
      // "sid" is registered with IANA: the session id, one per login. All tokens of a login have the same.
      const now = Math.floor(Date.now() / 1000);
      // After a logout everywhere, tokens of the same second are revoked.
      const iat = Math.max(now, revoked.firstGoodSecond(user.id));
      const claims = { iat, sid, data: { id: user.id, username: user.username } };
      return jwt.sign(demoScope === "" ? claims : { ...claims, scope: demoScope }, key, options);
    },
    // TypeScript: the library itself refuses what is not a string.
    verifyToken(token: unknown): Bearer {
      const options = { ...rules, complete: true } as const;
      return readBearer(jwt.verify(token as string, key, options) as VerifiedToken);
    },
  };
}
