// Reads the arguments of `npm run browsers`, and refuses wrong ones in one sentence.
import {
  ArgumentsError,
  readArguments,
  readPort,
  readPublicOrigin,
} from "../../command/arguments.ts";
import { FAMILIES } from "./find-programs.ts";

/** In place of a browser: the person opens one. */
export const NONE = "none";

export interface BrowsersOptions {
  /** Families, programs, or NONE, in the order of their columns. */
  browsers: readonly string[];
  /** Whether they were named: then one that is not there is a failure. */
  isNamed: boolean;
  /** Numbers or names, as they were typed; none for all. */
  lessons: readonly string[];
  /** Where to write the results as JSON. */
  jsonFile: string | undefined;
  port: number | undefined;
  publicOrigin: string | undefined;
}

const COMMAND = "npm run browsers";
export const BROWSERS_HELP = `Usage: ${COMMAND} [LESSON …] [-- FLAGS]

Opens the sandbox page in one browser after the other. The page makes every
attempt of the lessons in that browser; then the command shows where a browser
differs from a lesson, or from another browser.

  LESSON          the number or the name of a lesson (all of them)
  --open BROWSER  ${FAMILIES.join(", ")} (those that are found), the path or
                  the name of another browser's program, or ${NONE}: prints an
                  address for a browser that you open yourself, such as Safari
                  or one on a phone; may be given more than once
  --json FILE     writes all outcomes into a file as well
  --port N        the page's port (a free one)
  --public-origin https://name.example
                  the origin in the browser that you open yourself, if a
                  forwarder or a proxy is in between
  -h, --help      this text

It exits with 1 if something was not as a lesson says, or a browser failed.
Chromium and Firefox run headless, WebKitGTK's MiniBrowser in Xvfb if that is
installed. CHROME_PATH names another Chromium than the usual ones.`;

const FLAGS = {
  open: { type: "string", multiple: true },
  json: { type: "string" },
  port: { type: "string" },
  "public-origin": { type: "string" },
} as const;

/**
 * @param args the arguments that reached the command
 * @param env the environment, in which npm leaves the flags that it took for itself
 * @returns undefined if the person asked for help
 * @throws ArgumentsError (code BAD_ARGUMENTS)
 */
export function readBrowsersOptions(
  args: string[],
  env: NodeJS.ProcessEnv,
): BrowsersOptions | undefined {
  const { values, positionals } = readArguments(COMMAND, FLAGS, { args, env });
  const { help, open, json, port, "public-origin": origin } = values;
  if (help) return undefined;
  const browsers = open ?? FAMILIES;
  if (origin !== undefined && browsers.some((name) => name !== NONE))
    throw new ArgumentsError(
      `--public-origin is for a browser that you open yourself: it goes with --open ${NONE} alone.`,
    );
  return {
    browsers,
    isNamed: open !== undefined,
    lessons: [...new Set(positionals)],
    jsonFile: json,
    port: port === undefined ? undefined : readPort(port),
    publicOrigin: origin === undefined ? undefined : readPublicOrigin(origin),
  };
}
