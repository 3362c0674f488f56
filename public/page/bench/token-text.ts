// A token as text: cleaned after a paste, taken apart, changed after signing. Pure.

/** No longer than what the sandbox server takes; Node itself refuses headers of more than 16 kB. */
export const LONGEST_TOKEN = 8_192;

/** Shorter ones would be shown in good part by their last characters. */
const SHORTEST_TO_TELL = 24;

/** A token as it is copied from a header, a terminal or JSON: without scheme, quotes, spaces and line breaks. */
export function cleanToken(text: string): string {
  return (tokenInJson(text) ?? text)
    .trim()
    .replace(/^"?authorization"?\s*:\s*/i, "")
    .replace(/^["'`]+/, "")
    .replace(/^bearer\s+/i, "")
    .replaceAll(/["'`,;]+$|\s+/g, "");
}

/** The member `token` of a JSON object, such as the answer to a login. */
function tokenInJson(text: string): string | undefined {
  return /^\s*\{.*?"token"\s*:\s*"([^"]*)"/s.exec(text)?.[1];
}

/** Why this text cannot be sent at all, in a sentence. */
export function unsendable(text: string): string | undefined {
  if (text.length > LONGEST_TOKEN)
    return `It has ${text.length.toLocaleString("en-GB")} characters; the bench takes up to ${LONGEST_TOKEN.toLocaleString("en-GB")}, half of what Node takes for all headers of a request.`;
  // RFC 9110 §5.5
  if (/[^\u0021-\u007e]/.test(text))
    return "It has characters that no HTTP header can carry, so it was not sent: a token is made of letters, digits, “-”, “_” and dots.";
  return undefined;
}

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
  const tooLong = text.length > LONGEST_TOKEN ? unsendable(text) : undefined;
  if (tooLong !== undefined) return { problem: tooLong };
  const parts = text.split(".");
  if (parts.length === 5)
    return {
      problem:
        "It has five parts, so it is an encrypted token (JWE, RFC 7516), if it is one: nobody reads it without the key, and this server takes signed ones only.",
    };
  if (parts.length !== 3)
    return {
      problem: `It is no JSON Web Token: that has three parts with dots between, and this has ${["none", "one", "two"][parts.length] ?? parts.length}.`,
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
