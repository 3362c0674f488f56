// Makes the tokens that an attempt can name.
import type { TokenName } from "../model/vocabulary.ts";
import { createHmac } from "node:crypto";
import { decodePart } from "../model/token-parts.ts";
import type { Forgery } from "../model/trace.ts";

/** What the server that judges the token knows. */
export interface TokenMaker {
  secret: string;
  issuer: string;
  audience: string;
  /** Seconds since 1970 (RFC 7519 §2, NumericDate). */
  now: number;
}

const HOUR_SECONDS = 3600;
const JOHN = { id: 1, username: "john" };
const JANE = { id: 2, username: "jane" };
const GARBAGE = "no-token";

type Claims = Record<string, unknown>;

/** The hash behind each algorithm of RFC 7518 §3.1 that needs no more than a secret; none for "none". */
const HASHES = { HS256: "sha256", HS384: "sha384", HS512: "sha512", none: "" } as const;
type Algorithm = keyof typeof HASHES;

interface Recipe {
  /** Claims that differ from those of a valid token; undefined leaves one out. */
  claims?: (maker: TokenMaker) => Claims;
  algorithm?: Algorithm;
  secret?: (secret: string) => string;
  /** Claims put in after signing. */
  changedAfterwards?: Claims;
}

const RECIPES: Record<Exclude<TokenName, "garbage" | "none">, Recipe> = {
  valid: {},
  "other-user": { claims: () => ({ data: JANE }) },
  moderator: { claims: () => ({ data: JANE, scope: "moderation" }) },
  "head-moderator": { claims: () => ({ data: JANE, scope: "moderation disconnect" }) },
  expired: {
    claims: ({ now }) => ({ iat: now - 2 * HOUR_SECONDS, exp: now - HOUR_SECONDS }),
  },
  "not-yet-valid": {
    claims: ({ now }) => ({ nbf: now + HOUR_SECONDS, exp: now + 2 * HOUR_SECONDS }),
  },
  "wrong-issuer": { claims: ({ issuer }) => ({ iss: `not.${issuer}` }) },
  "wrong-audience": { claims: ({ audience }) => ({ aud: `not.${audience}` }) },
  "other-secret": { secret: (secret) => `not ${secret}` },
  "other-algorithm": { algorithm: "HS384" },
  unsigned: { algorithm: "none" },
  "no-user": { claims: () => ({ data: undefined }) },
  "no-expiry": { claims: () => ({ exp: undefined }) },
  tampered: { changedAfterwards: { data: JANE } },
};

/**
 * Makes the token of that name.
 * @returns the compact form (RFC 7515 §7.1), or undefined for "none"
 */
export function makeToken(name: TokenName, maker: TokenMaker): string | undefined {
  if (name === "none") return undefined;
  if (name === "garbage") return GARBAGE;
  const recipe = RECIPES[name];
  const claims = { ...validClaims(maker), ...recipe.claims?.(maker) };
  const header = { alg: recipe.algorithm ?? "HS256", typ: "JWT" } as const;
  const token = signToken(header, claims, recipe.secret?.(maker.secret) ?? maker.secret);
  if (recipe.changedAfterwards === undefined) return token;
  const [signedHeader, , signature] = token.split(".");
  return [signedHeader, encode({ ...claims, ...recipe.changedAfterwards }), signature].join(".");
}

/**
 * Signs any claims, by hand and not with jsonwebtoken: half of these tokens it would refuse to sign, and to load it
 * takes as long as ten attempts.
 * @returns the compact form (RFC 7515 §7.1)
 */
export function signToken(
  header: { alg: Algorithm; typ: "JWT" },
  claims: Claims,
  secret: string,
): string {
  const input = `${encode(header)}.${encode(claims)}`;
  const hash = HASHES[header.alg];
  const signature = hash === "" ? "" : createHmac(hash, secret).update(input).digest("base64url");
  return `${input}.${signature}`;
}

/** Whether the secret made the signature, by the algorithm that the token's header names. */
export function signatureOf(
  token: string,
  secret: string,
): "ours" | "not ours" | "none" | "not checked" {
  const [header = "", claims = "", signature = ""] = token.split(".");
  if (signature === "") return "none";
  const alg = decodePart(header)?.value["alg"];
  const hash = Object.entries(HASHES).find(([name]) => name === alg)?.[1];
  if (hash === undefined || hash === "") return "not checked";
  const own = createHmac(hash, secret).update(`${header}.${claims}`).digest("base64url");
  return own === signature ? "ours" : "not ours";
}

/** Whether the signature fits the same claims with another of the demo's users: then the user was changed after signing. */
export function findForgery(token: string, secret: string): Forgery | undefined {
  const [header, claims = "", signature] = token.split(".");
  const decoded = decodePart(claims)?.value;
  if (decoded === undefined || signatureOf(token, secret) !== "not ours") return undefined;
  const signedFor = [JOHN, JANE].find((data) => {
    const original = [header, encode({ ...decoded, data }), signature].join(".");
    return signatureOf(original, secret) === "ours";
  });
  const { data } = decoded as { data?: { username?: unknown } | null };
  const { username } = data ?? {};
  if (signedFor === undefined) return undefined;
  return { was: signedFor.username, now: typeof username === "string" ? username : undefined };
}

function validClaims({ issuer, audience, now }: TokenMaker): Claims {
  return { data: JOHN, iat: now, exp: now + HOUR_SECONDS, aud: audience, iss: issuer };
}

function encode(part: Claims): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}
