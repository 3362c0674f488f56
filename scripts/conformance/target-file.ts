// The JSON file that describes a server, and what may stand in it. Its JSON Schema is beside it, for editors.
import { readFile } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import { CLAIMABLE } from "../../test/conformance/target.ts";
import { ArgumentsError } from "../command/arguments.ts";

const CLAIMS = Object.keys(CLAIMABLE) as (keyof typeof CLAIMABLE)[];

const Text = v.pipe(v.string("must be a text"), v.nonEmpty("must not be empty"));
const list = v.array(v.picklist(CLAIMS, `must be one of ${CLAIMS.join(", ")}`), "must be a list");
const pathOfUrl = v.pipe(Text, v.startsWith("/", "must begin with a slash"));
const Origin = v.pipe(
  Text,
  v.regex(/^https?:\/\/[^/]+$/, "must be an origin such as https://app.example"),
);

const PLACE = /^(?:header|payload|cookie|query)(?::[^\s:,]+)?$/;
const PlaceWord = v.pipe(
  v.string("must be a text"),
  v.regex(PLACE, "must be header, or payload:NAME, cookie:NAME, query:NAME or header:NAME"),
);

/** Whether one of the texts in a value is this one: only a whole text is replaced. */
function holds(value: unknown, text: string): boolean {
  if (typeof value !== "object" || value === null) return value === text;
  return Object.values(value).some((inner) => holds(inner, text));
}

const LoginBody = v.pipe(
  v.record(v.string(), v.unknown(), "must be an object"),
  // With the credentials themselves in it no wrong ones could be tried, and reports would show them.
  v.check(
    (body) => holds(body, "{username}") && holds(body, "{password}"),
    'must have "{username}" and "{password}" in it, such as {"email":"{username}","password":"{password}"}',
  ),
);

// One case waits so long.
const MOST_WAIT_MS = 30_000;
const wait = `must be a whole number of milliseconds from 1 to ${MOST_WAIT_MS}`;
const Wait = v.pipe(
  v.number(wait),
  v.integer(wait),
  v.minValue(1, wait),
  v.maxValue(MOST_WAIT_MS, wait),
);

/** What a person can say about a server of their own. */
export const TargetFile = v.strictObject({
  $schema: v.optional(Text),
  url: Text,
  secret: v.optional(Text),
  "private-key": v.optional(Text),
  "public-key": v.optional(Text),
  algorithm: v.optional(Text),
  "key-id": v.optional(Text),
  token: v.optional(Text),
  username: v.optional(Text),
  password: v.optional(Text),
  issuer: v.optional(Text),
  audience: v.optional(Text),
  login: v.optional(pathOfUrl),
  "login-body": v.optional(LoginBody),
  "token-field": v.optional(Text),
  "token-in": v.optional(v.array(PlaceWord, "must be a list")),
  self: v.optional(pathOfUrl),
  refresh: v.optional(pathOfUrl),
  path: v.optional(pathOfUrl),
  claims: v.optional(list),
  without: v.optional(list),
  events: v.optional(v.array(Text, "must be a list")),
  namespaces: v.optional(v.array(pathOfUrl, "must be a list")),
  origins: v.optional(v.array(Origin, "must be a list")),
  nodes: v.optional(v.array(Text, "must be a list")),
  "connect-timeout": v.optional(Wait),
  "user-claims": v.optional(v.record(v.string(), v.unknown(), "must be an object")),
});
export type TargetFacts = v.InferOutput<typeof TargetFile>;

/** @throws ArgumentsError (code BAD_ARGUMENTS) */
export async function readTargetFile(file: string): Promise<Record<string, unknown>> {
  const content = await readFile(file, "utf8").catch(() => {
    throw new ArgumentsError(`${file} cannot be read: --target needs a JSON file.`);
  });
  try {
    const facts = JSON.parse(content) as Record<string, unknown>;
    return { ...facts, ...fromFolderOf(file, facts) };
  } catch {
    // Node's message quotes the file, and a secret may stand there.
    throw new ArgumentsError(`${file} is not JSON: write it like { "url": "http://…" }.`);
  }
}

/** A file that names another one means one beside itself, from wherever the command is run. */
function fromFolderOf(file: string, facts: Record<string, unknown>): Record<string, string> {
  const named = ["private-key", "public-key"].flatMap((name) => {
    const other = facts[name];
    return typeof other === "string" ? [[name, path.resolve(path.dirname(file), other)]] : [];
  });
  return Object.fromEntries(named) as Record<string, string>;
}

/** What no message may show: there may be a password in it. */
const SECRETS = new Set(["url", "nodes", "secret", "token", "password", "login-body"]);

/** @throws ArgumentsError (code BAD_ARGUMENTS) that names the flag, or the file and the field */
export function checkFacts(
  given: unknown,
  { file, flags }: { file: string | undefined; flags: string[] },
): TargetFacts {
  const parsed = v.safeParse(TargetFile, given);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const field = v.getDotPath(issue) ?? "";
  const [name = ""] = field.split(".");
  const isFlag = file === undefined || flags.includes(name);
  const place = isFlag ? `--${name}` : `${file}: "${field}"`;
  const known = Object.keys(TargetFile.entries).join(", ");
  const isUnknown = issue.expected === "never";
  if (isUnknown) throw new ArgumentsError(`${place} is unknown: known are ${known}.`);
  const isMissing = issue.received === "undefined";
  throw new ArgumentsError(
    isMissing
      ? `${place} is missing.`
      : `${place} ${issue.message}${SECRETS.has(name) ? "" : `, got ${JSON.stringify(issue.input)}`}.`,
  );
}
