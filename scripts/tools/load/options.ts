// Reads the arguments of `npm run load`, and refuses wrong ones in one sentence.
import { ArgumentsError, choose, readFlags } from "../../command/arguments.ts";
import { SHARED_ADAPTERS, type SharedAdapter } from "../../lab/servers/nodes.ts";

export interface LoadOptions {
  clients: number;
  adapter: SharedAdapter;
  /** How long notes are counted before a server is killed, and again after. */
  seconds: number;
}

// Each user has two clients. More than the most, a machine of two processors does not carry.
const [FEWEST, MOST, USUAL] = [4, 5_000, 1_000];
const [LONGEST, USUAL_SECONDS] = [60, 5];

export const LOAD_HELP = `Usage: npm run load [-- FLAGS]

Starts three servers behind one address, as npm start -- --nodes 3 does, and
connects clients with tokens, two of each user. They send notes to users, which
are counted one by one: before, while one server is killed and another one
starts in its place, and after. All of it stays on this machine.

  --adapter NAME    how the servers share their users: ${SHARED_ADAPTERS.join(", ")}
                    (${SHARED_ADAPTERS[0]}); for redis a redis-server is started
  --clients NUMBER  from ${FEWEST} to ${MOST} (${USUAL})
  --seconds NUMBER  how long notes are counted before and after, up to ${LONGEST} (${USUAL_SECONDS})
  -h, --help        this text

The exit code is 1 if a note to a client that was connected is lost, or comes
twice, or comes to somebody else.`;

/** @returns undefined if the person asked for help @throws ArgumentsError (code BAD_ARGUMENTS) */
export function readLoadOptions(args: string[], env: NodeJS.ProcessEnv): LoadOptions | undefined {
  const text = { type: "string" } as const;
  const { help, clients, adapter, seconds } = readFlags(
    "npm run load",
    { clients: text, adapter: text, seconds: text },
    { args, env },
  );
  if (help) return undefined;
  return {
    clients: readNumber("clients", clients ?? String(USUAL), [FEWEST, MOST]),
    seconds: readNumber("seconds", seconds ?? String(USUAL_SECONDS), [1, LONGEST]),
    adapter: choose("adapter", adapter ?? SHARED_ADAPTERS[0], SHARED_ADAPTERS),
  };
}

function readNumber(flag: string, given: string, [from, to]: [number, number]): number {
  const number = Number(given);
  if (Number.isInteger(number) && number >= from && number <= to) return number;
  throw new ArgumentsError(
    `--${flag} must be a whole number from ${from} to ${to}, got "${given}".`,
  );
}
