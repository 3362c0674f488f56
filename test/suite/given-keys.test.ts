// A server that signs with a private key is judged as any other, and by what can go wrong only with keys.
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import jwt from "jsonwebtoken";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeTarget, type TargetFlags } from "../../scripts/conformance/target.ts";
import { cases } from "../conformance/cases.ts";
import { makeKey, signWithKey } from "../conformance/signer.ts";
import { failuresOf, judge } from "../helpers/judge-other.ts";
import { AUDIENCE, ISSUER, type OtherHabits } from "../helpers/other-server.ts";

const ALONE = { username: undefined, password: undefined, claims: "header,websocket,self" };
const aboutTokens = cases.filter(({ id }) => id.startsWith("token."));
const aboutKeys = cases.filter(({ id }) => id.startsWith("token.key-"));
const rsa = makeKey("RS256");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "given-keys-"));
  await write("rsa", rsa);
});
afterAll(() => rm(folder, { recursive: true }));

/** Writes a private key, and its public one beside it. @returns the file of the private one */
async function write(name: string, key: KeyObject): Promise<string> {
  const publicKey = createPublicKey(key);
  const file = path.join(folder, `${name}.pem`);
  await writeFile(file, key.export({ type: "pkcs8", format: "pem" }));
  await writeFile(`${file}.pub`, publicKey.export({ type: "spki", format: "pem" }));
  return file;
}

const rsaFile = (): string => path.join(folder, "rsa.pem");

it.each(["RS256", "PS256", "ES256", "ES384"] as const)(
  "a correct server with %s fails no case about tokens",
  async (algorithm) => {
    const key = algorithm.startsWith("ES") ? makeKey(algorithm) : rsa;
    const file = await write(algorithm, key);
    const habits = { key: { publicKey: createPublicKey(key), algorithms: [algorithm] } };
    const flags = { ...ALONE, "private-key": file, algorithm };
    const results = await judge(aboutTokens, { habits, flags });
    expect(failuresOf(results)).toEqual([]);
    expect(results.filter(({ result }) => result === "passed").length).toBeGreaterThan(70);
  },
);

const FAULTS: [OtherHabits["trustsHeader"], jwt.Algorithm[], string][] = [
  ["HS256", ["RS256"], "token.key-as-secret"],
  ["jwk", ["RS256"], "token.key-embedded"],
  [undefined, ["RS256", "RS512"], "token.key-other-algorithm"],
];
it.each(FAULTS)("one that trusts %s, with %s, fails %s and nothing else", async (...fault) => {
  const [trustsHeader, algorithms, id] = fault;
  const key = { publicKey: createPublicKey(rsa), algorithms };
  const habits = { key, ...(trustsHeader && { trustsHeader }) };
  const results = await judge(aboutKeys, { habits, flags: { ...ALONE, "private-key": rsaFile() } });
  expect(failuresOf(results).map(([failed]) => failed)).toEqual([id]);
});

it("the public key and a token are enough for all but one of these", async () => {
  const options = { subject: "ann", issuer: ISSUER, audience: AUDIENCE, expiresIn: 60 };
  const token = jwt.sign({}, rsa, { ...options, algorithm: "RS256", keyid: "2026" });
  const habits: OtherHabits = {
    // A server that finds its key by name refuses a forgery without one for that reason only.
    key: { publicKey: createPublicKey(rsa), algorithms: ["RS256"], keyId: "2026" },
    trustsHeader: "HS256",
  };
  const flags = { ...ALONE, token, "public-key": `${rsaFile()}.pub` };
  const results = await judge(aboutKeys, { habits, flags });
  expect(failuresOf(results).map(([failed]) => failed)).toEqual(["token.key-as-secret"]);
  const lacking = results.filter(({ result }) => result === "not claimed");
  expect(lacking.map(({ id }) => id)).toEqual(["token.key-other-algorithm"]);
});

