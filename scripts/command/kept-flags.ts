// Notices the flags that npm took for itself, because there was no `--` before them.
import type { ParseArgsConfig } from "node:util";
import { wordsGivenToNpm } from "./npm-log.ts";

/** As `parseArgs` of `node:util` takes them. */
export type Flags = NonNullable<ParseArgsConfig["options"]>;

export interface Given {
  /** What reached the command. */
  args: string[];
  /** The environment, in which npm leaves most of the flags that it took. */
  env: NodeJS.ProcessEnv;
  /** What npm was given before `--`, as far as that is known. */
  words?: readonly string[];
}

/**
 * Without `--`, npm takes `--port 4000` for a setting of its own. The flag ends up in the environment, under its name or
 * under a longer one that npm takes for what was meant; if npm has such a setting and knows no such value, it ends up only
 * in npm's log.
 * @param command as a person types it: `npm run lesson`
 * @returns those flags, and what would have been right; undefined if npm kept none
 */
export function keptFlags(
  command: string,
  known: Flags,
  { args, env, words: given }: Given,
): { flags: string[]; example: string } | undefined {
  const script = command.split(" ").at(-1)!;
  if (env["npm_lifecycle_event"] !== script) return undefined;
  const typed = given ?? wordsGivenToNpm();
  // An npm further up may have started something else.
  const words = typed.includes(script) ? typed : [];
  const settings = Object.keys(env).filter((name) => env[name] !== undefined);
  const flags = Object.keys(known)
    .map((name) => `--${name}`)
    // npm has settings of the names --json and --all: a person who has set one for good can still type it here.
    .filter((flag) => !args.includes(flag))
    .filter((flag) => isAmong(settings, flag) || words.includes(flag));
  if (flags.length === 0) return undefined;
  const write = (flag: string): string => valueIn(words, flag, known[flag.slice(2)]!.type);
  return {
    flags,
    example: [command, ...wordsBefore(words, args, script), "--", ...flags.map(write)].join(" "),
  };
}

/** People set these for good, or `save-exact`, which begins the same: in the environment they say nothing. */
const SET_FOR_GOOD: ReadonlySet<string> = new Set(["--save", "--yes"]);

function isAmong(settings: readonly string[], flag: string): boolean {
  if (SET_FOR_GOOD.has(flag)) return false;
  const setting = `npm_config_${flag.slice(2).replaceAll("-", "_")}_`;
  return settings.some((name) => `${name}_`.startsWith(setting));
}

/** The words between the name of the script and the first flag. Without the log, a word may as well be a flag's value. */
function wordsBefore(words: readonly string[], args: readonly string[], script: string): string[] {
  if (words.length === 0) return args.length > 0 ? ["…"] : [];
  const after = words.slice(words.indexOf(script) + 1);
  const end = after.findIndex((word) => word.startsWith("-"));
  return after.slice(0, end);
}

/** `--port 4000`, as it was typed; `--port …` where that is not known. */
function valueIn(words: readonly string[], flag: string, type: "string" | "boolean"): string {
  if (type === "boolean") return flag;
  const at = words.indexOf(flag);
  return `${flag} ${(at === -1 ? undefined : words[at + 1]) ?? "…"}`;
}
