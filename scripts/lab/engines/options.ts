// Reads the arguments of `npm run browsers`, and refuses in one sentence what cannot be meant.
import { parseArgs } from "node:util";
import { ArgumentsError } from "../command/start-options.ts";
import { ENGINE_NAMES, type EngineName } from "./engine.ts";

export interface BrowsersOptions {
  engines: readonly EngineName[];
  /** Whether the engines were named: then one that is not there is a failure. */
  isNamed: boolean;
  /** Numbers or names, as they were typed. */
  lessons: readonly string[];
  /** Where to write the results as JSON. */
  jsonFile: string | undefined;
}

/** Lesson 6 is about the formats of the server, and no client can tell them apart. */
const LESSONS = ["1", "2", "3", "4", "5"];

export const BROWSERS_HELP = `Usage: npm run browsers [-- FLAGS]

Makes every attempt of lessons ${LESSONS[0]} to ${LESSONS.at(-1)} in each browser engine of this machine,
and shows where one differs from the lesson or from another engine.

  --only ENGINE     ${ENGINE_NAMES.join(", ")} (all that are found); may be
                    given more than once
  --lesson NUMBER   only this lesson; may be given more than once
  --json FILE       writes all outcomes into a file as well
  -h, --help        this text

It exits with 1 if something was not as a lesson says, or an engine failed.
An engine is taken from where it is usually installed, unless one of these is
set: CHROME_PATH, FIREFOX_PATH, WEBKIT_DRIVER_PATH (WebKitGTK's
WebKitWebDriver), XVFB_PATH (the display for WebKit).`;

/**
 * @param args the arguments that reached the command
 * @param env the environment, in which npm leaves the flags that it kept for itself
 * @returns undefined if the person asked for help
 * @throws ArgumentsError (code BAD_ARGUMENTS)
 */
export function readBrowsersOptions(
  args: string[],
  env: NodeJS.ProcessEnv,
): BrowsersOptions | undefined {
  refuseKeptFlags(env);
  const { help, only = [], lesson = LESSONS, json } = parse(args);
  if (help) return undefined;
  const chosen = only.map(chooseEngine);
  const engines = ENGINE_NAMES.filter((name) => chosen.length === 0 || chosen.includes(name));
  return { engines, isNamed: chosen.length > 0, lessons: [...new Set(lesson)], jsonFile: json };
}

function parse(args: string[]) {
  const text = { type: "string" } as const;
  const texts = { type: "string", multiple: true } as const;
  const options = { only: texts, lesson: texts, json: text } as const;
  try {
    const help = { type: "boolean", short: "h" } as const;
    return parseArgs({ args, options: { ...options, help } }).values;
  } catch (error) {
    const [sentence] = (error as Error).message.split(/\. |\n/);
    throw new ArgumentsError(`${sentence}: npm run browsers -- --help lists the flags.`);
  }
}

function chooseEngine(given: string): EngineName {
  const engine = ENGINE_NAMES.find((name) => name === given);
  if (engine !== undefined) return engine;
  throw new ArgumentsError(`--only must be one of ${ENGINE_NAMES.join(", ")}, got "${given}".`);
}

/** Without `--`, npm takes flags for settings of its own and leaves them in the environment. */
function refuseKeptFlags(env: NodeJS.ProcessEnv): void {
  if (env["npm_lifecycle_event"] !== "browsers") return;
  // npm has settings named "only" and "json" too, but nobody sets "only" for a run.
  const kept = ["only", "lesson"].filter((flag) => env[`npm_config_${flag}`] !== undefined);
  if (kept.length === 0) return;
  throw new ArgumentsError(
    `npm kept --${kept.join(" and --")} for itself: put -- before the flags, as in npm run browsers -- ${kept.map((flag) => `--${flag} …`).join(" ")}.`,
  );
}