it("a server that finds its key by name is given tokens that tell it", async () => {
  const key = { publicKey: createPublicKey(rsa), algorithms: ["RS256" as const], keyId: "2026" };
  const flags = { ...ALONE, "private-key": rsaFile(), "key-id": "2026" };
  const results = await judge(aboutTokens, { habits: { key }, flags });
  expect(failuresOf(results)).toEqual([]);
  expect(results.filter(({ result }) => result === "passed").length).toBeGreaterThan(70);
});

it("EdDSA signs as RFC 8037 has it", () => {
  // RFC 8037 §A.4
  const d = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
  const x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
  const jwk = { kty: "OKP", crv: "Ed25519", d, x };
  const signer = signWithKey(createPrivateKey({ key: jwk, format: "jwk" }), "EdDSA");
  expect(signer.sign("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc")).toBe(
    "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg",
  );
});

it.each([
  ["a certificate or another text", (pem: string) => pem.replaceAll("\n", "\r\n")],
  ["PKCS#1", () => createPublicKey(rsa).export({ type: "pkcs1", format: "pem" }).toString()],
])("the text of the file is tried as a secret, as it is: %s", async (_what, textOf) => {
  const file = path.join(folder, "as-it-is.pub");
  const pem = createPublicKey(rsa).export({ type: "spki", format: "pem" }).toString();
  const secret = textOf(pem);
  await writeFile(file, secret);
  const key = { publicKey: createPublicKey(rsa), algorithms: ["RS256" as const], secret };
  const flags = { ...ALONE, "private-key": rsaFile(), "public-key": file };
  const habits = { key, trustsHeader: "HS256" as const };
  const results = await judge(aboutKeys, { habits, flags });
  expect(failuresOf(results).map(([failed]) => failed)).toEqual(["token.key-as-secret"]);
});

describe("keys that cannot be meant", () => {
  const url = "http://127.0.0.1:9";
  const say = (flags: TargetFlags): Promise<unknown> => describeTarget({ url, ...flags }, {});

  it("are refused in one sentence", async () => {
    const file = rsaFile();
    await expect(say({ "private-key": `${file}.none` })).rejects.toThrow(
      `${file}.none cannot be read: --private-key needs a file in PEM.`,
    );
    await expect(say({ "private-key": `${file}.pub` })).rejects.toThrow(
      `${file}.pub must hold a private key in PEM, without a passphrase.`,
    );
    await expect(say({ "private-key": file, secret: "x" })).rejects.toThrow("or the keys alone.");
    await expect(say({ "private-key": file, algorithm: "HS256" })).rejects.toThrow(
      '--algorithm must be one of RS256, RS384, RS512, PS256, PS384, PS512 for this key, got "HS256".',
    );
    await write("other", makeKey("RS256"));
    const [stranger, own] = [`${path.join(folder, "other.pem")}.pub`, `${file}.pub`];
    await expect(say({ "private-key": file, "public-key": stranger })).rejects.toThrow(
      "The public key is not that of the private key.",
    );
    const token = jwt.sign({}, rsa, { algorithm: "RS256", expiresIn: 60 });
    await expect(say({ token, "public-key": stranger })).rejects.toThrow(
      "The public key does not fit the token's signature with RS256",
    );
    expect(await say({ token, "public-key": own })).toMatchObject({ algorithm: "RS256" });
    const other = await write("dh", generateKeyPairSync("x25519").privateKey);
    await expect(say({ "private-key": other })).rejects.toThrow(
      "the suite makes tokens with no other.",
    );
  });

  it("stand beside the file that names them", async () => {
    const target = path.join(folder, "target.json");
    await writeFile(target, JSON.stringify({ url, "private-key": "rsa.pem" }));
    expect(await describeTarget({ target }, {})).toMatchObject({ algorithm: "RS256" });
    await writeFile(target, JSON.stringify({ url, "private-key": "none.pem" }));
    await expect(describeTarget({ target }, {})).rejects.toThrow(
      `${path.join(folder, "none.pem")} cannot be read`,
    );
  });

  it("need a token where only the public one is given", async () => {
    await expect(say({ "public-key": `${rsaFile()}.pub` })).rejects.toThrow(
      "The suite needs good tokens: give it --secret, or --private-key, or --token,",
    );
  });
});
