// Reads the settings from the environment and refuses, in one sentence, what cannot work.
import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import path from "node:path";

// --- What a setting may be ---

const AUTH_MODES = ["passport", "manual", "payload"];
const TRANSPORTS = ["polling", "websocket"];

// HS256 needs a key at least as long as its hash, or the key is easier to guess than the signature
// (RFC 7518 §3.2).
const SMALLEST_SECRET_BYTES = 32;

class SettingsError extends Error {
  code = "BAD_SETTING";
}

// --- Reading one setting ---

function readText(env, name, fallback) {
  const value = env[name] ?? fallback;
  if (value === "") throw new SettingsError(`${name} is empty: give it a value or unset it.`);
  return value;
}

function readNumber(env, name, { fallback, from, to }) {
  const value = readText(env, name, String(fallback));
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < from || number > to) {
    throw new SettingsError(
      `${name} must be a whole number from ${from} to ${to}, got "${value}".`,
    );
  }
  return number;
}

function readChoice(env, name, choices) {
  const value = readText(env, name, choices[0]);
  const choice = choices.find((known) => known === value);
  if (choice === undefined)
    throw new SettingsError(`${name} must be one of ${choices.join(", ")}, got "${value}".`);
  return choice;
}

function readTransports(env) {
  const names = readText(env, "TRANSPORTS", TRANSPORTS.join()).split(",");
  return names.map((name) => {
    const transport = TRANSPORTS.find((known) => known === name.trim());
    if (transport === undefined) {
      throw new SettingsError(
        `TRANSPORTS must list ${TRANSPORTS.join(" or ")} or both, with a comma between, got "${name}".`,
      );
    }
    return transport;
  });
}

function readSecret(env) {
  // Without a secret of your own, tokens are worth nothing after this process has ended: safe, and
  // enough for a demo.
  if (env.JWT_SECRET === undefined)
    return {
      secret: randomBytes(SMALLEST_SECRET_BYTES).toString("base64url"),
      isSecretRandom: true,
    };
  const bytes = Buffer.byteLength(env.JWT_SECRET);
  if (bytes < SMALLEST_SECRET_BYTES) {
    // The message gives the length and never the secret.
    throw new SettingsError(
      `JWT_SECRET must have at least ${SMALLEST_SECRET_BYTES} bytes for HS256 (RFC 7518 §3.2), got ${bytes}.`,
    );
  }
  return { secret: env.JWT_SECRET, isSecretRandom: false };
}

function readClientFolder(env) {
  const folder = path.resolve(
    readText(env, "CLIENT_FOLDER", path.join(import.meta.dirname, "..", "..", "public", "client")),
  );
  // A copy of this folder alone does without the client page; a folder that was asked for must exist.
  if (
    env.CLIENT_FOLDER !== undefined &&
    !statSync(folder, { throwIfNoEntry: false })?.isDirectory()
  )
    throw new SettingsError(
      `CLIENT_FOLDER must be a folder that exists, got "${env.CLIENT_FOLDER}".`,
    );
  return folder;
}

// --- All settings ---

export function readSettings(env) {
  return {
    port: readNumber(env, "PORT", { fallback: 3000, from: 0, to: 65_535 }),
    // Only this machine can reach the loopback address; a demo user with a known password belongs
    // nowhere else.
    host: readText(env, "HOST", "127.0.0.1"),
    auth: readChoice(env, "AUTH", AUTH_MODES),
    transports: readTransports(env),
    ...readSecret(env),
    issuer: readText(env, "JWT_ISSUER", "accounts.examplesoft.com"),
    audience: readText(env, "JWT_AUDIENCE", "yoursite.net"),
    lifetimeSeconds: readNumber(env, "TOKEN_LIFETIME_SECONDS", {
      fallback: 3600,
      from: 1,
      to: 31_536_000,
    }),
    // The demo's only user. A real server looks the user up, compares a slow, salted hash of the
    // password, such as scrypt's, and slows down whoever guesses.
    demoUser: { id: 1, username: readText(env, "DEMO_USERNAME", "john") },
    demoPassword: readText(env, "DEMO_PASSWORD", "changeit"),
    isDemoPasswordKnown: env.DEMO_PASSWORD === undefined,
    clientFolder: readClientFolder(env),
    shouldLogChecks: readChoice(env, "LOG_CHECKS", ["no", "yes"]) === "yes",
  };
}
