// Reads the arguments of `npm run trace`, and refuses wrong ones in one sentence.
import { ArgumentsError, choose, readFlags, readPort } from "../../command/arguments.ts";

const ONLY = ["handshakes", "refused", "events"] as const;

export interface TraceOptions {
  /** The app, or a file to read in its place. */
  from: { to: URL; port: number } | { file: string };
  saveFile: string | undefined;
  /** What is shown; all of it if none is named. */
  only: (typeof ONLY)[number][];
  /** Whose lines are shown: a number, or a user. */
  client: string | undefined;
  isJson: boolean;
  /** The same on a page: at an address that is printed, or in the person's browser at once. */
  page: "served" | "opened" | undefined;
}

export const TRACE_HELP = `Usage: npm run trace -- --to http://127.0.0.1:5000 [FLAGS]

Stands in front of your own app, in whatever language it is written, and shows
what goes over the wire: each client, its token (masked, decoded), what was
refused and why. Point your client at the address that it prints.

  --to URL       your app: http:// or https://, a host and a port
  --port N       where clients connect (default: a free port)
  --only WORDS   handshakes, refused, events: these lines alone; several with
                 commas between them. Troubles are always shown
  --client NAME  the lines of one client alone: its number, or the user in its
                 token (from the moment when that is known)
  --save FILE    writes the trace as JSON at the end, credentials masked: the
                 last 4,000 steps
  --read FILE    shows a trace that was saved, in place of --to
  --page         shows it on a page as well, and prints its address; the address
                 holds a key that works once, for one browser
  --open         the same, and opens the page in your browser
  --json         a line of JSON for each line, for a program
  -h, --help     this text

It listens on 127.0.0.1 alone. Bytes pass unchanged; if the app is at https://
or at a name that is not this machine, Host is rewritten to that name, and so is
an Origin that is the printed address. Ctrl-C ends it with a summary.`;

const text = { type: "string" } as const;
const FLAGS = {
  to: text,
  port: text,
  only: text,
  client: text,
  save: text,
  read: text,
  json: { type: "boolean" },
  page: { type: "boolean" },
  open: { type: "boolean" },
} as const;

/** @returns undefined if help is asked for @throws ArgumentsError (code BAD_ARGUMENTS) */
export function readTraceOptions(args: string[], env: NodeJS.ProcessEnv): TraceOptions | undefined {
  const given = readFlags("npm run trace", FLAGS, { args, env });
  if (given.help) return undefined;
  const { client, json: isJson = false, save: saveFile } = given;
  const only = given.only?.split(",").map((word) => choose("only", word.trim(), ONLY)) ?? [];
  const page = given.open ? "opened" : given.page ? "served" : undefined;
  return { from: readSource(given), saveFile, only, client, isJson, page };
}

type Texts = Partial<Record<"to" | "port" | "read" | "save", string>>;

function readSource({ to, port, read, save }: Texts): TraceOptions["from"] {
  if (read !== undefined) {
    const others = Object.entries({ to, port, save }).filter(([, value]) => value !== undefined);
    if (others.length === 0) return { file: read };
    throw new ArgumentsError(`--read shows a file, and takes no --${others[0]![0]}.`);
  }
  if (to === undefined)
    throw new ArgumentsError(
      "--to is missing: npm run trace -- --to http://127.0.0.1:5000, the address of your app.",
    );
  return { to: readAddress(to), port: port === undefined ? 0 : readPort(port) };
}

function readAddress(given: string): URL {
  const url = URL.canParse(given) ? new URL(given.replace(/^ws/i, "http")) : undefined;
  const isAddress = url !== undefined && /^https?:$/.test(url.protocol) && url.hostname !== "";
  if (!isAddress)
    throw new ArgumentsError(
      `--to must be the address of your app, such as http://127.0.0.1:5000, got "${given}".`,
    );
  if (url.href !== `${url.origin}/`)
    throw new ArgumentsError(
      `--to takes an address without a path, as clients bring their own: ${url.origin}.`,
    );
  return url;
}
