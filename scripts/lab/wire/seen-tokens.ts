// Finds the tokens in what went over the wire, and reads what they say. Nothing is verified here.
import { lastCharactersOf, maskValue } from "./masking.ts";
import type { SeenToken } from "../../model/trace.ts";

/** Three parts (RFC 7519 §3); the signature may be empty. */
const TOKEN = /(?<![\w-])[\w-]{16,}\.[\w-]{2,}\.[\w-]*/g;
const TOKEN_MEMBER = /"(?:token|access_token)"\s*:\s*"([^"\\]+)"/g;

/** The tokens in a text, each once: what looks like one, and what is called one. */
export function findTokens(text: string, place: SeenToken["place"]): SeenToken[] {
  // Most headers and most messages: not worth a closer look.
  if (!/\.|token"/.test(text)) return [];
  const called = [...text.matchAll(TOKEN_MEMBER)].map(([, token]) => withoutScheme(token!));
  const found = new Set([...(text.match(TOKEN) ?? []).filter(isToken), ...called]);
  return [...found].map((token) => readToken(token, { place }));
}

/** The credential of an Authorization header, if it is a bearer token or looks like one. */
export function findTokensInAuthorization(value: string): SeenToken[] {
  const [, scheme, credential = ""] = /^(?:(\S+)\s+)?(\S+)$/.exec(value.trim()) ?? [];
  if (scheme === undefined) return findTokens(value, "header");
  const isBearer = /^bearer$/i.test(scheme);
  return isBearer || isToken(credential)
    ? [readToken(credential, { place: "header", scheme })]
    : [];
}

/** A trace is shown, saved and printed: what nobody may see of it is not in it, but here, for as long as it is held. */
const TEXTS = new WeakMap<SeenToken, string>();

/** The token itself; undefined for one that was not read from a wire of this process. */
export function textOfToken(seen: SeenToken): string | undefined {
  return TEXTS.get(seen);
}

/** Some send in a payload what belongs in a header. */
function withoutScheme(value: string): string {
  return value.replace(/^bearer\s+/i, "");
}

type Contents = Pick<SeenToken, "lastCharacters" | "header" | "claims">;

/** A client shows the same token again and again. */
const CONTENTS = new Map<string, Contents>();
const MOST_CONTENTS = 200;

function readToken(token: string, where: Pick<SeenToken, "place" | "scheme">): SeenToken {
  const seen = { ...where, ...contentsOf(token) };
  TEXTS.set(seen, token);
  return seen;
}

function contentsOf(token: string): Contents {
  const known = CONTENTS.get(token);
  if (known !== undefined) return known;
  const [header = "", claims = ""] = token.split(".");
  const contents = {
    lastCharacters: lastCharactersOf(token),
    header: maskValue(readPart(header)),
    claims: maskValue(readPart(claims)),
  };
  CONTENTS.set(token, contents);
  if (CONTENTS.size > MOST_CONTENTS) CONTENTS.delete([...CONTENTS.keys()][0]!);
  return contents;
}

function isToken(text: string): boolean {
  return contentsOf(text).header !== null;
}

/** The JSON object or array in a part of a token; null if there is none. */
function readPart(part: string): unknown {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return typeof value === "object" ? value : null;
  } catch {
    // Anything may be sent as a token.
    return null;
  }
}
