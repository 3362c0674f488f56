// The key that opens the sandbox: it was printed in the terminal.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** A key that cannot be guessed, for one run of the sandbox. */
export function makeKey(): string {
  return randomBytes(16).toString("base64url");
}

function hash(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** Compares in a time that tells nothing about where two keys differ. */
export function isKey(given: unknown, key: string): boolean {
  return typeof given === "string" && timingSafeEqual(hash(given), hash(key));
}
