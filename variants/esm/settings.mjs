// Reads the settings from the environment and refuses, in one sentence, what cannot work.
import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import path from "node:path";
import { choose, readersOf, refuse } from "./read-setting.mjs";

// --- All settings ---

export function readSettings(env) {
  const { text, number, oneOf, someOf } = readersOf(env);
  return {
    port: number("PORT", 3000, [0, 65_535]),
    // Only this machine can reach the loopback address; a demo user with a known password belongs
    // nowhere else.
    host: text("HOST", "127.0.0.1"),
    auth: oneOf("AUTH", ["passport", "manual", "payload", "cookie"]),
    transports: someOf("TRANSPORTS", ["polling", "websocket"]),
    // How servers behind one address reach each other's clients; in memory, a server reaches only its own.
    adapter: readAdapter(oneOf("ADAPTER", ["memory", "cluster", "redis"]), env.JWT_SECRET),
    redisUrl: readRedisUrl(text("REDIS_URL", "redis://127.0.0.1:6379")),
    allowedOrigins: readOrigins(env.ALLOWED_ORIGINS),
    secret: readSecret(env.JWT_SECRET),
    isSecretRandom: env.JWT_SECRET === undefined,
    issuer: text("JWT_ISSUER", "accounts.examplesoft.com"),
    audience: text("JWT_AUDIENCE", "yoursite.net"),
    // A connected socket outlives its token, unless the server ends it; "warn" leaves that to the client.
    atExpiry: oneOf("AT_EXPIRY", ["disconnect", "warn", "keep"]),
    lifetimeSeconds: number("TOKEN_LIFETIME_SECONDS", 3600, [1, 31_536_000]),
    // How long a client can go on without the password, counted from the login; 0: there is no `/refresh`.
    refreshLifetimeSeconds: number("REFRESH_LIFETIME_SECONDS", 0, [0, 31_536_000]),
    demoUser: { id: 1, username: text("DEMO_USERNAME", "john") },
    // What the demo user may do beyond what every user may: rights of `rights`, with spaces between.
    demoScope: readScope(env.DEMO_SCOPE ?? ""),
    demoPassword: text("DEMO_PASSWORD", "changeit"),
    isDemoPasswordKnown: env.DEMO_PASSWORD === undefined,
    clientFolder: readClientFolder(env.CLIENT_FOLDER),
    shouldLogChecks: oneOf("LOG_CHECKS", ["no", "yes"]) === "yes",
  };
}

// --- Settings with rules of their own ---

function readScope(scope) {
  // With commas between they would be one right, which nothing asks for.
  for (const right of scope.split(" "))
    if (right !== "")
      choose("Each of DEMO_SCOPE, with spaces between,", right, ["moderation", "disconnect"]);
  return scope;
}

function readOrigins(list) {
  // None but the server's own.
  if (list === undefined) return [];
  return list.split(",").map((each) => {
    const origin = each.trim();
    // Exactly as browsers send it: with a slash at the end it would never match. "*" would be every page,
    // and "null" any page in a sandboxed frame.
    if (URL.canParse(origin) && /^https?:/.test(origin) && new URL(origin).origin === origin)
      return origin;
    return refuse(
      `Each of ALLOWED_ORIGINS, with commas between, must be an origin such as https://app.example, got "${origin}".`,
    );
  });
}

function readAdapter(adapter, secret) {
  if (adapter !== "memory" && secret === undefined)
    refuse(
      `ADAPTER=${adapter} needs JWT_SECRET: with a secret of its own, each server refuses the tokens of the others.`,
    );
  if (adapter === "cluster" && process.send === undefined)
    refuse(
      "ADAPTER=cluster needs a parent process that started this one with an IPC channel, and passes on what the servers tell each other.",
    );
  return adapter;
}

function readRedisUrl(url) {
  if (URL.canParse(url) && /^rediss?:$/.test(new URL(url).protocol)) return url;
  // The message does not show it: it may hold a password.
  return refuse("REDIS_URL must be an address such as redis://127.0.0.1:6379.");
}

function readSecret(secret) {
  // Without a secret of your own, tokens are worthless once this process has ended: safe, and enough
  // for a demo.
  if (secret === undefined) return randomBytes(32).toString("base64url");
  // HS256 needs a key at least as long as its hash, or the key is easier to guess than the signature
  // (RFC 7518 §3.2). Only you can make sure that it is random as well: a word that is repeated is not.
  // The messages do not show the secret.
  const bytes = Buffer.byteLength(secret);
  const problem =
    bytes < 32
      ? `must have at least 32 bytes for HS256 (RFC 7518 §3.2), got ${bytes}`
      : /^(.{1,16}?)\1+$/su.test(secret) && "is a short text that repeats, so it can be guessed";
  return problem ? refuse(`JWT_SECRET ${problem}: make one with openssl rand -base64 32.`) : secret;
}

function readClientFolder(folder) {
  // A copy of the variant alone works without the client page; a folder that was asked for must exist.
  if (folder === undefined) return path.join(import.meta.dirname, "..", "..", "public", "client");
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return path.resolve(folder);
  return refuse(`CLIENT_FOLDER must be a folder that exists, got "${folder}".`);
}
