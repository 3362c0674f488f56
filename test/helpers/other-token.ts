// How the other server reads and judges a credential: rightly, unless its habits say otherwise.
import { createPublicKey, createSecretKey, type JsonWebKey, type KeyObject } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import jwt from "jsonwebtoken";
import { IN_HEADER, type Place } from "../conformance/place.ts";

export const SECRET = "a secret of the tests, long enough for HS256";
// A text would be tried as a public key first, at every token.
const SECRET_KEY = createSecretKey(Buffer.from(SECRET));
export const [ISSUER, AUDIENCE] = ["https://id.example", "chat"];

export interface TokenHabits {
  /** It checks tokens with this public key, by which algorithms; and as which text it would take it for a secret. */
  key?: { publicKey: KeyObject; algorithms: jwt.Algorithm[]; secret?: string; keyId?: string };
  /** What it finds a key by is the token: the embedded one, or for HS256 the public one as a secret. */
  trustsHeader?: "jwk" | "HS256";
  /** A signature is enough for it: it does not look whose token it is. */
  isForAnybody?: boolean;
  /** It does not look when a token ends. */
  isForEver?: boolean;
  /** It compares the scheme exactly: everywhere, or only at its self path. */
  isSchemeExact?: boolean | "self";
  /** It takes what stands after the first space for the token. */
  splitsAtSpaces?: boolean;
  /** Where it takes the token from; the header if left out. */
  places?: readonly Place[];
}

/** A good token, as an identity provider would give it. @param expiresIn seconds */
export function issueOtherToken(expiresIn = 60): string {
  return jwt.sign({}, SECRET, { subject: "ann", issuer: ISSUER, audience: AUDIENCE, expiresIn });
}

/** What a client has brought along. */
export interface Given {
  headers: IncomingHttpHeaders;
  query: Record<string, unknown>;
  auth: Record<string, unknown>;
}

/** The token, from the first place where there is something; undefined if there is nothing, or nothing of that form. */
export function readToken(given: Given, habits: TokenHabits): string | undefined {
  for (const place of habits.places ?? [IN_HEADER]) {
    const text = textAt(given, place);
    if (typeof text !== "string") continue;
    if (place === IN_HEADER) return readBearer(text, habits);
    const isWhole =
      text.startsWith(place.prefix) && /^[\w.-]+$/.test(text.slice(place.prefix.length));
    return isWhole ? text.slice(place.prefix.length) : undefined;
  }
  return undefined;
}

function textAt({ headers, query, auth }: Given, { carrier, name }: Place): unknown {
  if (carrier === "payload") return Object.hasOwn(auth, name) ? auth[name] : undefined;
  if (carrier === "query") return query[name];
  if (carrier === "header") return headers[name.toLowerCase()];
  const cookies = (headers.cookie ?? "").split("; ").map((pair) => pair.split("="));
  return cookies.find(([key]) => key === name)?.[1];
}

function readBearer(
  text: string,
  { isSchemeExact, splitsAtSpaces }: TokenHabits,
): string | undefined {
  if (splitsAtSpaces === true) return text.split(" ")[1];
  const form = isSchemeExact === true ? /^Bearer +([\w.-]+)$/ : /^bearer +([\w.-]+)$/i;
  return form.exec(text)?.[1];
}

/** The subject of a good token. @throws Error that says why it is not good */
export function subjectOf(token: string, habits: TokenHabits): string {
  const { header, payload } = verify(token, habits);
  const { sub, exp } = Object(payload) as jwt.JwtPayload;
  const isNamed = typeof sub === "string" && sub !== "";
  if ("crit" in header || typeof exp !== "number" || !(isNamed || habits.isForAnybody === true))
    throw new Error("incomplete");
  return String(sub);
}

function verify(token: string, { key, trustsHeader, isForEver = false }: TokenHabits): jwt.Jwt {
  const rules = {
    issuer: ISSUER,
    audience: AUDIENCE,
    complete: true,
    ignoreExpiration: isForEver,
  } as const;
  if (key === undefined) return jwt.verify(token, SECRET_KEY, { ...rules, algorithms: ["HS256"] });
  const { publicKey, algorithms } = key;
  const { alg, kid, jwk } = (jwt.decode(token, { complete: true })?.header ?? {}) as {
    alg?: string;
    kid?: string;
    jwk?: JsonWebKey;
  };
  if (key.keyId !== undefined && kid !== key.keyId) throw new Error("no such key");
  if (trustsHeader === "HS256" && alg === "HS256") {
    const secret = key.secret ?? publicKey.export({ type: "spki", format: "pem" });
    return jwt.verify(token, createSecretKey(Buffer.from(secret)), { ...rules, algorithms: [alg] });
  }
  const isTaken = trustsHeader === "jwk" && jwk?.kty === "RSA";
  const checking = isTaken ? createPublicKey({ key: jwk, format: "jwk" }) : publicKey;
  return jwt.verify(token, checking, { ...rules, algorithms });
}
