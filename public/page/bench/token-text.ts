// A token as text: taken apart, changed after signing. Pure.
import { decodePart } from "../../../scripts/model/token-parts.ts";

export interface DecodedToken {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
  /** The JSON of both, as the token has it. */
  texts: { header: string; claims: string };
  signature: string;
}

/** The parts of a token, in their order. */
export const PARTS = ["header", "claims", "signature"] as const;
export type Part = (typeof PARTS)[number];

/** Takes a token apart (RFC 7519 §7.2); says in a sentence why it cannot be. */
export function decodeToken(text: string): DecodedToken | { problem: string } {
  const parts = text.split(".");
  if (parts.length === 5)
    return {
      problem:
        "Five parts: this looks like an encrypted token (JWE, RFC 7516), unreadable without its key. The demo server takes signed ones only.",
    };
  if (parts.length !== 3)
    return {
      problem: `Not a JWT: a JWT has three parts separated by dots, this has ${["none", "one", "two"][parts.length] ?? parts.length}.`,
    };
  const [header, claims] = [decodePart(parts[0]!), decodePart(parts[1]!)];
  if (header === undefined) return { problem: `Its header ${NO_OBJECT}` };
  if (claims === undefined) return { problem: `Its claims, the second part, ${NO_OBJECT}` };
  return {
    header: header.value,
    claims: claims.value,
    texts: { header: header.text, claims: claims.text },
    signature: parts[2]!,
  };
}

const NO_OBJECT = "cannot be read: that should be a JSON object, written in base64url.";

function encodePart(value: Record<string, unknown>): string {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The same token without its signature. The last dot stays (RFC 7519 §6.1). */
export function dropSignature(token: string): string {
  return `${token.split(".").slice(0, 2).join(".")}.`;
}

/** The same token with other claims, and the signature of before. */
export function replaceClaims(token: string, claims: Record<string, unknown>): string {
  const [header, , signature] = token.split(".");
  return [header, encodePart(claims), signature].join(".");
}
