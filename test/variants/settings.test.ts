// The environment of a variant: what each variable does, and the one sentence that refuses what cannot work.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { extensionOf, folderOf, startArguments } from "../../scripts/lab/servers/variants.ts";
import { type Variant, VARIANTS } from "../../scripts/model/vocabulary.ts";
import { startNode } from "../helpers/node-process.ts";

type Environment = Record<string, string>;
type ReadSettings = (env: Environment) => Record<string, unknown>;

const SECRET = "exactly-32-bytes-are-just-enough";

const TWO_BYTES_EACH = "áàâäéèêëíìîïóòôö";

// Each variable, a good value, and what it sets.
const GOOD: [string, string, Record<string, unknown>][] = [
  ["PORT", "0", { port: 0 }],
  ["PORT", "65535", { port: 65_535 }],
  ["HOST", "::1", { host: "::1" }],
  ["AUTH", "passport", { auth: "passport" }],
  ["AUTH", "manual", { auth: "manual" }],
  ["AUTH", "payload", { auth: "payload" }],
  ["TRANSPORTS", "polling", { transports: ["polling"] }],
  ["TRANSPORTS", "websocket", { transports: ["websocket"] }],
  ["TRANSPORTS", "websocket, polling", { transports: ["websocket", "polling"] }],
  ["JWT_SECRET", SECRET, { secret: SECRET, isSecretRandom: false }],
  // Bytes count, and not characters: each of these has two.
  ["JWT_SECRET", TWO_BYTES_EACH, { secret: TWO_BYTES_EACH }],
  ["JWT_ISSUER", "an issuer", { issuer: "an issuer" }],
  ["JWT_AUDIENCE", "an audience", { audience: "an audience" }],
  ["AT_EXPIRY", "warn", { atExpiry: "warn" }],
  ["AT_EXPIRY", "keep", { atExpiry: "keep" }],
  ["TOKEN_LIFETIME_SECONDS", "1", { lifetimeSeconds: 1 }],
  ["REFRESH_LIFETIME_SECONDS", "86400", { refreshLifetimeSeconds: 86_400 }],
  ["AUTH", "cookie", { auth: "cookie" }],
  [
    "ALLOWED_ORIGINS",
    "http://a.example, https://b.example:8443",
    { allowedOrigins: ["http://a.example", "https://b.example:8443"] },
  ],
  ["DEMO_USERNAME", "jane", { demoUser: { id: 1, username: "jane" } }],
  ["DEMO_SCOPE", "", { demoScope: "" }],
  ["DEMO_SCOPE", "moderation disconnect", { demoScope: "moderation disconnect" }],
  ["DEMO_PASSWORD", "another", { demoPassword: "another", isDemoPasswordKnown: false }],
  ["CLIENT_FOLDER", "public/page", { clientFolder: path.resolve("public/page") }],
  ["ADAPTER", "memory", { adapter: "memory" }],
  ["REDIS_URL", "rediss://redis.example:6380", { redisUrl: "rediss://redis.example:6380" }],
  ["LOG_CHECKS", "yes", { shouldLogChecks: true }],
  ["LOG_CHECKS", "no", { shouldLogChecks: false }],
];

const NUMBER = "PORT must be a whole number from 0 to 65535, got";
const LIFETIME = "TOKEN_LIFETIME_SECONDS must be a whole number from 1 to 31536000, got";
const TRANSPORTS =
  "Each of TRANSPORTS, with commas between, must be one of polling, websocket, got";

const shortSecret = (bytes: number): string =>
  `JWT_SECRET must have at least 32 bytes for HS256 (RFC 7518 §3.2), got ${bytes}: make one with openssl rand -base64 32.`;

const REPEATED_SECRET =
  "JWT_SECRET is a short text that repeats, so it can be guessed: make one with openssl rand -base64 32.";

const withoutSecret = (adapter: string): string =>
  `ADAPTER=${adapter} needs JWT_SECRET: with a secret of its own, each server refuses the tokens of the others.`;
const REDIS_URL = "REDIS_URL must be an address such as redis://127.0.0.1:6379.";

