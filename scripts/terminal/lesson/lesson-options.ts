// Reads what was typed after `npm run lesson`: which lesson, under which switches, and in which form.
import {
  ArgumentsError,
  choose,
  readArguments,
  readPublicOrigin,
} from "../../command/arguments.ts";
import type { Lesson } from "../../model/lesson.ts";
import {
  allows,
  type Chosen,
  fixedSwitch,
  type Switches,
  switchesFor,
} from "../../model/switches.ts";
import {
  type Client,
  CLIENTS,
  TOKEN_NAMES,
  AUTH_MODES,
  TRANSPORTS,
  VARIANTS,
} from "../../model/vocabulary.ts";

export interface LessonOptions {
  /** Undefined for the list of lessons. */
  lesson: string | undefined;
  /** Only the switches that were given. */
  switches: Chosen;
  clients: readonly Client[];
  once: boolean;
  json: boolean;
  /** Shows the lesson's page in the person's browser at once. */
  open: boolean;
  /** Asks the lesson's questions before it runs. */
  predict: boolean;
  /** Where a browser reaches the lesson's page through a forwarder. */
  publicOrigin: string | undefined;
  help: boolean;
}

/** What `--help` prints; it fits 80 columns. */
export const LESSON_HELP = `npm run lesson               the lessons, and which of them you have done
npm run lesson 3             one lesson, live; in a terminal it stays open, and
                             ? shows its keys
npm run lesson 3 -- --once   print it once; the exit code is 1 if something
                             does not match the lesson

After that second "--":
  --format ${VARIANTS.join("|")}         the module format of the server
  --auth ${AUTH_MODES.join("|")}
                             how the server checks the token
  --transports ${TRANSPORTS.join()}
                             what the server offers: both, or one of them
  --token NAME               runs your own attempt as well, with this token:
${listNames(TOKEN_NAMES)}
  --client ${CLIENTS.join("|")}      only this client
  --once                     print once, in a terminal too
  --json                     one JSON document: lesson, switches, cells; with
                             npm run -s lesson nothing else is printed
  --predict                  asks what each client will get, before it runs
  --open                     the lesson's page in your browser, at once
  --public-origin https://name.example
                             the origin in your browser, if a forwarder or a
                             proxy is in between
  -h, --help                 this help`;

function listNames(names: readonly string[]): string {
  const perLine = 3;
  const lines = names.flatMap((_, index) =>
    index % perLine === 0 ? [names.slice(index, index + perLine).join(", ")] : [],
  );
  return lines.map((line) => " ".repeat(29) + line).join(",\n");
}

/** @throws ArgumentsError (code BAD_ARGUMENTS) that names what is allowed */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): LessonOptions {
  const { values, positionals } = readArguments("npm run lesson", FLAGS, { args, env });
  if (positionals.length > 1)
    throw new ArgumentsError(
      `One lesson at a time, got ${positionals.join(", ")}: put flags after --, as in npm run lesson 3 -- --format esm.`,
    );
  for (const flag of ["json", "predict"] as const)
    if (positionals.length === 0 && values[flag])
      throw new ArgumentsError(
        `--${flag} goes with a lesson, as in npm run lesson 3 -- --${flag}.`,
      );
  if (values.predict && values.client !== undefined)
    throw new ArgumentsError("--predict asks about both clients: leave out --client.");
  const { format, auth, transports, token, client, "public-origin": publicOrigin } = values;
  return {
    lesson: positionals[0],
    switches: {
      ...(format === undefined ? {} : { variant: choose("format", format, VARIANTS) }),
      ...(auth === undefined ? {} : { auth: choose("auth", auth, AUTH_MODES) }),
      ...(transports === undefined ? {} : { serverTransports: chooseTransports(transports) }),
      ...(token === undefined ? {} : { token: choose("token", token, TOKEN_NAMES) }),
    },
    clients: client === undefined ? CLIENTS : [choose("client", client, CLIENTS)],
    once: values.once ?? false,
    json: values.json ?? false,
    open: values.open ?? false,
    predict: values.predict ?? false,
    publicOrigin: publicOrigin === undefined ? undefined : readPublicOrigin(publicOrigin),
    help: values.help ?? false,
  };
}

const TEXT = { type: "string" } as const;
const FLAG = { type: "boolean" } as const;
const FLAGS = {
  format: TEXT,
  auth: TEXT,
  transports: TEXT,
  token: TEXT,
  client: TEXT,
  once: FLAG,
  json: FLAG,
  open: FLAG,
  predict: FLAG,
  "public-origin": TEXT,
};

function chooseTransports(given: string): Switches["serverTransports"] {
  const names = [...new Set(given.split(/[\s,+]+/).filter(Boolean))];
  if (names.length === 0)
    throw new ArgumentsError(`--transports must name ${TRANSPORTS.join(" or ")}, or both.`);
  return names.map((name) => choose("transports", name, TRANSPORTS));
}

const FLAG_OF = { variant: "format", auth: "auth", serverTransports: "transports" } as const;

/**
 * The switches that a lesson begins with, and over them those that were given.
 * @throws ArgumentsError (code BAD_ARGUMENTS) with the lesson's reason, where it does not leave a switch free
 */
export function applySwitches(lesson: Lesson, given: Chosen): Switches {
  for (const [name, flag] of Object.entries(FLAG_OF)) {
    const value = given[name as keyof typeof FLAG_OF];
    const fixed = fixedSwitch(lesson, name);
    if (value === undefined || fixed === undefined || allows(fixed, String(value))) continue;
    throw new ArgumentsError(
      `In lesson ${lesson.number}, --${flag} must be ${fixed.to.join(" or ")}: ${fixed.reason}`,
    );
  }
  return switchesFor(given, lesson);
}
