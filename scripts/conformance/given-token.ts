// Looks at the good token that a person gives, before a run in which every case would fail because of it.
import { takeApart } from "../../test/conformance/mint.ts";
import { isSignedFor } from "../../test/conformance/signer.ts";
import type { Target } from "../../test/conformance/target.ts";
import { ArgumentsError } from "../command/arguments.ts";
import { distanceWords } from "../model/words/token.ts";

const PARTS = 3;

/**
 * The signature is the target's to judge; this is what anybody can see.
 * @param nowSeconds since 1970 (RFC 7519 §2, NumericDate)
 * @throws ArgumentsError (code BAD_ARGUMENTS) that shows nothing of the token
 */
export function checkGivenToken(
  token: string,
  nowSeconds: number,
  { publicKey, algorithm }: Pick<Target, "publicKey" | "algorithm">,
): void {
  const parts = token.split(".");
  if (parts.length !== PARTS || !parts.every((part) => /^[\w-]+$/.test(part)))
    throw new ArgumentsError(
      `The token must be a signed JSON Web Token, three parts with dots between and nothing around them, got ${describeParts(parts)}.`,
    );
  if (publicKey && algorithm && !isSignedFor(token, publicKey, algorithm))
    throw new ArgumentsError(
      `The public key does not fit the token's signature with ${algorithm}: give the one that the server checks it with, and --algorithm if that is another.`,
    );
  const { exp } = readClaims(token, nowSeconds);
  if (typeof exp === "number" && exp <= nowSeconds)
    throw new ArgumentsError(
      `The token expired ${distanceWords(Math.floor(exp - nowSeconds))}, as its claim exp says: give a fresh one.`,
    );
}

function describeParts(parts: readonly string[]): string {
  return parts.length === PARTS
    ? "three with characters that belong to no token"
    : `${parts.length}`;
}

/** The forgeries are made out of these claims. */
function readClaims(token: string, nowSeconds: number): Record<string, unknown> {
  const refusal = new ArgumentsError(
    "The second part of the token must be claims in JSON (RFC 7519 §3): give a token that is signed and not encrypted.",
  );
  try {
    const { claims } = takeApart(token, nowSeconds) as { claims: unknown };
    if (typeof claims === "object" && claims !== null) return claims as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw refusal;
}
