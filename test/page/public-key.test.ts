// A signature of a private key is checked with the public key that a person pastes, and with no other.
import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { expect, it } from "vitest";
import { checkWithKey, isPrivateKey } from "../../public/page/bench/public-key.ts";
import { decodeToken } from "../../public/page/bench/token-text.ts";

interface Pair {
  privateKey: KeyObject;
  publicKey: KeyObject;
}

const RSA = generateKeyPairSync("rsa", { modulusLength: 2048 });
const OTHER_RSA = generateKeyPairSync("rsa", { modulusLength: 2048 });
const SHORT_RSA = generateKeyPairSync("rsa", { modulusLength: 1024 });
const P256 = generateKeyPairSync("ec", { namedCurve: "P-256" });
const P384 = generateKeyPairSync("ec", { namedCurve: "P-384" });
const P521 = generateKeyPairSync("ec", { namedCurve: "P-521" });
const ED = generateKeyPairSync("ed25519");

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function mint(alg: string, { privateKey }: Pair, kid?: string): string {
  const input = `${encode({ alg, kid })}.${encode({ sub: "john" })}`;
  const hash = alg === "EdDSA" ? null : `sha${alg.slice(2)}`;
  // 6 is RSA_PKCS1_PSS_PADDING, -1 a salt as long as the hash.
  const pss = alg.startsWith("PS") ? { padding: 6, saltLength: -1 } : {};
  const options = { key: privateKey, dsaEncoding: "ieee-p1363", ...pss } as const;
  return `${input}.${sign(hash, Buffer.from(input), options).toString("base64url")}`;
}

function pem({ publicKey }: Pair): string {
  return publicKey.export({ type: "spki", format: "pem" }).toString();
}

function jwk({ publicKey }: Pair, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { ...publicKey.export({ format: "jwk" }), ...more };
}

async function check(token: string, key: string): Promise<string> {
  const decoded = decodeToken(token);
  if ("problem" in decoded) throw new Error(decoded.problem);
  const { isGood, sentence } = await checkWithKey(token, decoded, key);
  return `${isGood ? "good" : "bad"}: ${sentence}`;
}

it.each([
  ["RS256", RSA],
  ["RS512", RSA],
  ["PS384", RSA],
  ["ES256", P256],
  ["ES384", P384],
  ["ES512", P521],
  ["EdDSA", ED],
] as [string, Pair][])(
  "checks %s with the key as PEM, as JWK and out of a set",
  async (alg, pair) => {
    const token = mint(alg, pair, "second");
    const set = {
      keys: [jwk(OTHER_RSA, { kid: "first" }), jwk(pair, { kid: "second", use: "sig", alg })],
    };
    expect(await check(token, pem(pair))).toBe("good: The signature fits this key.");
    expect(await check(token, JSON.stringify(jwk(pair)))).toBe(
      "good: The signature fits this key.",
    );
    expect(await check(token, JSON.stringify(set))).toBe(
      "good: The signature fits the key “second”.",
    );
  },
);

it("refuses a token that was changed, and the key of somebody else", async () => {
  const [header, , signature] = mint("RS256", RSA).split(".");
  const changed = [header, encode({ sub: "jane" }), signature].join(".");
  const notFitting = /^bad: The signature does not fit this key/;
  expect(await check(changed, pem(RSA))).toMatch(notFitting);
  expect(await check(mint("RS256", RSA), pem(OTHER_RSA))).toMatch(notFitting);
  expect(await check(`${header}.${encode({})}.=*=`, pem(RSA))).toMatch(notFitting);
});

// oxfmt-ignore
it.each([
  ["of another kind", mint("ES256", P256), pem(RSA), "bad: That is not a key for ES256, which is ECDSA on P-256 with SHA-256."],
  ["on another curve", mint("ES256", P256), pem(P384), /^bad: That is not a key for ES256/],
  ["for another algorithm", mint("RS256", RSA), JSON.stringify(jwk(RSA, { alg: "PS256" })), /^bad: No key in it is for RS256/],
  ["for encryption", mint("RS256", RSA), JSON.stringify(jwk(RSA, { use: "enc" })), /^bad: No key in it is for RS256/],
  ["of another name", mint("RS256", RSA, "a"), JSON.stringify({ keys: [jwk(RSA, { kid: "b" })] }), "bad: No key in it is called “a”, as the token asks (“kid”); it has “b”."],
  ["that is too short", mint("RS256", SHORT_RSA), pem(SHORT_RSA), /^bad: The signature fits, but the key has 1024 bits/],
  ["in a certificate", mint("RS256", RSA), "-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----", /openssl x509 -pubkey/],
  ["in PKCS #1", mint("RS256", RSA), RSA.publicKey.export({ type: "pkcs1", format: "pem" }).toString(), /openssl rsa -RSAPublicKey_in/],
  ["that is cut off", mint("RS256", RSA), pem(RSA).slice(0, 200), /^bad: That is not a public key/],
  ["that is nothing", mint("RS256", RSA), '{"keys":[1,null]}', /^bad: That is not a public key/],
])("says in a sentence what is wrong with a key %s", async (_, token, key, sentence) => {
  expect(await check(token, key)).toMatch(sentence);
});

it.each([
  ["PEM", RSA.privateKey.export({ type: "pkcs8", format: "pem" }).toString()],
  ["a JWK", JSON.stringify(RSA.privateKey.export({ format: "jwk" }))],
  ["a set", JSON.stringify({ keys: [jwk(RSA), ED.privateKey.export({ format: "jwk" })] })],
  ["a secret", '{"kty":"oct","k":"c2VjcmV0"}'],
])("takes no private key, as %s, even if it fits", async (_, key) => {
  expect(isPrivateKey(key)).toBe(true);
  expect(await check(mint("RS256", RSA), key)).toMatch(/^bad: That is a private or secret key/);
});
