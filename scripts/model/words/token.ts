// What a token says: its header and claims, a sentence each, and how long it is valid. Pure.
import { fieldsOf } from "../fields-of.ts";
import type { Forgery, SeenToken } from "../trace.ts";
import { counted } from "./counted.ts";
import { printable, printableValue } from "./printable.ts";

/** A field of the header or of the claims. */
export interface FieldWords {
  name: string;
  /** As JSON, on one line. */
  value: string;
  sentence: string;
}

export interface TimeLeft {
  state: "in time" | "ended" | "not yet" | "endless" | "unknown";
  sentence: string;
}

/** `…2f8kQw`, or `…` for a token that is too short to show a part of it. */
export function maskedToken({ lastCharacters }: Pick<SeenToken, "lastCharacters">): string {
  return `…${printable(lastCharacters)}`;
}

/** `HS256, john`, as far as the token says it; undefined for what cannot be decoded. */
export function tokenFacts({ header, claims }: SeenToken): string | undefined {
  const { alg } = fieldsOf(header);
  const { username } = fieldsOf(fieldsOf(claims)["data"]);
  if (claims === null) return undefined;
  return `${printableValue(alg ?? "no algorithm")}, ${printableValue(username ?? "no user")}`;
}

/** The header (RFC 7515 §4.1); nothing where it cannot be decoded. */
export function headerWords({ header }: Pick<SeenToken, "header">): FieldWords[] {
  return Object.entries(fieldsOf(header)).map(([name, value]) => ({
    name,
    value: printableValue(value),
    sentence: headerSentence(name, value),
  }));
}

function headerSentence(name: string, value: unknown): string {
  if (name === "alg") return algorithmSentence(String(value));
  if (name === "typ") return typeSentence(value);
  if (name === "kid") return "Which of several keys signed it.";
  if (name === "crit") return "Extensions that the reader must understand, or refuse the token.";
  return "A field that the issuer added to the header.";
}

function typeSentence(value: unknown): string {
  const isJwt = typeof value === "string" && value.toUpperCase() === "JWT";
  return isJwt ? "A JSON Web Token." : "The type it claims. The demo server ignores it.";
}

function algorithmSentence(algorithm: string): string {
  if (algorithm === "none") return "No signature: anybody could have written it.";
  const bits = /^HS(\d+)$/.exec(algorithm)?.[1];
  if (bits !== undefined)
    return `Signed with a secret that issuer and server share (HMAC with SHA-${bits}).`;
  return /^(?:RS|PS|ES)\d+$|^EdDSA$/.test(algorithm)
    ? "Signed with a private key; anyone can check it with the public key."
    : "The algorithm it claims to be signed with.";
}

/** The claims (RFC 7519 §4.1). @param now seconds since 1970 */
export function claimWords({ claims }: Pick<SeenToken, "claims">, now: number): FieldWords[] {
  return Object.entries(fieldsOf(claims)).map(([name, value]) => ({
    name,
    value: printableValue(value),
    sentence: claimSentence(name, value, now),
  }));
}

function claimSentence(name: string, value: unknown, now: number): string {
  switch (name) {
    case "iss":
      return "Who issued it.";
    case "aud":
      return "Who it is for.";
    case "sub":
      return "Who it is about.";
    case "jti":
      return "Its own id, to tell it from other tokens.";
    case "iat":
      return momentSentence("Issued", value, now);
    case "nbf":
      return momentSentence(isAhead(value, now) ? "Valid from" : "Valid since", value, now);
    case "exp":
      return momentSentence(isAhead(value, now) ? "Expires" : "Expired", value, now);
    case "data":
      return userSentence(value);
    default:
      return "A custom claim of the issuer.";
  }
}

function isAhead(value: unknown, now: number): boolean {
  return typeof value === "number" && value > now;
}

function userSentence(value: unknown): string {
  const { id, username } = fieldsOf(value);
  return typeof id === "number" && typeof username === "string"
    ? "The user: name and id."
    : "The user, but not in the shape that the server expects (id and username).";
}

function momentSentence(words: string, value: unknown, now: number): string {
  if (typeof value !== "number" || !Number.isFinite(value))
    return `${words}: not a number of seconds since 1970.`;
  return `${words} ${dateWords(value)}, ${distanceWords(value - now)}.`;
}

/** `2026-11-24 00:48:50 UTC`. @param seconds since 1970 */
export function dateWords(seconds: number): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return "not a date of any calendar";
  return `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** As exact as it makes sense to count: a thousand years. */
export const MOST_DAYS = 365_250;
const YEAR_SECONDS = 31_557_600;
const UNITS = [
  ["year", YEAR_SECONDS],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const;

/** `in 59 minutes`, `2 hours ago`, `now`. */
export function distanceWords(seconds: number): string {
  // Below two years, days say more.
  const isLong = Math.abs(seconds) >= 2 * YEAR_SECONDS;
  const [unit, size] = UNITS.slice(isLong ? 0 : 1).find(
    ([, each]) => Math.abs(seconds) >= each,
  ) ?? ["second", 1];
  const count = Math.floor(Math.abs(seconds) / size);
  if (count === 0) return "now";
  // Most likely milliseconds, or a slip: how many years exactly says nothing.
  const isFar = unit === "year" && count > 1000;
  const words = isFar ? "more than 1000 years" : counted(count, unit);
  return seconds > 0 ? `in ${words}` : `${words} ago`;
}

/** Whether it is valid now, by its `nbf` and `exp`. @param now seconds since 1970 */
export function timeLeftOf({ claims }: Pick<SeenToken, "claims">, now: number): TimeLeft {
  const { exp, nbf } = fieldsOf(claims);
  if (claims === null) return { state: "unknown", sentence: "It cannot be decoded." };
  if (typeof nbf === "number" && nbf > now)
    return { state: "not yet", sentence: `Becomes valid ${distanceWords(nbf - now)}.` };
  if (typeof exp !== "number")
    return { state: "endless", sentence: 'Never expires: it has no "exp".' };
  return exp <= now
    ? { state: "ended", sentence: `Expired ${distanceWords(exp - now)}.` }
    : { state: "in time", sentence: `Expires ${distanceWords(exp - now)}.` };
}

/** `was john, now jane; signature unchanged.` */
export function forgeryWords({ was, now }: Forgery): string {
  return `was ${was}, now ${now === undefined ? "nobody" : printable(now)}; signature unchanged.`;
}
