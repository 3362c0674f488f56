// Checks a signature with a public key that the person pastes. It stays in this tab: it is not sent, stored or logged. WebCrypto does the work.
import { decodeBytes, isObject } from "../../../scripts/model/token-parts.ts";
import { printableValue } from "../../../scripts/model/words/printable.ts";
import type { DecodedToken } from "./token-text.ts";

export interface KeyCheck {
  isGood: boolean;
  sentence: string;
}

/** What an algorithm signs with (RFC 7518 §3.1, RFC 8037 §3.1), and how WebCrypto calls it. */
interface PublicAlgorithm {
  /** `RSA with SHA-256` */
  words: string;
  keyType: "RSA" | "EC" | "OKP";
  parameters: { name: string; hash?: string; namedCurve?: string; saltLength?: number };
}

const CURVES: Record<string, string> = { 256: "P-256", 384: "P-384", 512: "P-521" };
/** RFC 7518 §3.3 */
const SHORTEST_RSA_BITS = 2048;

/** Undefined for an algorithm that needs a secret, or that nobody knows. */
export function publicAlgorithm(alg: unknown): PublicAlgorithm | undefined {
  if (alg === "EdDSA" || alg === "Ed25519")
    return { words: "Ed25519", keyType: "OKP", parameters: { name: "Ed25519" } };
  const [, family, bits = ""] = /^(RS|PS|ES)(256|384|512)$/.exec(String(alg)) ?? [];
  const hash = `SHA-${bits}`;
  if (family === "RS")
    return {
      words: `RSA with ${hash}`,
      keyType: "RSA",
      parameters: { name: "RSASSA-PKCS1-v1_5", hash },
    };
  if (family === "PS")
    return {
      words: `RSA-PSS with ${hash}`,
      keyType: "RSA",
      parameters: { name: "RSA-PSS", hash, saltLength: Number(bits) / 8 },
    };
  if (family !== "ES") return undefined;
  const namedCurve = CURVES[bits]!;
  return {
    words: `ECDSA on ${namedCurve} with ${hash}`,
    keyType: "EC",
    parameters: { name: "ECDSA", hash, namedCurve },
  };
}

/**
 * @param token the token itself
 * @param keyText PEM, a JWK or a JWK Set (RFC 7517)
 */
export async function checkWithKey(
  token: string,
  { header }: Pick<DecodedToken, "header">,
  keyText: string,
): Promise<KeyCheck> {
  const algorithm = publicAlgorithm(header["alg"])!;
  const read = readKeys(keyText);
  if ("problem" in read) return bad(read.problem);
  const fitting = read.keys.filter((key) => isFor(key, header, algorithm));
  if (fitting.length === 0) return bad(noneFits(read.keys, header, algorithm));
  let isAnyUsable = false;
  for (const given of fitting) {
    const key = await importKey(given, algorithm);
    if (key === "unknown here") return bad(`This browser cannot check ${algorithm.words}.`);
    if (key === undefined) continue;
    isAnyUsable = true;
    if (await isSignedWith(token, key, algorithm)) return good(key, given);
  }
  return isAnyUsable
    ? bad(
        "The signature does not fit this key: another key made it, or the token was changed after signing.",
      )
    : bad(`That is not a key for ${header["alg"] as string}, which is ${algorithm.words}.`);
}

function bad(sentence: string): KeyCheck {
  return { isGood: false, sentence };
}

function good({ algorithm }: CryptoKey, { jwk }: GivenKey): KeyCheck {
  const bits = (algorithm as Partial<RsaKeyAlgorithm>).modulusLength ?? SHORTEST_RSA_BITS;
  if (bits < SHORTEST_RSA_BITS)
    return bad(
      `The signature fits, but the key has ${bits} bits, and at least ${SHORTEST_RSA_BITS} are required (RFC 7518 §3.3).`,
    );
  const name = jwk?.kid === undefined ? "this key" : `the key “${printableValue(jwk.kid)}”`;
  return { isGood: true, sentence: `The signature fits ${name}.` };
}

// --- Reading keys ---

type Jwk = JsonWebKey & { kid?: string };

/** One of them is there. */
interface GivenKey {
  jwk?: Jwk;
  spki?: Uint8Array<ArrayBuffer>;
}

const NOT_A_KEY =
  "That is not a public key: paste PEM (“BEGIN PUBLIC KEY”), a JWK or a JWK Set (RFC 7517).";
const PRIVATE =
  "That is a private or secret key, and was thrown away: anyone who has it can make tokens. Paste the public key.";

