// Tokens of a target that signs with a private key: everybody may know the public one, so it must not do as a secret.
import { createPublicKey, type KeyObject } from "node:crypto";
import type { Case } from "../case.ts";
import { goodToken } from "../connection.ts";
import { createForge, type Forge } from "../forge.ts";
import { mint, takeApart } from "../mint.ts";
import type { Probe } from "../probe.ts";
import { algorithmsOf, foreignKey, type Signer, signWithKey, signWithSecret } from "../signer.ts";
import type { Capability } from "../target.ts";
import { expectRefusedEverywhere } from "../verdicts.ts";

const FIX_THE_ALGORITHM =
  "Name the one algorithm of your tokens where they are verified, and take the key from your own settings, never from the token.";
const CHECK_IT = "Verify the signature before anything in the token is believed.";

const CONFUSION = "RFC 8725 §2.1, §3.1";
const ONE_ALGORITHM = "RFC 8725 §3.1";
const SIGNATURE = "RFC 7515 §5.2";
const FOREIGN_KEY = "RFC 8725 §3.10";

type Row = [
  name: string,
  what: string,
  source: string,
  needs: Capability[],
  make: (probe: Probe) => Promise<string[]>,
];

/** A good token, signed otherwise; its header names the same key, or a server might refuse it for that alone. */
async function resign(probe: Probe, signer: Signer, more?: object): Promise<string> {
  const { claims, parts } = takeApart(await goodToken(probe), probe.nowSeconds);
  const good = JSON.parse(Buffer.from(parts[0], "base64url").toString()) as object;
  return mint({ payload: claims, signer, header: { ...good, alg: signer.algorithm, ...more } });
}

/** The public key as texts that a server may hold it in, each with and without the line break at its end. */
function textsOf({ publicKey, publicKeyText }: Probe["target"]): string[] {
  const types =
    publicKey?.asymmetricKeyType === "rsa" ? (["spki", "pkcs1"] as const) : ["spki" as const];
  const pems = types.map((type) => publicKey!.export({ type, format: "pem" } as const).toString());
  const texts = [...(publicKeyText === undefined ? [] : [publicKeyText]), ...pems];
  return [...new Set(texts.flatMap((text) => [text, text.trim()]))];
}

/** What a server takes for a secret when the token says HS256. */
async function signWithEach(probe: Probe, secrets: (string | Buffer)[]): Promise<string[]> {
  const tokens: string[] = [];
  for (const secret of secrets) tokens.push(await resign(probe, signWithSecret(secret)));
  return tokens;
}

/** Somebody else's key, for an algorithm that the target knows. */
function foreignSigner({ target }: Probe): { key: KeyObject; signer: Signer } {
  const algorithm = target.algorithm!;
  const key = foreignKey(algorithm);
  return { key, signer: signWithKey(key, algorithm) };
}

async function withOwnKey(probe: Probe): Promise<string[]> {
  const { key, signer } = foreignSigner(probe);
  const jwk = createPublicKey(key).export({ format: "jwk" });
  return [await resign(probe, signer, { jwk })];
}

/** Good but for the algorithm: each of the others that the key can sign with. */
function otherAlgorithms({ privateKey, algorithm }: Probe["target"], forge: Forge): string[] {
  const others = algorithmsOf(privateKey!).filter((name) => name !== algorithm);
  return others.map((name) => forge.mint({ signer: signWithKey(privateKey!, name) }));
}

// oxfmt-ignore
const ROWS: Row[] = [
  ["key-as-secret", "HS256 with the text of the public key in place of a secret", CONFUSION, ["public-key"], (probe) => signWithEach(probe, textsOf(probe.target))],
  ["key-as-secret-der", "HS256 with the bytes of the public key in place of a secret", CONFUSION, ["public-key"], (probe) => signWithEach(probe, [probe.target.publicKey!.export({ type: "spki", format: "der" })])],
  ["key-other", "a token signed with another private key", SIGNATURE, ["public-key"], async (probe) => [await resign(probe, foreignSigner(probe).signer)]],
  ["key-embedded", "a token signed with a private key whose public one it brings along", FOREIGN_KEY, ["public-key"], withOwnKey],
  ["key-other-algorithm", "the right private key with an algorithm that is not the target's", ONE_ALGORITHM, ["rsa-key"], async (probe) => otherAlgorithms(probe.target, createForge(probe))],
];

export const tokenKeyCases = ROWS.map(([name, what, source, needs, make]): Case => ({
  id: `token.${name}`,
  title: `refuses ${what}`,
  source,
  needs: ["checks-token", ...needs],
  remedy: name === "key-other" ? CHECK_IT : FIX_THE_ALGORITHM,
  run: async (probe) => {
    for (const token of await make(probe)) await expectRefusedEverywhere(probe, token);
  },
}));
