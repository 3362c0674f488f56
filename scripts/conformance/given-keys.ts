// Reads the keys of a server that signs its tokens with a private key.
import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { algorithmsOf, type KeyAlgorithm } from "../../test/conformance/signer.ts";
import type { Target } from "../../test/conformance/target.ts";
import { ArgumentsError } from "../command/arguments.ts";

/** What a person says about the keys: two files and the name of the algorithm. */
interface KeyFacts {
  secret?: string | undefined;
  "private-key"?: string | undefined;
  "public-key"?: string | undefined;
  algorithm?: string | undefined;
}

export type GivenKeys = Pick<Target, "privateKey" | "publicKey" | "publicKeyText" | "algorithm">;

/**
 * The public key follows from the private one, and the algorithm from the kind of key, where they are not given.
 * @throws ArgumentsError (code BAD_ARGUMENTS)
 */
export async function readKeys(facts: KeyFacts): Promise<GivenKeys> {
  const privateKey = await readKey("private", facts["private-key"]);
  const given = await readKey("public", facts["public-key"]);
  const publicKey = given?.key ?? (privateKey && createPublicKey(privateKey.key));
  if (publicKey !== undefined && facts.secret !== undefined)
    throw new ArgumentsError(
      "A server checks its tokens with a secret or with a key: give the secret alone (--secret or CONFORMANCE_SECRET), or the keys alone.",
    );
  if (given && privateKey && !given.key.equals(createPublicKey(privateKey.key)))
    throw new ArgumentsError("The public key is not that of the private key.");
  const key = privateKey?.key ?? publicKey;
  const algorithm = key && chooseAlgorithm(key, facts.algorithm);
  return { privateKey: privateKey?.key, publicKey, publicKeyText: given?.text, algorithm };
}

async function readKey(
  kind: "private" | "public",
  file: string | undefined,
): Promise<{ key: KeyObject; text: string } | undefined> {
  if (file === undefined) return undefined;
  const text = await readFile(file, "utf8").catch(() => {
    throw new ArgumentsError(
      `${path.resolve(file)} cannot be read: --${kind}-key needs a file in PEM.`,
    );
  });
  try {
    return { key: kind === "private" ? createPrivateKey(text) : createPublicKey(text), text };
  } catch {
    // What OpenSSL says of it helps nobody, and may show a part of the file.
    throw new ArgumentsError(
      `${file} must hold a ${kind} key in PEM${kind === "private" ? ", without a passphrase" : ""}.`,
    );
  }
}

function chooseAlgorithm(key: KeyObject, wanted: string | undefined): KeyAlgorithm {
  const fitting = algorithmsOf(key);
  const [usual] = fitting;
  if (usual === undefined)
    throw new ArgumentsError(
      "The key must be one of RSA, of the curves P-256, P-384 or P-521, or of Ed25519: the suite makes tokens with no other.",
    );
  const chosen = wanted === undefined ? usual : fitting.find((name) => name === wanted);
  if (chosen !== undefined) return chosen;
  throw new ArgumentsError(
    `--algorithm must be one of ${fitting.join(", ")} for this key, got "${wanted}".`,
  );
}
