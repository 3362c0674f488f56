// Finds the one token in what a person pastes: a header, an answer to a login, a cookie, an address, a packet, a curl command.
import { decodePart } from "./token-parts.ts";

/**
 * What can be a token: three parts, or the five of an encrypted one (RFC 7515 §7.1, RFC 7516 §7.1). Looked for at every
 * beginning of a word, since a name with dots may stand before it. A brace, with which every header begins, is an “e” in base64url.
 */
const COMPACT = /(?<![\w-])(?=(e[\w-]{7,}\.[\w-]*\.[\w-]*(?:\.[\w-]+\.[\w-]+)?))/g;

/**
 * The token in a text. A text in which there is none is taken as a token that was typed, without scheme, quotes and blanks:
 * anything may be presented as one.
 */
export function findToken(text: string): { token: string } | { problem: string } {
  const bare = withoutSurroundings(text);
  // A token that a terminal broke into lines would be found in the text, but only its beginning.
  if (isToken(bare)) return { token: bare };
  const plain = decodePercent(text).replaceAll(/\\[nrt]/g, " ");
  const found = new Set([...plain.matchAll(COMPACT)].map(([, each]) => each!).filter(isToken));
  const [token = bare] = found;
  if (found.size <= 1) return { token };
  const ends = Array.from(found, (each) => `…${each.slice(-6)}`);
  return {
    problem: `There are ${found.size} tokens in it (${ends.join(", ")}): paste one of them.`,
  };
}

/** Whether there is a token in a text, and not only what could be typed as one. */
export function holdsToken(text: string): boolean {
  const found = findToken(text);
  return "problem" in found || isToken(found.token);
}

/** A JOSE header always names an algorithm (RFC 7515 §4.1.1). */
function isToken(text: string): boolean {
  const parts = text.split(".");
  const [header = ""] = parts;
  const isCompact = (parts.length === 3 || parts.length === 5) && /^[\w.-]+$/.test(text);
  return isCompact && typeof decodePart(header)?.value["alg"] === "string";
}

function withoutSurroundings(text: string): string {
  return (tokenInJson(text) ?? text)
    .trim()
    .replace(/^"?authorization"?\s*:\s*/i, "")
    .replace(/^["'`]+/, "")
    .replace(/^bearer\s+/i, "")
    .replaceAll(/["'`,;]+$|\s+/g, "");
}

/** The member `token` of a JSON object, such as the answer to a login; it need not be a JWT. */
function tokenInJson(text: string): string | undefined {
  return /^\s*\{.*?"token"\s*:\s*"([^"]*)"/s.exec(text)?.[1];
}

/** In an address and in some cookies, the blank after the scheme is `%20`. */
function decodePercent(text: string): string {
  return text.replace(/(?:%[0-7][\da-f])+/gi, (encoded) => decodeURIComponent(encoded));
}
