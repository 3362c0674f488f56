// Reads the arguments of `npm run conformance`, and refuses wrong ones in one sentence.
import { GROUPS } from "../../test/conformance/case.ts";
import { CLAIMABLE, type Target } from "../../test/conformance/target.ts";
import type { ResultFiles } from "./result-files.ts";
import { describeTarget } from "./target.ts";
import { ArgumentsError, choose, readArguments } from "../command/arguments.ts";
import { SHARED_ADAPTERS, type SharedAdapter } from "../lab/servers/nodes.ts";
import { wrap } from "../terminal/text.ts";
import { AUTH_MODES, type AuthMode, type Variant, VARIANTS } from "../model/vocabulary.ts";

export interface ConformanceOptions {
  /** Another server than ours; undefined: the variants. */
  target: Target | undefined;
  variants: readonly Variant[];
  auths: readonly AuthMode[];
  /** Each variant is several servers that share their users by it. */
  adapter: SharedAdapter | undefined;
  /** Each case runs in every chosen variant and every chosen mode. */
  isEveryPair: boolean;
  /** Groups or beginnings of case ids; empty means all. */
  only: readonly string[];
  /** Groups or beginnings of case ids, of which none is run. */
  skip: readonly string[];
  /** Where to write the results. */
  files: ResultFiles;
  /** The command that starts the other server. */
  start: string | undefined;
  timeoutMs: number;
}

const HELP_WIDTH = 80;
const NAME_WIDTH = 20;

/** `  login             POST to the login path …`, the lines that follow set in. */
function explain(name: string, meaning: string): string {
  const [first, ...rest] = wrap(meaning, HELP_WIDTH - NAME_WIDTH);
  return [
    `  ${name}`.padEnd(NAME_WIDTH) + first,
    ...rest.map((line) => " ".repeat(NAME_WIDTH) + line),
  ].join("\n");
}

export const CONFORMANCE_HELP = `Usage: npm run conformance [-- VARIANT… FLAGS]
       npm run conformance -- --url http://127.0.0.1:8080 [FLAGS]

Runs the conformance cases on the servers of this project, or on yours. Every
case runs in each variant and in each auth mode that it is about; in every pair
of the two only if you choose a variant, a mode or an adapter, or with --all.

  VARIANT           ${VARIANTS.join(", ")} (all)
  --auth MODE       ${AUTH_MODES.join(", ")} (all)
  --all             every case in every variant and mode
  --adapter NAME    ${SHARED_ADAPTERS.join(", ")}: each variant is three servers that share
                    their users by it; for redis a redis-server is started
  --only WORD       a group, a case or the beginning of a case's id; may be
                    given more than once. Groups: ${GROUPS.slice(0, 3).join(", ")},
                    ${GROUPS.slice(3, 8).join(", ")},
                    ${GROUPS.slice(8).join(", ")}
  --skip WORD       the same, and leaves out what is in it
  --json FILE       writes all results into a file as well
  --junit FILE      the same as JUnit has it, for a CI
  --html FILE       the same as a page
  --timeout MS      how long to wait for one answer (5000)
  -h, --help        this text

The exit code is 0 if every case passes, 1 if one does not, and 2 if the server
could not be tested.

Your own server:
  --url URL         its address, without a path; for https with a certificate
                    of your own name its file in NODE_EXTRA_CA_CERTS
  --start COMMAND   starts it, and starts it again after a case that ended it
  --target FILE     all that follows in a JSON file, with the same names:
                    { "url": …, "issuer": …, "claims": ["header", …] }
  --secret TEXT     its HS256 secret, so that the suite can make tokens; or
                    CONFORMANCE_SECRET in the environment
  --private-key FILE
                    in place of a secret: the key in PEM that signs its tokens,
                    with RS256, ES256 or EdDSA, as the key is
  --public-key FILE the key in PEM that it checks tokens with: in place of the
                    private one, or beside it, to try the file's own text
  --algorithm NAME  another one that goes with the key, such as PS256
  --key-id TEXT     the name ("kid") that its tokens give the key or the secret,
                    where it looks for it by that
  --token TEXT      a good token, if you can give neither secret nor private key
                    (an identity provider); or CONFORMANCE_TOKEN
  --username TEXT   for the login
  --password TEXT   or CONFORMANCE_PASSWORD in the environment
  --issuer TEXT     the issuer that its tokens must have
  --audience TEXT   the audience that its tokens must have
  --user-claims LIST
                    the claims that name its user, such as sub=ann, or id:=7
                    for a number: a token without one of them is to be refused
  --login PATH      (/login)
  --login-body JSON what is posted there, {username} and {password} in place of
                    the credentials: '{"email":"{username}","pw":"{password}"}'
  --token-field NAME
                    where the token is in the answer, such as data.accessToken
                    (token, access_token and other usual names)
  --self PATH       (/self)
  --refresh PATH    (/refresh)
  --path PATH       where Socket.IO listens (/socket.io/)
  --token-in PLACE  where the token travels: header, payload:NAME, cookie:NAME,
                    query:NAME, or header:NAME for one without Bearer (the suite
                    looks in the usual places, and says what it has found)
  --claims LIST     what it claims to support, with commas between (polling,
                    websocket; with a password login, with --self PATH self,
                    with --refresh PATH refresh)
  --without LIST    what of that it does not support
  --events LIST     its own events, with commas between: each is called in wrong
                    ways, which the server must live through
  --namespaces LIST its namespaces besides the main one, such as /rooms: none
                    may let anybody in without a token
  --origins LIST    of pages that may connect besides its own, with commas
                    between, such as https://app.example
  --nodes LIST      the addresses of its servers, with commas between, where
                    several share their users: this claims nodes. Without them,
                    a claim of nodes is tested at --url, which gives each new
                    session to the next server
  --connect-timeout MS
                    how long a session may wait for its first socket, as in the
                    server's connectTimeout, up to 30000: one that connects none
                    must be ended by then

Tokens are made with the secret or the private key; without them the token is
taken that you give, and without that one is fetched by the login.

What a server can claim; a case whose capability is not claimed is counted, and
not run:
${Object.entries(CLAIMABLE)
  .map(([name, meaning]) => explain(name, meaning))
  .join("\n")}

  npm run conformance -- esm --auth manual --only handshake`;

