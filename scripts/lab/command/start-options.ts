// Reads the arguments of `npm start` into a variant and its settings, and refuses in one sentence what cannot be meant.
import { parseArgs } from "node:util";
import { AUTH_MODES, TRANSPORTS, type Variant, VARIANTS } from "../variants/variants.ts";

/** What a person asked to start: settings as a variant reads them from its environment. */
export interface StartRequest {
  variant: Variant;
  settings: Record<string, string>;
}

/** A mistake in the arguments: the message says what to type instead. */
export class ArgumentsError extends Error {
  readonly code = "BAD_ARGUMENTS";
}

/** The environment variable that each flag sets. */
const SETTINGS = {
  auth: "AUTH",
  transports: "TRANSPORTS",
  port: "PORT",
  host: "HOST",
  issuer: "JWT_ISSUER",
  audience: "JWT_AUDIENCE",
  lifetime: "TOKEN_LIFETIME_SECONDS",
} as const;
const FLAGS = Object.keys(SETTINGS) as (keyof typeof SETTINGS)[];

export const START_HELP = `Usage: npm start [VARIANT] [-- FLAGS]

Starts one variant of the server by itself, with its client page, until Ctrl-C.

  VARIANT             ${VARIANTS.join(", ")} (${VARIANTS[0]} if you name none)

  --auth MODE         ${AUTH_MODES.join(", ")} (${AUTH_MODES[0]})
  --transports LIST   ${TRANSPORTS.join(",")}, or one of them (both)
  --port NUMBER       0 takes any free port (3000)
  --host ADDRESS      (127.0.0.1, which only this machine can reach)
  --issuer TEXT       who issues the tokens (accounts.examplesoft.com)
  --audience TEXT     whom the tokens are for (yoursite.net)
  --lifetime SECONDS  how long a token is good (3600)
  -h, --help          this text

npm keeps flags for itself unless -- stands before them:

  npm start ts -- --auth manual --transports websocket

The environment reaches the variant as it is; a flag goes before it:
PORT, HOST, AUTH, TRANSPORTS, JWT_SECRET, JWT_ISSUER, JWT_AUDIENCE,
TOKEN_LIFETIME_SECONDS, DEMO_USERNAME, DEMO_PASSWORD.
A secret is never a flag: other users of a machine can read those.`;

/**
 * Reads what follows `npm start`.
 * @param args the arguments that reached this command
 * @param env the environment, in which npm leaves the flags that it kept for itself
 * @returns undefined if the person asked for help
 * @throws ArgumentsError (code BAD_ARGUMENTS)
 */
export function readStartArguments(
  args: string[],
  env: NodeJS.ProcessEnv,
): StartRequest | undefined {
  refuseKeptFlags(args, env);
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  const [name = VARIANTS[0], extra] = positionals;
  const variant = VARIANTS.find((known) => known === name);
  if (variant === undefined)
    throw new ArgumentsError(
      `There is no variant "${name}": choose one of ${VARIANTS.join(", ")}.`,
    );
  if (extra !== undefined)
    throw new ArgumentsError(`npm start takes one variant, got "${extra}" as well.`);
  const given = FLAGS.flatMap((flag) =>
    values[flag] === undefined ? [] : [[SETTINGS[flag], values[flag]]],
  );
  return { variant, settings: Object.fromEntries(given) };
}

/** Without `--`, npm takes `--port 4000` for a setting of its own: the flag ends up in its environment. */
function refuseKeptFlags(args: readonly string[], env: NodeJS.ProcessEnv): void {
  if (env["npm_lifecycle_event"] !== "start") return;
  const kept = FLAGS.filter((flag) => env[`npm_config_${flag}`] !== undefined);
  if (kept.length === 0) return;
  const variant = VARIANTS.find((known) => args.includes(known));
  const words = ["npm start", variant, "--", ...kept.map((flag) => `--${flag} …`)];
  throw new ArgumentsError(
    `npm kept ${kept.map((flag) => `--${flag}`).join(" and ")} for itself: put -- before the flags, as in ${words.filter(Boolean).join(" ")}.`,
  );
}

function parse(args: string[]) {
  const text = { type: "string" } as const;
  const options = {
    auth: text,
    transports: text,
    port: text,
    host: text,
    issuer: text,
    audience: text,
    lifetime: text,
    help: { type: "boolean", short: "h" },
  } as const;
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new ArgumentsError(describe(args, error));
  }
}

const HELP_HINT = "npm start -- --help lists the flags.";

function describe(args: readonly string[], error: unknown): string {
  if (args.some((argument) => /^--(jwt-)?secret\b/.test(argument)))
    return "A secret is never a flag, since other users of a machine can read those: set JWT_SECRET in the environment.";
  const flag = /'(?:-\w, )?(--?[\w-]+)/.exec(String(error))?.[1] ?? "A flag";
  const isUnknown =
    error instanceof Error && "code" in error && error.code === "ERR_PARSE_ARGS_UNKNOWN_OPTION";
  return isUnknown
    ? `There is no flag ${flag}: ${HELP_HINT}`
    : `${flag} is not complete: ${HELP_HINT}`;
}
