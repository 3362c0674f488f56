// Makes tokens by hand, good ones and every kind of bad one, which a library would refuse to make.
import type { Signer } from "./signer.ts";
import type { Target, User } from "./target.ts";

/** The JSON of a value, or a text as it is, in the alphabet of a token (RFC 7515 §2). */
export function encode(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return Buffer.from(text).toString("base64url");
}

export interface TokenParts {
  /** An object, or the text of the part before it is encoded. */
  header?: unknown;
  /** An object, or the text of the part before it is encoded. */
  payload: unknown;
  /** How it is signed; the header may say otherwise. */
  signer: Signer;
  /** Stands in the header, where that is an object (RFC 7515 §4.1.4, "kid"). */
  keyId?: string | undefined;
}

/** A token of any content with a signature that fits. */
export function mint({ header, payload, signer, keyId }: TokenParts): string {
  const signed = `${encode(withKeyId(header ?? { alg: signer.algorithm, typ: "JWT" }, keyId))}.${encode(payload)}`;
  return `${signed}.${signer.sign(signed)}`;
}

function withKeyId(header: unknown, keyId: string | undefined): unknown {
  const isObject = typeof header === "object" && header !== null && !Array.isArray(header);
  return keyId === undefined || !isObject ? header : { ...header, kid: keyId };
}

/** What anybody who has a good token can read in it. */
export interface GoodToken {
  token: string;
  /** Header, payload and signature, as they stand in the token. */
  parts: [header: string, payload: string, signature: string];
  claims: Record<string, unknown>;
  /** Seconds since 1970. */
  now: number;
}

/** @throws SyntaxError if the payload is not JSON */
export function takeApart(token: string, now: number): GoodToken {
  const parts = token.split(".") as GoodToken["parts"];
  const claims = JSON.parse(Buffer.from(parts[1], "base64url").toString()) as GoodToken["claims"];
  return { token, parts, claims, now };
}

const LIFETIME_SECONDS = 600;

/**
 * The claims of a good token.
 * @param changes claims to set; undefined leaves the claim out
 * @param nowSeconds since 1970 (RFC 7519 §2, NumericDate)
 */
export function goodClaims(
  target: Target,
  user: User,
  { nowSeconds, changes = {} }: { nowSeconds: number; changes?: Record<string, unknown> },
): Record<string, unknown> {
  return {
    iss: target.issuer,
    aud: target.audience,
    iat: nowSeconds,
    exp: nowSeconds + LIFETIME_SECONDS,
    ...(target.userClaims ?? { data: user }),
    ...changes,
  };
}
