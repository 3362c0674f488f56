// Reads the arguments of `npm start` into a variant and its settings, and refuses wrong ones in one sentence.
import { ArgumentsError, choose, readPort, readArguments } from "./arguments.ts";
import { ADAPTERS } from "../lab/servers/nodes.ts";
import { AUTH_MODES, TRANSPORTS, type Variant, VARIANTS } from "../model/vocabulary.ts";

/** What a person asked to start: settings as a variant reads them from its environment. */
export interface StartRequest {
  variant: Variant;
  settings: Record<string, string>;
  /** What each flag that was given stands for: `--port sets PORT`. */
  flags: string[];
  /** How many servers run behind one address; 1 is the variant itself. */
  nodes: number;
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
  "at-expiry": "AT_EXPIRY",
  adapter: "ADAPTER",
} as const;
const FLAGS = Object.keys(SETTINGS) as (keyof typeof SETTINGS)[];
const TEXTS = Object.fromEntries(FLAGS.map((flag) => [flag, { type: "string" }])) as Record<
  keyof typeof SETTINGS,
  { type: "string" }
>;

const MOST_NODES = 9;

export const START_HELP = `Usage: npm start [VARIANT] [-- FLAGS]

Starts one variant of the server, with its client page, until Ctrl-C.

  VARIANT             ${VARIANTS.join(", ")} (${VARIANTS[0]} if you name none)

  --auth MODE         ${AUTH_MODES.join(", ")} (${AUTH_MODES[0]})
  --transports LIST   ${TRANSPORTS.join(",")}, or one of them (both)
  --port NUMBER       0 takes any free port (3000)
  --host ADDRESS      (127.0.0.1, which only this machine can reach)
  --issuer TEXT       who issues the tokens (accounts.examplesoft.com)
  --audience TEXT     whom the tokens are for (yoursite.net)
  --lifetime SECONDS  how long a token is good (3600)
  --at-expiry WHAT    a socket whose token expires: disconnect, warn, keep
                      (disconnect)
  --nodes NUMBER      that many servers, up to ${MOST_NODES}, behind one address: a load
                      balancer keeps each session at its server (1, without one)
  --adapter NAME      how they share their users: memory (not at all), cluster,
                      or redis, with REDIS_URL (memory; cluster with --nodes)
  -h, --help          this text

npm keeps flags for itself unless -- stands before them:

  npm start ts -- --auth manual --transports websocket

The environment reaches the variant as it is; a flag goes before it:
PORT, HOST, AUTH, TRANSPORTS, JWT_SECRET, JWT_ISSUER, JWT_AUDIENCE,
TOKEN_LIFETIME_SECONDS, REFRESH_LIFETIME_SECONDS (how long /refresh gives new
tokens after a login; without it there is no /refresh), AT_EXPIRY, ADAPTER,
REDIS_URL (redis://127.0.0.1:6379),
ALLOWED_ORIGINS (of other pages, with commas between), DEMO_USERNAME,
DEMO_PASSWORD, DEMO_SCOPE (rights, with spaces between), CLIENT_FOLDER (what is
sent at /), LOG_CHECKS (yes: what was checked, and why refused).
A secret is never a flag: other users of a machine can read those.`;

/**
 * Reads what follows `npm start`.
 * @param args the arguments that reached this command
 * @param env the environment, in which npm leaves the flags that it took for itself
 * @returns undefined if the person asked for help
 * @throws ArgumentsError (code BAD_ARGUMENTS)
 */
export function readStartArguments(
  args: string[],
  env: NodeJS.ProcessEnv,
): StartRequest | undefined {
  if (args.some((argument) => /^--(jwt-)?secret\b/.test(argument)))
    throw new ArgumentsError(
      "A secret is never a flag, since other users of a machine can read those: set JWT_SECRET in the environment.",
    );
  const { values, positionals } = readArguments(
    "npm start",
    { ...TEXTS, nodes: { type: "string" } },
    { args, env },
  );
  if (values.help) return undefined;
  const [name = VARIANTS[0], extra] = positionals;
  const variant = VARIANTS.find((known) => known === name);
  if (variant === undefined)
    throw new ArgumentsError(
      `There is no variant "${name}": choose one of ${VARIANTS.join(", ")}.`,
    );
  if (extra !== undefined)
    throw new ArgumentsError(`npm start takes one variant, got "${extra}" as well.`);
  check(values);
  const given = FLAGS.filter((flag) => values[flag] !== undefined);
  const settings = Object.fromEntries(given.map((flag) => [SETTINGS[flag], values[flag]!]));
  return {
    variant,
    settings,
    nodes: readNodes(values.nodes, { ...env, ...settings }),
    flags: given.map((flag) => `--${flag} sets ${SETTINGS[flag]}`),
  };
}

type Typed = Partial<Record<keyof typeof SETTINGS, string>>;

const OWN_HOST = /^(?:localhost|127\..*|::1)$/;

function readNodes(given: string | undefined, { ADAPTER, HOST }: NodeJS.ProcessEnv): number {
  if (given === undefined) {
    if (ADAPTER === "cluster")
      throw new ArgumentsError("The cluster adapter connects several servers: add --nodes 3.");
    return 1;
  }
  const nodes = Number(given);
  if (!Number.isInteger(nodes) || nodes < 2 || nodes > MOST_NODES)
    throw new ArgumentsError(
      `--nodes must be a whole number from 2 to ${MOST_NODES}, got "${given}".`,
    );
  if (HOST !== undefined && !OWN_HOST.test(HOST))
    throw new ArgumentsError(
      `--nodes is for this machine alone: leave out --host and HOST, got "${HOST}".`,
    );
  return nodes;
}

/** What the variant would refuse by the name of its setting is refused here by that of the flag. */
function check({ auth, transports, port, adapter }: Typed): void {
  if (adapter !== undefined) choose("adapter", adapter, ADAPTERS);
  if (auth !== undefined) choose("auth", auth, AUTH_MODES);
  for (const name of transports?.split(",") ?? []) choose("transports", name.trim(), TRANSPORTS);
  if (port !== undefined) readPort(port);
}
