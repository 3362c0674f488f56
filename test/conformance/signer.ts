// How tokens are signed: with a secret or with a private key (RFC 7518 §3, RFC 8037 §3.1).
import {
  constants,
  createHmac,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";

/** Signs the first two parts of a token, with the dot between them; what comes is the third. */
export interface Signer {
  /** What stands in the header under "alg". */
  readonly algorithm: string;
  readonly sign: (signed: string) => string;
}

const HASHES = { HS256: "sha256", HS384: "sha384", HS512: "sha512" } as const;

/** @param secret a text, or bytes that are taken for one */
export function signWithSecret(
  secret: string | Buffer,
  algorithm: keyof typeof HASHES = "HS256",
): Signer {
  const hash = HASHES[algorithm];
  return {
    algorithm,
    sign: (signed) => createHmac(hash, secret).update(signed).digest("base64url"),
  };
}

/** What a private key can sign with: kind of key, hash, and the curve or the padding. */
const KEY_ALGORITHMS = {
  RS256: { type: "rsa", hash: "sha256" },
  RS384: { type: "rsa", hash: "sha384" },
  RS512: { type: "rsa", hash: "sha512" },
  PS256: { type: "rsa", hash: "sha256", isPss: true },
  PS384: { type: "rsa", hash: "sha384", isPss: true },
  PS512: { type: "rsa", hash: "sha512", isPss: true },
  ES256: { type: "ec", hash: "sha256", curve: "prime256v1" },
  ES384: { type: "ec", hash: "sha384", curve: "secp384r1" },
  ES512: { type: "ec", hash: "sha512", curve: "secp521r1" },
  EdDSA: { type: "ed25519", hash: null },
} as const satisfies Record<
  string,
  { type: string; hash: string | null; curve?: string; isPss?: true }
>;
export type KeyAlgorithm = keyof typeof KEY_ALGORITHMS;

/** The algorithms that go with a private key, the usual one first; none for a key that signs no tokens. */
export function algorithmsOf(key: KeyObject): KeyAlgorithm[] {
  return (Object.keys(KEY_ALGORITHMS) as KeyAlgorithm[]).filter((name) => {
    const wanted = KEY_ALGORITHMS[name];
    const isCurve = !("curve" in wanted) || key.asymmetricKeyDetails?.namedCurve === wanted.curve;
    return key.asymmetricKeyType === wanted.type && isCurve;
  });
}

/** A key as `sign` and `verify` of Node take it. */
function withKey(key: KeyObject, algorithm: KeyAlgorithm) {
  const padding =
    "isPss" in KEY_ALGORITHMS[algorithm] ? { padding: constants.RSA_PKCS1_PSS_PADDING } : {};
  // Salt as long as the hash (RFC 7518 §3.5); the two numbers of ECDSA side by side and not in DER (§3.4).
  const saltLength = constants.RSA_PSS_SALTLEN_DIGEST;
  return { key, dsaEncoding: "ieee-p1363" as const, ...padding, saltLength };
}

/** @param algorithm one of those that go with the key */
export function signWithKey(privateKey: KeyObject, algorithm: KeyAlgorithm): Signer {
  const { hash } = KEY_ALGORITHMS[algorithm];
  const options = withKey(privateKey, algorithm);
  return {
    algorithm,
    sign: (signed) => sign(hash, Buffer.from(signed), options).toString("base64url"),
  };
}

/** Whether the signature of a token is that of the key. */
export function isSignedFor(token: string, publicKey: KeyObject, algorithm: KeyAlgorithm): boolean {
  const { hash } = KEY_ALGORITHMS[algorithm];
  const [header = "", payload = "", signature = ""] = token.split(".");
  const signed = Buffer.from(`${header}.${payload}`);
  return verify(hash, signed, withKey(publicKey, algorithm), Buffer.from(signature, "base64url"));
}

const RSA_BITS = 2048;

// An RSA key takes a fifth of a second to make.
const foreignKeys = new Map<KeyAlgorithm, KeyObject>();

/** A private key that no target knows, the same each time. */
export function foreignKey(algorithm: KeyAlgorithm): KeyObject {
  const key = foreignKeys.get(algorithm) ?? makeKey(algorithm);
  foreignKeys.set(algorithm, key);
  return key;
}

/** Another private key, of the kind that goes with the algorithm. */
export function makeKey(algorithm: KeyAlgorithm): KeyObject {
  const wanted = KEY_ALGORITHMS[algorithm];
  if (wanted.type === "rsa")
    return generateKeyPairSync("rsa", { modulusLength: RSA_BITS }).privateKey;
  if (wanted.type === "ec")
    return generateKeyPairSync("ec", { namedCurve: wanted.curve }).privateKey;
  return generateKeyPairSync("ed25519").privateKey;
}