/** Whether a text holds what nobody should paste anywhere. */
export function isPrivateKey(text: string): boolean {
  return (
    /PRIVATE KEY-----/.test(text) ||
    keysInJson(text).some(({ d, k }) => d !== undefined || k !== undefined)
  );
}

function readKeys(text: string): { keys: GivenKey[] } | { problem: string } {
  if (isPrivateKey(text)) return { problem: PRIVATE };
  if (text.includes("BEGIN CERTIFICATE"))
    return {
      problem:
        "That is a certificate: get the key out of it with “openssl x509 -pubkey -noout -in FILE”.",
    };
  if (text.includes("BEGIN RSA PUBLIC KEY"))
    return {
      problem: "That is PKCS #1: convert it with “openssl rsa -RSAPublicKey_in -pubout -in FILE”.",
    };
  const [, base64] =
    /-----BEGIN PUBLIC KEY-----([\w+/=\s]+)-----END PUBLIC KEY-----/.exec(text) ?? [];
  if (base64 !== undefined) return readPem(base64);
  const keys = keysInJson(text).map((jwk) => ({ jwk }));
  return keys.length > 0 ? { keys } : { problem: NOT_A_KEY };
}

function readPem(base64: string): { keys: GivenKey[] } | { problem: string } {
  const spki = decodeBytes(base64.replaceAll(/\s/g, ""));
  return spki === undefined ? { problem: NOT_A_KEY } : { keys: [{ spki }] };
}

/** The keys of a JWK Set, or a JWK alone; none in any other text. */
function keysInJson(text: string): Jwk[] {
  try {
    const value: unknown = JSON.parse(text);
    const { keys = [value] } = isObject(value) ? value : {};
    return (Array.isArray(keys) ? keys : []).filter(
      (key) => isObject(key) && "kty" in key,
    ) as Jwk[];
  } catch {
    // Not JSON, and so not a JWK.
    return [];
  }
}

// --- Choosing and trying ---

/** What a key says of itself must fit what the token says of it (RFC 7515 §4.1.4, RFC 8725 §3.1). */
function isFor(
  { jwk }: GivenKey,
  { alg, kid }: DecodedToken["header"],
  { keyType }: PublicAlgorithm,
): boolean {
  if (jwk === undefined) return true;
  const isNamed = kid === undefined || jwk.kid === undefined || jwk.kid === kid;
  const isOfType = jwk.kty === keyType && (jwk.use ?? "sig") === "sig";
  return isNamed && isOfType && (jwk.alg === undefined || jwk.alg === alg);
}

function noneFits(
  keys: GivenKey[],
  { alg, kid }: DecodedToken["header"],
  { words }: PublicAlgorithm,
): string {
  const names = keys.flatMap(({ jwk }) => jwk?.kid ?? []);
  if (kid === undefined || names.some((name) => name === kid))
    return `No key in it is for ${String(alg)}, which is ${words}.`;
  const seen = names.slice(0, 5).map((name) => `“${printableValue(name)}”`);
  return `No key in it is called “${printableValue(kid)}”, as the token asks (“kid”); it has ${seen.join(", ") || "none with a name"}.`;
}

/** Undefined for a key of another kind; `unknown here` where the browser lacks the algorithm. */
async function importKey(
  { jwk, spki }: GivenKey,
  { parameters }: PublicAlgorithm,
): Promise<CryptoKey | "unknown here" | undefined> {
  try {
    if (spki !== undefined)
      return await crypto.subtle.importKey("spki", spki, parameters, false, ["verify"]);
    // Only what makes the key: the rest was looked at, and browsers differ in what they make of it.
    const { kty, n, e, crv, x, y } = jwk!;
    const parts = Object.entries({ kty, n, e, crv, x, y }).filter(
      ([, value]) => value !== undefined,
    );
    const bare = Object.fromEntries(parts) as JsonWebKey;
    return await crypto.subtle.importKey("jwk", bare, parameters, false, ["verify"]);
  } catch (error) {
    return (error as Error).name === "NotSupportedError" ? "unknown here" : undefined;
  }
}

async function isSignedWith(
  token: string,
  key: CryptoKey,
  { parameters }: PublicAlgorithm,
): Promise<boolean> {
  const [header, claims, signature = ""] = token.split(".");
  const bytes = decodeBytes(signature);
  const signed = new TextEncoder().encode(`${header}.${claims}`);
  return bytes !== undefined && crypto.subtle.verify(parameters, key, bytes, signed);
}
