// Reads the arguments of `npm run browsers`, and refuses in one sentence what cannot be meant.
import { choose, readFlags } from "../../command/arguments.ts";
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
and shows where one differs from the lesson or from another engine. Lesson 6 is
about the server's formats: it runs if you name it.

  --only ENGINE     ${ENGINE_NAMES.join(", ")} (all that are found); may be
                    given more than once
  --lesson NUMBER   only this lesson; may be given more than once
  --json FILE       writes all outcomes into a file as well
  -h, --help        this text

It exits with 1 if something was not as a lesson says, or an engine failed.
An engine is taken from where it is usually installed, unless one of these is
set: CHROME_PATH, FIREFOX_PATH, WEBKIT_DRIVER_PATH (WebKitGTK's
WebKitWebDriver), XVFB_PATH (the display for WebKit).`;

const TEXTS = { type: "string", multiple: true } as const;
const FLAGS = { only: TEXTS, lesson: TEXTS, json: { type: "string" } } as const;

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
  const given = readFlags("npm run browsers", FLAGS, { args, env });
  const { help, only = [], lesson = LESSONS, json } = given;
  if (help) return undefined;
  const chosen = only.map((name) => choose("only", name, ENGINE_NAMES));
  const engines = ENGINE_NAMES.filter((name) => chosen.length === 0 || chosen.includes(name));
  return { engines, isNamed: chosen.length > 0, lessons: [...new Set(lesson)], jsonFile: json };
}
