// A token in the making: its claims as text, how it is to be signed, and what is to be done to it afterwards. Pure.
import type { MintRequest } from "../../../scripts/model/protocol.ts";
import { isObject } from "../../../scripts/model/token-parts.ts";
import { type DecodedToken, dropSignature, replaceClaims } from "./token-text.ts";

export const ALGORITHMS = ["HS256", "HS384", "HS512", "none"] as const;
export const SIGNING_KEYS = ["server", "other"] as const;
export const AFTERWARDS = ["nothing", "drop", "tamper"] as const;

export interface Draft {
  /** The claims as JSON. */
  text: string;
  algorithm: MintRequest["algorithm"];
  key: MintRequest["key"];
  /** After signing: nothing, drop the signature, or change the user. */
  afterwards: (typeof AFTERWARDS)[number];
}

type Claims = Record<string, unknown>;

export const EMPTY_DRAFT: Draft = {
  text: "{}",
  algorithm: "HS256",
  key: "server",
  afterwards: "nothing",
};

/** A draft that would make the same token again. */
export function draftFor({ header, claims }: DecodedToken): Draft {
  const algorithm = ALGORITHMS.find((each) => each === header["alg"]) ?? "HS256";
  return { ...EMPTY_DRAFT, text: claimsText(claims), algorithm };
}

export function claimsText(claims: Claims): string {
  return JSON.stringify(claims, null, 2);
}

/** Reads the claims; says in a sentence why they cannot be. */
export function readClaims(text: string): { claims: Claims } | { problem: string } {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return { claims: value };
    return { problem: "Claims are a JSON object (RFC 7519 §4): put braces around them." };
  } catch (error) {
    return { problem: describeJson(text, (error as Error).message) };
  }
}

/** What the engine said, without the text itself; if that names a place, the line stands in front. */
function describeJson(text: string, said: string): string {
  const position = /position (\d+)/.exec(said)?.[1];
  const line =
    /line (\d+)/.exec(said)?.[1] ??
    (position && text.slice(0, Number(position)).split("\n").length);
  const what = said.replace(
    /,? (?:in JSON )?at (?:position|line) .*$|, ".*" is not valid JSON$/s,
    "",
  );
  return `${line === undefined ? "N" : `Line ${line}: n`}ot valid JSON yet: ${what}.`;
}

// --- Changes that are worth a button ---

const HOUR_SECONDS = 3600;

/** One change of the claims. @param now seconds since 1970 */
export interface Change {
  name: string;
  apply: (claims: Claims, now: number) => Claims;
}

export const CHANGES: Change[] = [
  { name: "expires in an hour", apply: (claims, now) => ({ ...claims, exp: now + HOUR_SECONDS }) },
  { name: "expires in 10 seconds", apply: (claims, now) => ({ ...claims, exp: now + 10 }) },
  { name: "expired an hour ago", apply: (claims, now) => ({ ...claims, exp: now - HOUR_SECONDS }) },
  { name: "no expiry", apply: ({ exp: _exp, ...claims }) => claims },
  { name: "valid in an hour", apply: (claims, now) => ({ ...claims, nbf: now + HOUR_SECONDS }) },
  {
    name: "another issuer",
    apply: (claims) => ({ ...claims, iss: `not.${textOf(claims["iss"])}` }),
  },
  {
    name: "another audience",
    apply: (claims) => ({ ...claims, aud: `not.${textOf(claims["aud"])}` }),
  },
  { name: "another user", apply: (claims) => ({ ...claims, data: otherUser(claims) }) },
  { name: "no user", apply: ({ data: _data, ...claims }) => claims },
];

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Jane, or john if it is about jane. */
function otherUser({ data }: Claims): Claims {
  const { id } = isObject(data) ? data : {};
  return id === 2 ? { id: 1, username: "john" } : { id: 2, username: "jane" };
}

// --- After signing ---

/** Does to a signed token what the draft asks for. */
export function finishToken(token: string, claims: Claims, { afterwards }: Draft): string {
  if (afterwards === "drop") return dropSignature(token);
  return afterwards === "tamper"
    ? replaceClaims(token, { ...claims, data: otherUser(claims) })
    : token;
}