// Each variable, a wrong value, and the sentence.
const WRONG: [string, string, string][] = [
  [
    "DEMO_SCOPE",
    "moderation,disconnect",
    'Each of DEMO_SCOPE, with spaces between, must be one of moderation, disconnect, got "moderation,disconnect".',
  ],
  ["PORT", "65536", `${NUMBER} "65536".`],
  ["PORT", "-1", `${NUMBER} "-1".`],
  ["PORT", "80.5", `${NUMBER} "80.5".`],
  ["PORT", "1e3", `${NUMBER} "1e3".`],
  ["PORT", "0x50", `${NUMBER} "0x50".`],
  ["PORT", " 80", `${NUMBER} " 80".`],
  ["PORT", "http", `${NUMBER} "http".`],
  ["PORT", "", "PORT is empty: give it a value or unset it."],
  ["HOST", "", "HOST is empty: give it a value or unset it."],
  ["AUTH", "Passport", 'AUTH must be one of passport, manual, payload, cookie, got "Passport".'],
  ["AUTH", "", "AUTH is empty: give it a value or unset it."],
  ["TRANSPORTS", "webtransport", `${TRANSPORTS} "webtransport".`],
  ["TRANSPORTS", "polling;websocket", `${TRANSPORTS} "polling;websocket".`],
  ["TRANSPORTS", "polling,", `${TRANSPORTS} "".`],
  ["TRANSPORTS", "", "TRANSPORTS is empty: give it a value or unset it."],
  ["JWT_SECRET", "", shortSecret(0)],
  ["JWT_SECRET", SECRET.slice(1), shortSecret(31)],
  ["JWT_SECRET", "a".repeat(32), REPEATED_SECRET],
  ["JWT_SECRET", "changeit".repeat(5), REPEATED_SECRET],
  ["JWT_ISSUER", "", "JWT_ISSUER is empty: give it a value or unset it."],
  ["JWT_AUDIENCE", "", "JWT_AUDIENCE is empty: give it a value or unset it."],
  ["AT_EXPIRY", "end", 'AT_EXPIRY must be one of disconnect, warn, keep, got "end".'],
  ["TOKEN_LIFETIME_SECONDS", "0", `${LIFETIME} "0".`],
  ...["*", "null", "https://a.example/", "a.example", "ftp://a.example"].map(
    (origin): [string, string, string] => [
      "ALLOWED_ORIGINS",
      origin,
      `Each of ALLOWED_ORIGINS, with commas between, must be an origin such as https://app.example, got "${origin}".`,
    ],
  ),
  ["TOKEN_LIFETIME_SECONDS", "31536001", `${LIFETIME} "31536001".`],
  ["TOKEN_LIFETIME_SECONDS", "1h", `${LIFETIME} "1h".`],
  ["ADAPTER", "mongo", 'ADAPTER must be one of memory, cluster, redis, got "mongo".'],
  ["ADAPTER", "cluster", withoutSecret("cluster")],
  ["ADAPTER", "redis", withoutSecret("redis")],
  ["REDIS_URL", "http://:secret@127.0.0.1", REDIS_URL],
  ["REDIS_URL", "127.0.0.1:6379", REDIS_URL],
  [
    "REFRESH_LIFETIME_SECONDS",
    "-1",
    'REFRESH_LIFETIME_SECONDS must be a whole number from 0 to 31536000, got "-1".',
  ],
  ["DEMO_USERNAME", "", "DEMO_USERNAME is empty: give it a value or unset it."],
  ["DEMO_PASSWORD", "", "DEMO_PASSWORD is empty: give it a value or unset it."],
  ["CLIENT_FOLDER", "/nowhere", 'CLIENT_FOLDER must be a folder that exists, got "/nowhere".'],
  ["CLIENT_FOLDER", "", 'CLIENT_FOLDER must be a folder that exists, got "".'],
  ["LOG_CHECKS", "true", 'LOG_CHECKS must be one of no, yes, got "true".'],
];

describe.each(VARIANTS)("the settings of %s", async (variant) => {
  const file = path.join(folderOf(variant), `settings.${extensionOf(variant)}`);
  const { readSettings } = (await import(pathToFileURL(file).href)) as {
    readSettings: ReadSettings;
  };

  it("are those of the guide, on loopback, if the environment says nothing", () => {
    expect(readSettings({})).toEqual({
      port: 3000,
      host: "127.0.0.1",
      auth: "passport",
      transports: ["polling", "websocket"],
      adapter: "memory",
      redisUrl: "redis://127.0.0.1:6379",
      allowedOrigins: [],
      secret: expect.any(String),
      isSecretRandom: true,
      issuer: "accounts.examplesoft.com",
      audience: "yoursite.net",
      atExpiry: "disconnect",
      lifetimeSeconds: 3600,
      refreshLifetimeSeconds: 0,
      demoUser: { id: 1, username: "john" },
      demoScope: "",
      demoPassword: "changeit",
      isDemoPasswordKnown: true,
      clientFolder: path.resolve("public/client"),
      shouldLogChecks: false,
    });
  });

  it("have another random secret of 32 bytes or more in each process", () => {
    const [one, other] = [readSettings({}), readSettings({})].map(({ secret }) => String(secret));
    expect(one).not.toBe(other);
    expect(Buffer.byteLength(one!)).toBeGreaterThanOrEqual(32);
  });

  it.each(GOOD)("take %s=%s", (name, value, expected) => {
    expect(readSettings({ [name]: value })).toMatchObject(expected);
  });

  it.each(WRONG)("refuse %s=%s", (name, value, sentence) => {
    expect(() => readSettings({ [name]: value })).toThrow(
      expect.objectContaining({ code: "BAD_SETTING", message: sentence }),
    );
  });
});

describe.each(VARIANTS)("a process of %s with a wrong setting", (variant) => {
  it("prints one sentence without the secret, and ends with 1", async () => {
    const env = { PORT: "0", JWT_SECRET: "a-short-secret" };
    expect(await startNode(startArguments(variant), { env }).ended).toEqual({
      stdout: "",
      stderr: `${shortSecret(14)}\n`,
      code: 1,
    });
  });

  it("prints one sentence for a Redis that is not there", async () => {
    const more = { ADAPTER: "redis", REDIS_URL: "redis://user:password@127.0.0.1:1" };
    expect(await endOf(variant, more)).toMatch(
      /^Redis cannot be used at 127\.0\.0\.1:1 \(.*ECONNREFUSED.*\): start it there, or set REDIS_URL\.\n$/,
    );
  });
});

// No package is looked for, which is what formats do each in their own way.
it("a process prints one sentence for cluster and no parent", async () => {
  const printed = await endOf("cjs", { ADAPTER: "cluster" });
  expect(printed).toMatch(/^ADAPTER=cluster needs a parent .*\n$/);
});

/** What a process with that setting prints as it ends with 1. */
async function endOf(variant: Variant, more: Record<string, string>): Promise<string> {
  const env = { PORT: "0", JWT_SECRET: SECRET, ...more };
  const { stdout, stderr, code } = await startNode(startArguments(variant), { env }).ended;
  expect({ stdout, code }).toEqual({ stdout: "", code: 1 });
  return stderr;
}
