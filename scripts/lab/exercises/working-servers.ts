// Runs the servers of a working copy, in place: each is a spare process that has loaded the packages, watched by a guard.
import { once } from "node:events";
import { request } from "node:http";
import type { Problem } from "../../model/exercise.ts";
import type { Variant } from "../../model/vocabulary.ts";
import {
  becomeVariant,
  type RunningVariant,
  type VariantSettings,
  VariantStartError,
} from "../servers/process.ts";
import { type Nodes, startNodes } from "../servers/nodes.ts";
import {
  nodesFor,
  type PoolOptions,
  type ServerChoice,
  serverKey,
  type VariantPool,
} from "../servers/pool.ts";
import type { Relay } from "../servers/relay.ts";
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
  { settings, onLine }: Pick<PoolOptions, "settings" | "onLine">,
): WorkingServers {
  const spares = openSpares({ variants: [variant], isGuarded: true });
  let started = new Map<string, Promise<Nodes>>();
  let running = new Set<OwnedProcess>();
  let problem: Problem | undefined;
  let threw: Problem | undefined;
  let tracesThrows = false;
  let isStopped = false;

  async function start(
    choice: ServerChoice,
    own: VariantSettings,
    relay: Relay | undefined,
  ): Promise<RunningVariant> {
    const mine = running;
    const spare = await spares.takeOrStart(variant);
    if (spare === undefined) throw startError("No process could be started for the server.");
    // Meanwhile the files have changed.
    if (mine !== running || isStopped) {
      void spare.stop("SIGKILL");
      throw startError("The files have changed.");
    }
    mine.add(spare);
    watch(spare, mine);
    const how = { limitMs: START_LIMIT_MS, tracesThrows, relay };
    try {
      const server = await becomeVariant(spare, startFile(variant, folder), own, how);
      if (new URL(server.url).hostname !== "127.0.0.1")
        throw startError(`The server listens at ${server.url}, and must listen at HOST and PORT.`);
      server.output.on("line", (line) => {
        if (mine !== running) return;
        onLine(line, choice, server.port);
        servers.onLine(line);
      });
      server.output.on("exit", (reason, wasStopped) => {
        if (wasStopped) return;
        const sentence = `The server ended (${reason}).`;
        note(problemOf({ sentence, printed: server.lastLines }, folder));
      });
      return server;
    } catch (error) {
      void spare.stop("SIGKILL");
      if (mine === running && error instanceof VariantStartError)
        note(problemOf(error.crash, folder));
      throw error;
    }
  }

  function watch(spare: OwnedProcess, mine: Set<OwnedProcess>): void {
    let bytes = 0;
    const count = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes <= MOST_BYTES || !spare.isRunning()) return;
      if (mine === running) note({ message: "The server printed more than 1 MB; it was stopped." });
      spare.output.removeAllListeners("line");
      void spare.stop("SIGKILL");
    };
    spare.child.stdout?.on("data", count);
    spare.child.stderr?.on("data", count);
    spare.output.on("line", (line) => {
      if (mine === running) threw ??= readGuardLine(line)?.threw;
    });
    spare.output.on("exit", () => mine.delete(spare));
  }

  function note(found: Problem): void {
    problem ??= found;
    servers.onProblem();
  }

  function endAll(): Promise<void>[] {
    const old = [...running];
    running = new Set();
    started = new Map();
    return old.map((spare) => spare.stop("SIGKILL"));
  }

  const servers: WorkingServers = {
    async use(choice, work) {
      const key = serverKey(choice);
      const begun =
        started.get(key) ??
        startNodes({
          ...nodesFor(choice, settings),
          start: (_, own, { relay }) => start(choice, own, relay),
        });
      started.set(key, begun);
      const [server, ...further] = await (await begun).complete();
      return work(server!, ...further);
    },
    async kill(choice, number) {
      const nodes = await started.get(serverKey(choice));
      await nodes?.servers[number - 1]?.stop("SIGKILL");
    },
    async restart() {
      await Promise.all(endAll());
    },
    renew(how) {
      void Promise.all(endAll());
      tracesThrows = how?.tracesThrows ?? false;
      problem = undefined;
      threw = undefined;
    },
    standBy: () => spares.refill(),
    problem: () => problem,
    async settle() {
      if (problem !== undefined) return;
      const all = await Promise.allSettled(started.values());
      const nodes = all.flatMap((each) => (each.status === "fulfilled" ? each.value.servers : []));
      const urls = nodes.flatMap((server) => (server.isRunning() ? server.url : []));
      const ends = [...running].map((spare) => spare.ended);
      await Promise.race([...ends, Promise.all(urls.map(answers))]);
    },
    threw: () => threw,
    onLine: () => undefined,
    onProblem: () => undefined,
    async stopAll() {
      isStopped = true;
      await Promise.all([spares.stopAll(), ...endAll()]);
    },
  };
  return servers;
}
