// A token as text: masked, taken apart, changed after signing. Pure.

/** Shorter ones would be shown in good part by their last characters. */
const SHORTEST_TO_TELL = 24;

/** `…2f8kQw, 211 characters` */
export function maskedText(text: string): string {
  const end = text.length < SHORTEST_TO_TELL ? "" : text.slice(-6);
  return `…${end}, ${text.length} characters`;
}

export interface DecodedToken {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
  signature: string;
}

/** Takes a token apart (RFC 7519 §7.2); says in a sentence why it cannot be. */
export function decodeToken(text: string): DecodedToken | { problem: string } {
  const parts = text.split(".");
  if (parts.length === 5)
    return {
      problem:
        "Five parts: this looks like an encrypted token (JWE, RFC 7516), unreadable without its key. This server takes signed ones only.",
    };
  if (parts.length !== 3)
    return {
      problem: `Not a JWT: a JWT has three parts separated by dots, this has ${["none", "one", "two"][parts.length] ?? parts.length}.`,
    };
  const [header, claims] = [decodePart(parts[0]!), decodePart(parts[1]!)];
  if (header === undefined) return { problem: `Its header ${NO_OBJECT}` };
  if (claims === undefined) return { problem: `Its claims, the second part, ${NO_OBJECT}` };
  return { header, claims, signature: parts[2]! };
}

const NO_OBJECT = "cannot be read: that should be a JSON object, written in base64url.";

function decodePart(part: string): Record<string, unknown> | undefined {
  if (!/^[\w-]*$/.test(part)) return undefined;
  try {
    const binary = atob(part.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return isObject(value) ? value : undefined;
  } catch {
    // Neither base64 nor UTF-8 nor JSON: what the caller says of it is the same.
    return undefined;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

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
