// Who may come in: only pages of this very address, and only with the key that was printed in the terminal.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

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

/**
 * Whether the request was made for this address. A page elsewhere can make its own name point to 127.0.0.1 (DNS
 * rebinding) and would then be of the same origin as the sandbox; but its name stands in `Host`.
 * @param port the one port of the sandbox
 */
export function isOurHost(headers: IncomingHttpHeaders, port: number): boolean {
  const names = ["127.0.0.1", "localhost", "[::1]"];
  return names.some((name) => headers.host === `${name}:${port}`);
}

/**
 * Whether the request comes from a page of this address, or from no page at all: browsers name the origin of every
 * websocket and of every request that changes something; other clients need the key like everybody.
 */
export function isOurOrigin({ origin, host }: IncomingHttpHeaders): boolean {
  return origin === undefined || origin === `http://${host}`;
}
