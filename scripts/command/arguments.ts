// Reads what was typed after a command, and refuses wrong ones in one sentence.
import { parseArgs } from "node:util";
import { isBadPort } from "../lab/bad-ports.ts";
import { type Flags, type Given, keptFlags } from "./kept-flags.ts";

/** What was typed cannot be done: the message says what can. */
export class ArgumentsError extends Error {
  readonly code = "BAD_ARGUMENTS";
}

const HELP = { help: { type: "boolean", short: "h" } } as const;

/**
 * Reads flags and words; every command has `--help`.
 * @param command as a person types it: `npm run lesson`
 * @param flags as `parseArgs` of `node:util` takes them
 * @throws ArgumentsError (code BAD_ARGUMENTS)
 */
export function readArguments<const Known extends Flags>(
  command: string,
  flags: Known,
  given: Given = { args: process.argv.slice(2), env: process.env },
) {
  const kept = keptFlags(command, flags, given);
  if (kept !== undefined)
    throw new ArgumentsError(
      `npm kept ${kept.flags.join(" and ")} for itself: put -- before the flags, as in ${kept.example}.`,
    );
  try {
    return parseArgs({ args: given.args, options: { ...flags, ...HELP }, allowPositionals: true });
  } catch (error) {
    throw new ArgumentsError(describe(command, error));
  }
}

/** The same for a command that takes only flags. */
export function readFlags<const Known extends Flags>(command: string, flags: Known, given?: Given) {
  const { values, positionals } = readArguments(command, flags, given);
  if (positionals.length > 0)
    throw new ArgumentsError(
      `${command} takes no "${positionals[0]}": ${command} -- --help says what it takes.`,
    );
  return values;
}

/**
 * The value of a flag that knows only some.
 * @param flag without its hyphens
 * @throws ArgumentsError (code BAD_ARGUMENTS)
 */
export function choose<Value extends string>(
  flag: string,
  given: string,
  allowed: readonly Value[],
): Value {
  const value = allowed.find((one) => one === given);
  if (value !== undefined) return value;
  throw new ArgumentsError(`--${flag} must be one of ${allowed.join(", ")}, got "${given}".`);
}

/** The value of --port. @throws ArgumentsError (code BAD_ARGUMENTS) */
export function readPort(given: string): number {
  const port = Number(given);
  if (!/^\d{1,5}$/.test(given) || port > 65_535)
    throw new ArgumentsError(`--port must be a whole number from 0 to 65535, got "${given}".`);
  if (isBadPort(port))
    throw new ArgumentsError(
      `--port ${port} is one that browsers refuse to connect to: take another, such as 3000.`,
    );
  return port;
}

/** Why that port cannot be had, in a sentence; any other error as it is. */
export function explainPort(error: unknown, port: number | undefined): unknown {
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${port} is in use: choose another with --port.`,
    EACCES: `Port ${port} needs more rights: choose one above 1023 with --port.`,
  };
  const sentence = sentences[(error as NodeJS.ErrnoException).code ?? ""];
  return sentence === undefined ? error : new ArgumentsError(sentence);
}

/**
 * The value of --public-origin.
 * @returns the origin as a browser writes it
 * @throws ArgumentsError (code BAD_ARGUMENTS)
 */
export function readPublicOrigin(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const isOrigin = url !== undefined && url.href === `${url.origin}/` && /^https?:/.test(url.href);
  if (!isOrigin)
    throw new ArgumentsError(
      `--public-origin must be an origin, such as https://name.example or http://localhost:9000, got "${given}".`,
    );
  // Browsers call no other origin of plain HTTP secure, and give its pages no cryptography.
  if (
    url.protocol === "http:" &&
    !/^(?:127\.0\.0\.1|\[::1\]|(?:.+\.)?localhost)$/.test(url.hostname)
  )
    throw new ArgumentsError(
      `--public-origin ${url.origin} would send the key in plain text: use https://, or http:// at localhost.`,
    );
  return url.origin;
}

function describe(command: string, error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const flag = /'(?:-\w, )?(--?[\w-]+)/.exec(message)?.[1] ?? "A flag";
  const isUnknown = code === "ERR_PARSE_ARGS_UNKNOWN_OPTION";
  const what = isUnknown ? `There is no flag ${flag}` : describeValue(flag, message);
  return `${what}: ${command} -- --help lists the flags.`;
}

/** Node's two further complaints: a value that is missing, and one where none belongs. */
function describeValue(flag: string, message: string): string {
  return message.includes("does not take an argument")
    ? `${flag} takes no value`
    : `${flag} is not complete`;
}
