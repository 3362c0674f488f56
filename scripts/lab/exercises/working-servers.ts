// Runs the servers of a working copy, in place: each is a spare process that has loaded the packages, watched by a guard.
import { once } from "node:events";
import { request } from "node:http";
import type { Problem } from "../../model/exercise.ts";
import type { Variant } from "../../model/vocabulary.ts";
import {
  becomeVariant,
  type RunningVariant,
  type StartOptions,
  type VariantSettings,
  VariantStartError,
} from "../servers/process.ts";
import { openVariantPool, type PoolOptions, type VariantPool } from "../servers/pool.ts";
import { openSpares } from "../servers/spares.ts";
import { startFile } from "../servers/variants.ts";
import type { OwnedProcess } from "../owned-process.ts";
import { problemOf, readGuardLine } from "./problems.ts";

/** What runs a person's files. */
export interface Working {
  /** Ends all processes at once, without waiting: from now on the files are run as they are now. */
  renew(how?: { tracesThrows?: boolean }): void;
  /** Starts the process that is the next one. */
  standBy(): Promise<void>;
  /** What kept the last one from starting, or has ended it, since they were renewed. */
  problem(): Problem | undefined;
  /** Resolves once it is known whether they still run: one that is about to end may have answered just now. */
  settle(): Promise<void>;
  /** Where the code threw, since then, if that is traced. */
  threw(): Problem | undefined;
  /** Called with each line that one prints. */
  onLine: (line: string) => void;
  /** Called when there is a problem. */
  onProblem: () => void;
}

export interface WorkingServers extends VariantPool, Working {}

/** A start takes half a second at most; who waits for more waits for a mistake. */
const START_LIMIT_MS = 5_000;
/** A check prints some 20 kB. */
const MOST_BYTES = 1_000_000;
/** A guard needs two seconds to say that a server loops. */
const SETTLE_LIMIT_MS = 3_000;

interface Place {
  variant: Variant;
  /** Absolute. */
  folder: string;
}

function startError(sentence: string): VariantStartError {
  return new VariantStartError({ sentence, printed: [] });
}

/** Resolves with the first answer of a server, and late where none comes. */
async function answers(url: string): Promise<void> {
  const signal = AbortSignal.timeout(SETTLE_LIMIT_MS);
  const asked = request(url, { signal, agent: false });
  try {
    await once(asked.end(), "response");
    asked.destroy();
  } catch {
    // It has gone, and its end will say so; or it is silent until the time is over.
    if (!signal.aborted) await once(signal, "abort");
  }
}

/** Nothing runs yet. */
export function openWorkingServers(
  { variant, folder }: Place,
  options: PoolOptions,
): WorkingServers {
  const spares = openSpares({ variants: [variant], isGuarded: true });
  /** With their addresses, once they listen. */
  let running = new Map<OwnedProcess, string | undefined>();
  let problem: Problem | undefined;
  let threw: Problem | undefined;
  let tracesThrows = false;
  let isStopped = false;
  const pool = openVariantPool({
    settings: options.settings,
    start,
    onLine(line, choice, port) {
      options.onLine(line, choice, port);
      servers.onLine(line);
    },
    onCrash: ({ sentence, printed }) =>
      note(
        problemOf(
          { sentence: sentence.replace(/^The .*\)(?= ended)/, "The server"), printed },
          folder,
        ),
      ),
    mostIdle: Infinity,
  });

  async function start(
    _: Variant,
    own: VariantSettings,
    { relay }: StartOptions,
  ): Promise<RunningVariant> {
    const mine = running;
    const spare = await spares.takeOrStart(variant);
    if (spare === undefined) throw startError("No process could be started for the server.");
    // Meanwhile the files have changed.
    if (mine !== running || isStopped) {
      void spare.stop("SIGKILL");
      throw startError("The files have changed.");
    }
    mine.set(spare, undefined);
    watch(spare, mine);
    const how = { limitMs: START_LIMIT_MS, tracesThrows, relay };
    try {
      const server = await becomeVariant(spare, startFile(variant, folder), own, how);
      if (new URL(server.url).hostname !== "127.0.0.1")
        throw startError(`The server listens at ${server.url}, and must listen at HOST and PORT.`);
      mine.set(spare, server.url);
      return server;
    } catch (error) {
      void spare.stop("SIGKILL");
      if (mine === running && error instanceof VariantStartError)
        note(problemOf(error.crash, folder));
      throw error;
    }
  }

  function watch(spare: OwnedProcess, mine: typeof running): void {
    let bytes = 0;
    const count = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes <= MOST_BYTES || !spare.isRunning()) return;
      if (mine === running) note({ message: "The server printed more than 1 MB; it was stopped." });
      void end(spare);
    };
    spare.child.stdout?.on("data", count);
    spare.child.stderr?.on("data", count);
    spare.output.on("line", (line) => (threw ??= readGuardLine(line)?.threw));
    spare.output.on("exit", () => mine.delete(spare));
  }

  function note(found: Problem): void {
    problem ??= found;
    servers.onProblem();
  }

  async function endAll(): Promise<void> {
    const old = [...running.keys()];
    running = new Map();
    await Promise.all([pool.restart(), ...old.map(end)]);
  }

  const servers: WorkingServers = {
    ...pool,
    // A check that is broken off takes the error for one of a server.
    use: (choice, work) =>
      isStopped ? Promise.reject(startError("It was stopped.")) : pool.use(choice, work),
    restart: endAll,
    renew(how) {
      void endAll();
      tracesThrows = how?.tracesThrows ?? false;
      problem = undefined;
      threw = undefined;
    },
    standBy: () => spares.refill(),
    problem: () => problem,
    async settle() {
      if (problem !== undefined) return;
      const urls = [...running.values()].filter((url) => url !== undefined);
      const ends = [...running.keys()].map((spare) => spare.ended);
      await Promise.race([...ends, Promise.all(urls.map(answers))]);
    },
    threw: () => threw,
    onLine: () => undefined,
    onProblem: () => undefined,
    async stopAll() {
      isStopped = true;
      await Promise.all([spares.stopAll(), endAll(), pool.stopAll()]);
    },
  };
  return servers;
}

/** At once; what it has printed and nobody has read yet is not read any more. */
function end(spare: OwnedProcess): Promise<void> {
  spare.output.removeAllListeners("line");
  return spare.stop("SIGKILL");
}
