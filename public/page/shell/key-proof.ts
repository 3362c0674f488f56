// Makes the sandbox prove itself before a key or a pass is sent to it: another program may listen at this address now.
import { type Challenge, PROOF_PATH } from "../../../scripts/model/protocol.ts";

/** `away`: no answer, or one from a program that does not know the key. */
type Proof = { is: "sandbox" } | { is: "away" } | { is: "refusal"; sentence: string };

const LONGEST_SENTENCE = 400;

/** @param key the key or pass to be sent later; it is not sent here */
export async function askForProof(key: string): Promise<Proof> {
  const { origin } = location;
  const nonce = toText(crypto.getRandomValues(new Uint8Array(16)).buffer);
  const challenge: Challenge = { name: await hash(`name ${key}`), nonce, origin };
  const { proof, error } = await ask(challenge);
  if (proof === (await sign(await hash(`prover ${key}`), `${nonce} ${origin}`)))
    return { is: "sandbox" };
  // Not proved, since the sandbox may not know the key. It is shown as text and changes nothing else.
  if (typeof error === "string")
    return { is: "refusal", sentence: error.slice(0, LONGEST_SENTENCE) };
  return { is: "away" };
}

async function ask(challenge: Challenge): Promise<{ proof?: unknown; error?: unknown }> {
  try {
    const query = new URLSearchParams({ ...challenge }).toString();
    const response = await fetch(`${PROOF_PATH}?${query}`, { cache: "no-store" });
    const answer = (await response.json()) as { proof?: unknown; error?: unknown } | null;
    return answer ?? {};
  } catch {
    // No answer, or not one of a sandbox.
    return {};
  }
}

const UTF8 = new TextEncoder();

async function hash(text: string): Promise<string> {
  return toText(await crypto.subtle.digest("SHA-256", UTF8.encode(text)));
}

async function sign(key: string, text: string): Promise<string> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", UTF8.encode(key), algorithm, false, [
    "sign",
  ]);
  return toText(await crypto.subtle.sign(algorithm, imported, UTF8.encode(text)));
}

/** In base64url. */
function toText(bytes: ArrayBuffer): string {
  const base64 = btoa(String.fromCharCode(...new Uint8Array(bytes)));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
