// Runs servers of the CommonJS variant in processes that have loaded its packages already, one server after another: to start
// a process takes longer than most attempts, or rows of a check.
import { EventEmitter } from "node:events";
import type { openWorkingServers } from "../../scripts/lab/exercises/working-servers.ts";
import type { OwnedProcess } from "../../scripts/lab/owned-process.ts";
import { openVariantPool, type PoolOptions } from "../../scripts/lab/servers/pool.ts";
import {
  environmentOf,
  type RunningVariant,
  startVariant,
} from "../../scripts/lab/servers/process.ts";
import { folderOf } from "../../scripts/lab/servers/variants.ts";
import type { Problem } from "../../scripts/model/exercise.ts";
import { listenIn, startHost } from "../../scripts/tools/faults/hosts.ts";

type Start = NonNullable<PoolOptions["start"]>;

export interface Hosts {
  /** As `startVariant`, which starts what is of another format, or shares its users with other servers. */
  start: Start;
  /** As `openWorkingServers`, but for a guard. */
  openServers: typeof openWorkingServers;
  close: () => Promise<void>;
}

export function openHosts(): Hosts {
  const idle: OwnedProcess[] = [];
  const all = new Set<OwnedProcess>();

  const start: Start = async (variant, settings, how) => {
    if (variant !== "cjs" || settings.more?.["ADAPTER"] !== undefined)
      return startVariant(variant, settings, how);
    const host = idle.pop() ?? startHost();
    all.add(host);
    const { folder = folderOf(variant) } = how;
    const environment = environmentOf(settings);
    const [url] = await listenIn(host, { folder, environment, servers: 1 });
    const output: RunningVariant["output"] = new EventEmitter();
    let isServing = true;
    host.output.on("line", (line) => output.emit("line", line));
    host.output.on("exit", (reason, wasStopped) => output.emit("exit", reason, wasStopped));
    return {
      output,
      lastLines: host.lastLines,
      url,
      port: Number(new URL(url).port),
      pid: host.child.pid!,
      isRunning: () => isServing && host.isRunning(),
      async stop(signal) {
        if (!isServing) return;
        isServing = false;
        // The next server in this process ends this one.
        host.output.removeAllListeners();
        if (signal === "SIGKILL") await host.stop(signal);
        if (host.isRunning()) idle.push(host);
        output.emit("exit", signal ?? "SIGTERM", true);
      },
    };
  };

  const openServers: typeof openWorkingServers = ({ folder }, options) => {
    let problem: Problem | undefined;
    let isRenewed = Promise.resolve();
    const pool = openVariantPool({
      settings: options.settings,
      start: (variant, settings, how) => start(variant, settings, { ...how, folder }),
      onLine(line, choice, port) {
        options.onLine(line, choice, port);
        servers.onLine(line);
      },
      onCrash({ sentence }) {
        problem ??= { message: sentence };
        servers.onProblem();
      },
    });
    const servers: ReturnType<typeof openWorkingServers> = {
      ...pool,
      async use(choice, work) {
        await isRenewed;
        return pool.use(choice, work);
      },
      renew() {
        problem = undefined;
        isRenewed = pool.restart();
      },
      standBy: async () => undefined,
      problem: () => problem,
      settle: async () => undefined,
      threw: () => undefined,
      onLine: () => undefined,
      onProblem: () => undefined,
    };
    return servers;
  };

  return {
    start,
    openServers,
    async close() {
      await Promise.all([...all].map((host) => host.stop()));
    },
  };
}
