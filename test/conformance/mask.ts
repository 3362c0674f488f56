// Keeps credentials out of reports: shows the last six characters of a token, and nothing of a secret or password.
import type { Target } from "./target.ts";

// Long runs of a token's characters. No host name, path or event of the suite is that long.
const LONG_WORD = /[\w.-]{40,}/g;
const LAST_CHARACTERS = 6;
// A refresh token may be any text; it is known by its name, in JSON, in JSON that is quoted, and in a cookie.
const REFRESH_TOKEN = /(refresh[_-]?token(?:\\*"\s*:\s*\\*"|=))([^"\\;,\s]+)/gi;

/** The texts of a target that must not appear in a report at all. */
export function secretsOf({ secret, token, credentials, loginBody }: Target): string[] {
  // Claims and signature also alone: they can be put together again.
  const [, ...parts] = token?.split(".") ?? [];
  const all = [secret, token, ...parts, credentials?.password, ...secretsIn(loginBody)];
  return all.filter((text) => text !== undefined);
}

/** What a login needs besides the credentials, such as the secret of a client (RFC 6749 §2.3.1). */
function secretsIn(body: object): string[] {
  return Object.entries(body).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === "object" && value !== null) return secretsIn(value);
    const isSecret = typeof value === "string" && /(secret|password|key)$/i.test(name);
    return isSecret && value !== "" && value !== "{password}" ? [value] : [];
  });
}

/**
 * @param text what is about to be shown
 * @param secrets texts that must not appear at all, such as the password
 */
export function mask(text: string, secrets: readonly string[]): string {
  const withoutSecrets = secrets
    .flatMap(formsOf)
    .reduce((rest, secret) => hide(rest, secret), text);
  return withoutSecrets
    .replaceAll(REFRESH_TOKEN, (_all, name: string, token: string) => name + lastOf(token))
    .replaceAll(LONG_WORD, (word) => (word.includes(".") ? lastOf(word) : word));
}

function lastOf(token: string): string {
  return `…${token.slice(-LAST_CHARACTERS)}`;
}

function quote(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** JSON as PHP writes it, with a backslash before each slash. */
function quoteSlashes(text: string): string {
  return quote(text).replaceAll("/", "\\/");
}

/** As PHP and Python write what is not ASCII. */
function escapeOthers(text: string): string {
  return text.replaceAll(/[^\0-\x7f]/g, (sign) => {
    const code = sign.charCodeAt(0).toString(16);
    return `\\u${code.padStart(4, "0")}`;
  });
}

/** As it is, and as it stands in JSON, in JSON that is quoted, and in JSON in JSON that is quoted. */
function formsOf(secret: string): string[] {
  const plain = [quote(secret), quoteSlashes(secret)];
  const once = [...plain, ...plain.map(escapeOthers)];
  const twice = once.map(quote);
  return [...new Set([secret, ...once, ...twice, ...twice.map(quote)])];
}

/** Takes a secret out of a text, and the beginning of one where the text was cut in the middle of it. */
function hide(text: string, secret: string): string {
  const beginnings = Array.from({ length: secret.length }, (_, at) => secret.slice(0, at + 1));
  return beginnings
    .toReversed()
    .reduce(
      (rest, beginning) => rest.replaceAll(`${beginning}…`, "…"),
      text.replaceAll(secret, "…"),
    );
}