const text = { type: "string" } as const;
const FLAGS = {
  all: { type: "boolean" },
  auth: text,
  adapter: text,
  only: { type: "string", multiple: true },
  skip: { type: "string", multiple: true },
  json: text,
  junit: text,
  html: text,
  start: text,
  timeout: text,
  url: text,
  target: text,
  secret: text,
  "private-key": text,
  "public-key": text,
  algorithm: text,
  "key-id": text,
  token: text,
  username: text,
  password: text,
  issuer: text,
  audience: text,
  login: text,
  "login-body": text,
  "token-field": text,
  "token-in": text,
  self: text,
  refresh: text,
  path: text,
  claims: text,
  without: text,
  nodes: text,
  events: text,
  namespaces: text,
  origins: text,
  "connect-timeout": text,
  "user-claims": text,
} as const;

/**
 * @param args the arguments that reached the command
 * @param env the environment: the secret and the password need not stand among the arguments
 * @returns undefined if the person asked for help
 * @throws ArgumentsError (code BAD_ARGUMENTS)
 */
export async function readConformanceOptions(
  args: string[],
  env: NodeJS.ProcessEnv,
): Promise<ConformanceOptions | undefined> {
  const { values, positionals } = readArguments("npm run conformance", FLAGS, { args, env });
  const {
    help,
    all,
    auth,
    adapter,
    only,
    skip,
    json,
    junit,
    html,
    timeout,
    start,
    ...aboutTarget
  } = values;
  if (help) return undefined;
  const isOther = values.url !== undefined || values.target !== undefined;
  const isChosen =
    positionals.length > 0 || all === true || auth !== undefined || adapter !== undefined;
  if (isOther && isChosen)
    throw new ArgumentsError(
      "A variant, --all, --auth or --adapter goes with the servers of this project, not with --url or --target.",
    );
  const idle = Object.keys({ ...aboutTarget, ...(start === undefined ? {} : { start }) });
  if (!isOther && idle.length > 0)
    throw new ArgumentsError(
      `--${idle.join(" and --")} says something about a server of your own: give --url or --target as well.`,
    );
  return {
    target: isOther ? await describeTarget(aboutTarget, env) : undefined,
    variants: positionals.length === 0 ? VARIANTS : positionals.map(chooseVariant),
    auths: auth === undefined ? AUTH_MODES : [choose("auth", auth, AUTH_MODES)],
    adapter: adapter === undefined ? undefined : choose("adapter", adapter, SHARED_ADAPTERS),
    isEveryPair: isChosen,
    only: only ?? [],
    skip: skip ?? [],
    files: { json, junit, html },
    start,
    timeoutMs: readTimeout(timeout),
  };
}

function chooseVariant(name: string): Variant {
  const variant = VARIANTS.find((one) => one === name);
  if (variant !== undefined) return variant;
  throw new ArgumentsError(`There is no variant "${name}": choose one of ${VARIANTS.join(", ")}.`);
}

function readTimeout(value = "5000"): number {
  const timeoutMs = Number(value);
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1)
    throw new ArgumentsError(
      `--timeout must be a whole number of milliseconds from 1, got "${value}".`,
    );
  return timeoutMs;
}
