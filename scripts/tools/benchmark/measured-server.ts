// A server whose CPU time can be asked for from outside.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { ROOT } from "../../lab/servers/variants.ts";

export interface MeasuredServer {
  readonly url: string;
  /** CPU time that the process has used so far, user and system, in microseconds. */
  cpuMicroseconds(): Promise<number>;
  stop(): Promise<void>;
}

const PROBE = path.join(ROOT, "scripts/tools/benchmark/cpu-probe.mjs");

async function addressOf(child: ChildProcess): Promise<string> {
  const { stdout } = child;
  if (stdout === null) throw new Error("The server's output is not piped.");
  for await (const line of createInterface(stdout)) {
    const address = /^listening on (http:\S+)$/.exec(line)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error("The server ended before it listened; start it by itself to see why.");
}

/**
 * Starts a server with the probe in it.
 * @param nodeArguments what `node` is given after the probe, for example `["server.mjs"]`
 * @param environment what the server's own settings are read from
 */
export async function startMeasured(
  nodeArguments: string[],
  environment: Record<string, string>,
): Promise<MeasuredServer> {
  const { PATH, SystemRoot } = process.env;
  const child = spawn(process.execPath, ["--import", PROBE, ...nodeArguments], {
    env: { PATH, SystemRoot, ...environment },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const kill = (): void => void child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));
  const url = await addressOf(child);
  return {
    url,
    async cpuMicroseconds() {
      const answer = once(child, "message");
      child.send("cpu");
      const [{ user, system }] = (await answer) as [NodeJS.CpuUsage];
      return user + system;
    },
    async stop() {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}
