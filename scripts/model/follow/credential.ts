// The credential of a client: what it is, where it is, and whether it can be good. Pure: nothing is verified here.
import { fieldsOf } from "../fields-of.ts";
import type { RequestStep, SeenToken } from "../trace.ts";
import { printable, printableValue } from "../words/printable.ts";
import { distanceWords, maskedToken, timeLeftOf } from "../words/token.ts";

/** `good`: nothing speaks against it but, perhaps, its signature. */
type CredentialState = "absent" | "bad" | "expired" | "good";

interface Credential {
  state: CredentialState;
  /** `Authorization: bearer …2f8kQw: john, HS256, 59 minutes left`, `no token`. */
  text: string;
  /** The same at any time, for telling which are alike. */
  name: string;
}

const NONE: Credential = { state: "absent", text: "no token", name: "no token" };

/** Of what a request shows, or without it, of a packet. @param now seconds since 1970 */
export function credentialOf(
  tokens: readonly SeenToken[],
  now: number,
  headers: RequestStep["headers"] = {},
): Credential {
  const [token] = tokens;
  if (token !== undefined) return tokenCredential(token, tokens.length - 1, now);
  const { authorization } = headers;
  if (authorization === undefined) return NONE;
  const text = `Authorization: ${printable(authorization)}, which is not a bearer token`;
  return { state: "bad", text, name: text };
}

function tokenCredential(token: SeenToken, others: number, now: number): Credential {
  const more = others > 0 ? `, and ${others} more` : "";
  const name = `${placeWords(token)} ${maskedToken(token)}${more}`;
  const state = stateOf(token, now);
  if (token.claims === null) return { state, name, text: `${name}: cannot be decoded` };
  const { alg } = fieldsOf(token.header);
  const facts = [
    userOf(token) ?? "no user",
    printableValue(alg ?? "no algorithm"),
    timeWords(token, now),
  ];
  return { state, name, text: `${name}: ${facts.join(", ")}` };
}

/** `59 minutes left`, `expired 2 hours ago`. */
function timeWords(token: SeenToken, now: number): string {
  const { exp } = fieldsOf(token.claims);
  const { state } = timeLeftOf(token, now);
  if (typeof exp !== "number" || state === "not yet")
    return state === "not yet" ? "not valid yet" : "never expires";
  const distance = distanceWords(exp - now);
  return state === "ended" ? `expired ${distance}` : `${distance.replace(/^in /, "")} left`;
}

function placeWords({ place, scheme, field }: SeenToken): string {
  if (scheme !== undefined) return `Authorization: ${printable(scheme)}`;
  return printable(field ?? place);
}

export function stateOf(token: SeenToken, now: number): CredentialState {
  const { state } = timeLeftOf(token, now);
  if (state === "ended") return "expired";
  const isUnsigned = /^none$/i.test(printableValue(fieldsOf(token.header)["alg"] ?? "none"));
  return state === "unknown" || state === "not yet" || isUnsigned ? "bad" : "good";
}

/** Whom a token names, as far as its claims say it in one of the usual places. */
export function userOf({ claims }: Pick<SeenToken, "claims">): string | undefined {
  const { data, user, username, preferred_username, name, email, sub } = fieldsOf(claims);
  const inside = { ...fieldsOf(data), ...fieldsOf(user) };
  const found = [
    inside["username"],
    inside["name"],
    username,
    preferred_username,
    name,
    email,
    sub,
  ];
  const known = found.find((each) => typeof each === "string" || typeof each === "number");
  return known === undefined ? undefined : printableValue(known);
}
