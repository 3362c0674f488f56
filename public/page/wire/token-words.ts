// Says what a token says: its header and claims in a sentence each, and how much time it has left. Pure.
import type { SeenToken } from "../../../scripts/model/trace.ts";
import { printableValue } from "./plain-text.ts";

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

type Fields = Record<string, unknown>;

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
  if (name === "kid") return "Which of several keys it was signed with.";
  if (name === "crit") return "What a reader must understand, or else refuse the token.";
  return "A field that the issuer added to the header.";
}

function typeSentence(value: unknown): string {
  const isJwt = typeof value === "string" && value.toUpperCase() === "JWT";
  return isJwt ? "It is a JSON Web Token." : "What it says that it is; this server does not look.";
}

function algorithmSentence(algorithm: string): string {
  if (algorithm === "none") return "It has no signature, so anybody could have written it.";
  const bits = /^HS(\d+)$/.exec(algorithm)?.[1];
  return bits === undefined
    ? "How it says that it was signed."
    : `Signed with a secret that issuer and server share (HMAC with SHA-${bits}).`;
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
      return "Whom it is meant for.";
    case "sub":
      return "Whom it is about.";
    case "jti":
      return "Its own number, to tell it from others.";
    case "iat":
      return momentSentence("Issued", value, now);
    case "nbf":
      return momentSentence(isAhead(value, now) ? "Begins" : "Began", value, now);
    case "exp":
      return momentSentence(isAhead(value, now) ? "Ends" : "Ended", value, now);
    case "data":
      return userSentence(value);
    default:
      return "A claim of the issuer's own.";
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
    return `${words} a moment that is no number of seconds since 1970.`;
  return `${words} ${dateWords(value)}, ${distanceWords(value - now)}.`;
}

/** `2026-11-24 00:48:50 UTC`. @param seconds since 1970 */
export function dateWords(seconds: number): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return "a date that no calendar has";
  return `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** As exact as it makes sense to count: a thousand years. */
export const MOST_DAYS = 365_250;
const UNITS = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const;

/** `in 59 minutes`, `2 hours ago`, `now`. */
export function distanceWords(seconds: number): string {
  const [unit, size] = UNITS.find(([, each]) => Math.abs(seconds) >= each) ?? ["second", 1];
  const count = Math.floor(Math.abs(seconds) / size);
  if (count === 0) return "now";
  // Most likely milliseconds, or a slip: how many days exactly says nothing.
  const isFar = unit === "day" && count > MOST_DAYS;
  const words = isFar ? "more than 1000 years" : `${count} ${unit}${count === 1 ? "" : "s"}`;
  return seconds > 0 ? `in ${words}` : `${words} ago`;
}

/** Whether it is in time, by its `nbf` and `exp`. @param now seconds since 1970 */
export function timeLeftOf({ claims }: Pick<SeenToken, "claims">, now: number): TimeLeft {
  const { exp, nbf } = fieldsOf(claims);
  if (claims === null) return { state: "unknown", sentence: "Nothing can be read in it." };
  if (typeof nbf === "number" && nbf > now)
    return { state: "not yet", sentence: `Begins ${distanceWords(nbf - now)}.` };
  if (typeof exp !== "number")
    return { state: "endless", sentence: 'Has no "exp": it would never end.' };
  return exp <= now
    ? { state: "ended", sentence: `Ended ${distanceWords(exp - now)}.` }
    : { state: "in time", sentence: `Ends ${distanceWords(exp - now)}.` };
}

/** The fields of an object; none of anything else. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
