// What is wrong with a token: each fault a sentence, and whether the demo server refuses it for that. Pure.
import type { BenchReport } from "../../../scripts/model/protocol.ts";
import { printableValue } from "../../../scripts/model/words/printable.ts";
import { distanceWords, forgeryWords } from "../../../scripts/model/words/token.ts";
import { duplicateNames, isObject } from "../../../scripts/model/token-parts.ts";
import type { DecodedToken } from "./token-text.ts";

export interface Fault {
  /** The claim or the field of the header; `signature`. */
  about: string;
  sentence: string;
  /** False for what is odd and no reason to refuse. */
  isReason: boolean;
}

interface Known {
  /** Seconds since 1970. */
  now: number;
  /** What the server said of it; without that, only the form and the times can be judged. */
  report: Pick<BenchReport, "signature" | "expects" | "forged"> | undefined;
}

export function findFaults(decoded: DecodedToken, { now, report }: Known): Fault[] {
  const { header, claims } = decoded;
  return [
    ...duplicateFaults(decoded),
    ...(report === undefined ? [] : signatureFaults(header, report)),
    ...criticalFaults(header),
    ...endFaults(claims, now),
    ...beginFaults(claims, now),
    ...(report === undefined ? [] : addressFaults(claims, report.expects)),
    ...userFaults(claims),
  ];
}

function reason(about: string, sentence: string): Fault[] {
  return [{ about, sentence, isReason: true }];
}

function odd(about: string, sentence: string): Fault[] {
  return [{ about, sentence, isReason: false }];
}

/** RFC 7519 §4 for claims, RFC 7515 §4 for the header. */
function duplicateFaults({ texts }: DecodedToken): Fault[] {
  return duplicateNames(texts.header)
    .concat(duplicateNames(texts.claims))
    .flatMap((name) =>
      odd(
        name,
        `“${name}” stands in it more than once. A parser must refuse that or take the last one, as the demo server does (RFC 7519 §4): two parsers may read two different tokens.`,
      ),
    );
}

function signatureFaults(
  { alg }: DecodedToken["header"],
  { signature, expects, forged }: NonNullable<Known["report"]>,
): Fault[] {
  if (alg === "none")
    return reason(
      "alg",
      "It says “alg: none”: without a signature, anybody could have written it.",
    );
  const algorithm =
    alg === expects.algorithm
      ? []
      : reason(
          "alg",
          `It says “alg: ${printableValue(alg)}”, and the demo server takes ${expects.algorithm} only (RFC 8725 §3.1).`,
        );
  if (signature === "none") return [...algorithm, ...reason("signature", "It has no signature.")];
  // Of another algorithm's signature nobody here knows: the server refuses the token before it looks.
  if (signature === "ours" || signature === "not checked") return algorithm;
  if (forged !== undefined)
    return [
      ...algorithm,
      ...reason("data", `It was changed after signing: ${forgeryWords(forged)}`),
    ];
  return [
    ...algorithm,
    ...reason(
      "signature",
      "The signature is not the demo server's: it was signed with another secret, or changed after signing.",
    ),
  ];
}

function criticalFaults({ crit }: DecodedToken["header"]): Fault[] {
  if (crit === undefined) return [];
  return reason(
    "crit",
    `Its header calls ${printableValue(crit)} critical: a server that does not understand that must refuse the token, and this one does not (RFC 7515 §4.1.11).`,
  );
}

/** Later than this, in the year 5138, the number was meant in milliseconds. */
const NO_SECONDS = 1e11;

function endFaults({ exp }: DecodedToken["claims"], now: number): Fault[] {
  if (exp === undefined)
    return reason("exp", "It has no “exp” and would never expire; the demo server requires one.");
  if (typeof exp !== "number") return reason("exp", notSeconds("exp"));
  if (exp <= now) return reason("exp", `It expired ${distanceWords(exp - now)}.`);
  return exp > NO_SECONDS
    ? odd(
        "exp",
        "“exp” counts seconds, and this looks like milliseconds: it expires in thousands of years.",
      )
    : [];
}

function beginFaults({ nbf, iat }: DecodedToken["claims"], now: number): Fault[] {
  return [
    ...(nbf === undefined
      ? []
      : typeof nbf !== "number"
        ? reason("nbf", notSeconds("nbf"))
        : nbf > now
          ? reason("nbf", `It is not valid yet: it starts ${distanceWords(nbf - now)}.`)
          : []),
    ...(typeof iat === "number" && iat > now
      ? odd("iat", "It says that it was issued in the future; the demo server ignores that.")
      : []),
  ];
}

function notSeconds(claim: string): string {
  return `“${claim}” is not a number of seconds since 1970 (RFC 7519 §2, NumericDate).`;
}

function addressFaults(
  { iss, aud }: DecodedToken["claims"],
  { issuer, audience }: BenchReport["expects"],
): Fault[] {
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud];
  return [
    ...(iss === issuer ? [] : reason("iss", mismatch("Its issuer", iss, issuer))),
    ...(audiences.includes(audience) ? [] : reason("aud", mismatch("Its audience", aud, audience))),
  ];
}

function mismatch(what: string, seen: unknown, expected: string): string {
  return seen === undefined
    ? `${what} is missing; the demo server requires ${expected}.`
    : `${what} is ${printableValue(seen)}; the demo server requires ${expected}.`;
}

function userFaults({ data }: DecodedToken["claims"]): Fault[] {
  if (!isObject(data))
    return reason("data", "It names no user: “data” with “id” and “username” is missing.");
  const { id, username } = data;
  if (typeof id !== "number" || !Number.isSafeInteger(id) || id < 1)
    return reason("data", "It names no user: “data.id” must be a positive whole number.");
  return typeof username === "string" && username !== ""
    ? []
    : reason("data", "It names no user: “data.username” must be a non-empty string.");
}
