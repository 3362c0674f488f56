// Runs the servers of a CommonJS working copy in processes that have loaded their packages already, one copy after another:
// to start a process takes longer than most rows of a check.
import type { OwnedProcess } from "../../scripts/lab/owned-process.ts";
import type { openWorkingServers } from "../../scripts/lab/exercises/working-servers.ts";
import { type ServerChoice, serverKey } from "../../scripts/lab/servers/pool.ts";
import { environmentOf, type RunningVariant } from "../../scripts/lab/servers/process.ts";
import type { Problem } from "../../scripts/model/exercise.ts";
import { listenIn, startHost } from "../../scripts/tools/faults/hosts.ts";

export interface Hosts {
  /** As `openWorkingServers`, but for a guard. */
  openServers: typeof openWorkingServers;
  close(): Promise<void>;
}

export function openHosts(): Hosts {
  const idle: OwnedProcess[] = [];
  const all = new Set<OwnedProcess>();

  const openServers: typeof openWorkingServers = ({ folder }, { settings, onLine }) => {
    let started = new Map<string, Promise<RunningVariant[]>>();
    let used: OwnedProcess[] = [];
    let problem: Problem | undefined;

    async function start(choice: ServerChoice): Promise<RunningVariant[]> {
      const host = idle.pop() ?? startHost();
      all.add(host);
      used.push(host);
      const { auth, serverTransports: transports, settings: more, servers: count = 1 } = choice;
      const environment = environmentOf({ ...settings, auth, transports, more });
      const urls = await listenIn(host, { folder, environment, servers: count });
      const ports = urls.map((url) => Number(new URL(url).port));
      host.output.on("line", (line) => {
        onLine(line, choice, ports[0]!);
        servers.onLine(line);
      });
      host.output.once("exit", (reason) => {
        problem ??= { message: `The server ended (${reason}).` };
        servers.onProblem();
      });
      const pid = host.child.pid!;
      return urls.map((url, at) => ({ ...host, url, port: ports[at]!, pid }));
    }

    function leave(): void {
      for (const host of used) {
        host.output.removeAllListeners("line").removeAllListeners("exit");
        if (host.isRunning()) idle.push(host);
      }
      used = [];
      started = new Map();
      problem = undefined;
    }

    const servers: ReturnType<typeof openWorkingServers> = {
      async use(choice, work) {
        const key = serverKey(choice);
        const begun = started.get(key) ?? start(choice);
        started.set(key, begun);
        const [first, ...further] = await begun;
        return work(first!, ...further);
      },
      kill: () => Promise.reject(new Error("Servers in one process cannot be killed one by one.")),
      restart: async () => leave(),
      renew: leave,
      standBy: async () => undefined,
      problem: () => problem,
      settle: async () => undefined,
      threw: () => undefined,
      onLine: () => undefined,
      onProblem: () => undefined,
      stopAll: async () => leave(),
    };
    return servers;
  };

  return {
    openServers,
    async close() {
      await Promise.all([...all].map((host) => host.stop()));
    },
  };
}
