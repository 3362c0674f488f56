// A server whose CPU time can be asked for from outside.
import { once } from "node:events";
import path from "node:path";
import { ownProcess } from "../../lab/owned-process.ts";
import { LISTENS } from "../../lab/servers/process.ts";
import { ROOT } from "../../lab/servers/variants.ts";

export interface MeasuredServer {
  readonly url: string;
  /** CPU time that the process has used so far, user and system, in microseconds. */
  cpuMicroseconds(): Promise<number>;
  stop(): Promise<void>;
}

const PROBE = path.join(ROOT, "scripts/tools/benchmark/cpu-probe.mjs");

const STARTUP_TIMEOUT_MS = 40_000;

/**
 * Starts a server with the probe in it.
 * @param nodeArguments what `node` is given after the probe, for example `["server.mjs"]`
 * @param environment what the server's own settings are read from
 * @param listening the line that names its address
 */
export async function startMeasured(
  nodeArguments: string[],
  environment: Record<string, string>,
  listening = LISTENS,
): Promise<MeasuredServer> {
  const { PATH, SystemRoot } = process.env;
  const server = ownProcess("The server", [process.execPath, "--import", PROBE, ...nodeArguments], {
    env: { PATH, SystemRoot, ...environment },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const { child } = server;
  const [, url = ""] = await server.printed(listening, "it listened", STARTUP_TIMEOUT_MS);
  return {
    url,
    async cpuMicroseconds() {
      const answer = once(child, "message");
      child.send("cpu");
      const [{ user, system }] = (await answer) as [NodeJS.CpuUsage];
      return user + system;
    },
    stop: () => server.stop(),
  };
}
