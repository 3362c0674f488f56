// The client options that a person writes: read in a process that has loaded their file, and given as code to a page.
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import type { BuildFailure } from "esbuild";
import type { OwnOptions } from "../../client/connection.ts";
import type { Exercise, Problem } from "../../model/exercise.ts";
import type { Variant } from "../../model/vocabulary.ts";
import { withEsbuild } from "../esbuild.ts";
import type { OwnedProcess } from "../owned-process.ts";
import { openSpares } from "../servers/spares.ts";
import { ROOT } from "../servers/variants.ts";
import { problemOf } from "./problems.ts";
import { editedFiles } from "./working-copy.ts";
import type { Working } from "./working-servers.ts";

export interface WorkingOptions extends Working {
  /** What the file gives for that token, as plain data. @throws OwnCodeError if it gives nothing */
  read(token: string): Promise<OwnOptions>;
  /** The file as code, after which a page has the function `clientOptions`. @throws OwnCodeError */
  pageCode(): Promise<string>;
  stopAll(): Promise<void>;
}

/** What a person wrote does not do what it must. */
export class OwnCodeError extends Error {
  readonly code = "OWN_CODE";
}

const PROGRAM = path.join(ROOT, "scripts", "lab", "exercises", "options-program.mjs");
/** Options are there at once; who waits for more waits for a mistake. */
const LIMIT_MS = 5_000;
const LATE = `The program was ended after ${LIMIT_MS / 1000} s without options.`;

/** Nothing runs yet. @param folder of the working copy, absolute */
export function openWorkingOptions(
  exercise: Pick<Exercise, "files">,
  variant: Variant,
  folder: string,
): WorkingOptions {
  const file = path.join(folder, editedFiles(exercise, variant)[0]!);
  const spares = openSpares({ variants: [variant], isGuarded: true, isBare: true });
  let running: Promise<OwnedProcess> | undefined;
  let problem: Problem | undefined;

  async function start(): Promise<OwnedProcess> {
    const program = await spares.takeOrStart(variant);
    if (program === undefined) throw new OwnCodeError("No process could be started.");
    const loaded = messageOf(program, "loaded");
    program.child.send({ file, program: PROGRAM, environment: {} });
    await Promise.race([loaded, program.ended, late()]);
    return program;
  }

  function note(found: Problem): OwnCodeError {
    problem ??= found;
    options.onProblem();
    return new OwnCodeError(found.message);
  }

  function end(): Promise<void> | undefined {
    const old = running;
    running = undefined;
    // What did not start need not be ended, and its reader reports the failure.
    return old?.then(
      (program) => program.stop("SIGKILL"),
      () => undefined,
    );
  }

  const options: WorkingOptions = {
    async read(token) {
      const mine = (running ??= start());
      const program = await mine;
      const answer = messageOf(program, "options");
      if (program.isRunning()) program.child.send(token);
      const given = await Promise.race([answer, program.ended, late()]);
      if (given !== undefined && "options" in given) return given.options;
      void program.stop("SIGKILL");
      const { sentence } = given === undefined ? { sentence: LATE } : given;
      const named = sentence.replace("A spare process", "The program");
      const crash = { sentence: named, printed: program.lastLines };
      const found = problemOf(crash, folder);
      throw running === mine ? note(found) : new OwnCodeError(found.message);
    },
    async pageCode() {
      try {
        return await bundle(file);
      } catch (error) {
        const [first] = (error as BuildFailure).errors ?? [];
        if (first === undefined) throw error;
        const { text, location } = first;
        const place = location && { file: path.basename(location.file), line: location.line };
        throw note({ message: `In a page: ${text}`, ...place });
      }
    },
    renew: () => {
      void end();
      problem = undefined;
    },
    standBy: () => spares.refill(),
    problem: () => problem,
    // A program has ended, or it answers: nothing is under way.
    settle: () => Promise.resolve(),
    threw: () => undefined,
    onLine: () => undefined,
    onProblem: () => undefined,
    stopAll: async () => void (await Promise.all([spares.stopAll(), end()])),
  };
  return options;
}

/** What the program says. */
type Message = { loaded: true } | { options: OwnOptions };

/** The next message of that name. */
function messageOf<Name extends "loaded" | "options">(
  { child }: OwnedProcess,
  name: Name,
): Promise<Extract<Message, Record<Name, unknown>>> {
  return new Promise((resolve) => {
    const hear = (message: unknown): void => {
      if (!Object.hasOwn(Object(message) as object, name)) return;
      child.off("message", hear);
      resolve(message as Extract<Message, Record<Name, unknown>>);
    };
    child.on("message", hear);
  });
}

function late(): Promise<undefined> {
  return setTimeout(LIMIT_MS, undefined, { ref: false });
}

/** The file, and what it imports, as one script. */
async function bundle(file: string): Promise<string> {
  const name = JSON.stringify(file);
  const contents = `import * as own from ${name};
globalThis.clientOptions = own.clientOptions ?? own.default?.clientOptions;
if (typeof clientOptions !== "function") throw new TypeError("clientOptions is not exported");`;
  const { outputFiles } = await withEsbuild((esbuild) =>
    esbuild.build({
      stdin: { contents, resolveDir: path.dirname(file) },
      bundle: true,
      format: "iife",
      target: "es2022",
      write: false,
      logLevel: "silent",
    }),
  );
  return outputFiles[0]!.text;
}
