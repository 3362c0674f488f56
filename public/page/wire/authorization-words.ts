// Says whether a request brought a credential in its header. Pure.
import type { RequestStep, SeenToken } from "../../../scripts/model/trace.ts";
import { printable } from "./plain-text.ts";

export interface AuthorizationWords {
  isPresent: boolean;
  /** `Authorization: bearer …2f8kQw`, `no Authorization header`. */
  text: string;
  /** The token in it, if it holds one. */
  token: SeenToken | undefined;
}

export function authorizationWords({ headers, tokens }: RequestStep): AuthorizationWords {
  const { authorization } = headers;
  if (authorization === undefined)
    return { isPresent: false, text: "no Authorization header", token: undefined };
  const token = tokens.find(({ place }) => place === "header");
  return { isPresent: true, text: `Authorization: ${printable(authorization)}`, token };
}

/** `…2f8kQw`, or `…` for a token that is too short to show a part of it. */
export function maskedToken({ lastCharacters }: SeenToken): string {
  return `…${printable(lastCharacters)}`;
}
