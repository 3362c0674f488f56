// Runs servers of the CommonJS variant in processes that have loaded its packages already, one server after another: to start
// a process takes longer than most attempts, or rows of a check.
import type { openWorkingServers } from "../../scripts/lab/exercises/working-servers.ts";
import type { OwnedProcess } from "../../scripts/lab/owned-process.ts";
import { layOver } from "../../scripts/lab/servers/overlay.ts";
import {
  openVariantPool,
  type PoolOptions,
  type ServerChoice,
  serverKey,
  type VariantPool,
} from "../../scripts/lab/servers/pool.ts";
import { environmentOf, type RunningVariant } from "../../scripts/lab/servers/process.ts";
import { folderOf } from "../../scripts/lab/servers/variants.ts";
import type { Problem } from "../../scripts/model/exercise.ts";
import { listenIn, startHost } from "../../scripts/tools/faults/hosts.ts";

export interface Hosts {
  /** As `openVariantPool`, which runs what is of another format, or several servers at one address. */
  openPool: (options: PoolOptions) => VariantPool;
  /** As `openWorkingServers`, but for a guard. */
  openServers: typeof openWorkingServers;
  close: () => Promise<void>;
}

interface Served {
  running: RunningVariant[];
  /** Gives the process back. */
  leave(): void;
}

interface Start extends Pick<PoolOptions, "settings" | "onLine"> {
  folder: string;
  onExit: (reason: number | string) => void;
}

/** As many as a lesson uses; a further server takes the place of the one that was used longest ago. */
const MOST_AT_ONCE = 6;

function isHosted({ variant, servers = 1 }: ServerChoice): boolean {
  return variant === "cjs" && servers === 1;
}

export function openHosts(): Hosts {
  const idle: OwnedProcess[] = [];
  const all = new Set<OwnedProcess>();

  async function serve(choice: ServerChoice, how: Start): Promise<Served> {
    const host = idle.pop() ?? startHost();
    all.add(host);
    const { auth, serverTransports: transports, settings: more, servers = 1 } = choice;
    const environment = environmentOf({ ...how.settings, auth, transports, more });
    const urls = await listenIn(host, { folder: how.folder, environment, servers });
    const ports = urls.map((url) => Number(new URL(url).port));
    host.output.on("line", (line) => how.onLine(line, choice, ports[0]!));
    host.output.once("exit", how.onExit);
    const pid = host.child.pid!;
    return {
      running: urls.map((url, at) => ({ ...host, url, port: ports[at]!, pid })),
      leave() {
        host.output.removeAllListeners("line").removeAllListeners("exit");
        if (host.isRunning()) idle.push(host);
      },
    };
  }

  function openPool(options: PoolOptions): VariantPool {
    const others = openVariantPool(options);
    const entries = new Map<string, { served: Promise<Served>; users: number }>();

    async function leave(key: string): Promise<void> {
      const entry = entries.get(key);
      entries.delete(key);
      (await entry?.served)?.leave();
    }

    async function begin(key: string, folder: string, choice: ServerChoice): Promise<Served> {
      const longestAgo = [...entries].find(([, { users }]) => users === 0)?.[0];
      if (entries.size >= MOST_AT_ONCE && longestAgo !== undefined) await leave(longestAgo);
      const onExit = (reason: number | string): void => {
        entries.delete(key);
        options.onCrash({ sentence: `A server ended (${reason}).`, printed: [] }, choice);
      };
      return serve(choice, { ...options, folder, onExit });
    }

    return {
      ...others,
      async use(choice, work) {
        if (!isHosted(choice)) return others.use(choice, work);
        const { variant, overlayFolder } = choice;
        const folder = overlayFolder ? await layOver(variant, overlayFolder) : folderOf(variant);
        const key = serverKey(choice);
        const entry = entries.get(key) ?? { served: begin(key, folder, choice), users: 0 };
        entry.users += 1;
        // The last one is the one that was used last.
        entries.delete(key);
        entries.set(key, entry);
        try {
          return await work((await entry.served).running[0]!);
        } finally {
          entry.users -= 1;
        }
      },
      async restart(choice?: ServerChoice) {
        const keys = choice === undefined ? [...entries.keys()] : [serverKey(choice)];
        await Promise.all([choice && others.restart(choice), ...keys.map(leave)]);
      },
      async stopAll() {
        await Promise.all([others.stopAll(), ...[...entries.keys()].map(leave)]);
      },
    };
  }

  const openServers: typeof openWorkingServers = ({ folder }, options) => {
    let started = new Map<string, Promise<Served>>();
    let problem: Problem | undefined;

    function start(choice: ServerChoice): Promise<Served> {
      return serve(choice, {
        settings: options.settings,
        folder,
        onLine(line, of, port) {
          options.onLine(line, of, port);
          servers.onLine(line);
        },
        onExit(reason) {
          problem ??= { message: `The server ended (${reason}).` };
          servers.onProblem();
        },
      });
    }

    async function leave(): Promise<void> {
      const left = [...started.values()];
      started = new Map();
      problem = undefined;
      for (const each of await Promise.allSettled(left))
        if (each.status === "fulfilled") each.value.leave();
    }

    const servers: ReturnType<typeof openWorkingServers> = {
      async use(choice, work) {
        const key = serverKey(choice);
        const begun = started.get(key) ?? start(choice);
        started.set(key, begun);
        const [first, ...further] = (await begun).running;
        return work(first!, ...further);
      },
      kill: () => Promise.reject(new Error("Servers in one process cannot be killed one by one.")),
      restart: leave,
      renew: () => void leave(),
      standBy: async () => undefined,
      problem: () => problem,
      settle: async () => undefined,
      threw: () => undefined,
      onLine: () => undefined,
      onProblem: () => undefined,
      stopAll: leave,
    };
    return servers;
  };

  return {
    openPool,
    openServers,
    async close() {
      await Promise.all([...all].map((host) => host.stop()));
    },
  };
}
