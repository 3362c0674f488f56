// The servers of a load, as a person would start them: in processes of their own, and so is the load balancer.
import path from "node:path";
import { ownProcess } from "../../lab/owned-process.ts";
import type { SharedAdapter } from "../../lab/servers/nodes.ts";
import { startRedis } from "../../lab/servers/redis.ts";
import { ROOT } from "../../lab/servers/variants.ts";

export interface LoadedServers {
  readonly url: string;
  /** Kills one of them. @returns when another one has started in its place */
  killOne(): Promise<void>;
  stop(): Promise<void>;
}

export const SERVERS = 3;
const LONGEST_START_MS = 60_000;
const KILLED = 2;

export async function startServers(adapter: SharedAdapter, secret: string): Promise<LoadedServers> {
  const redis = adapter === "redis" ? await startRedis() : undefined;
  const { PATH, TMPDIR } = process.env;
  const flags = ["--port", "0", "--nodes", String(SERVERS), "--adapter", adapter];
  const program = path.join(ROOT, "scripts", "run.mjs");
  const started = ownProcess("npm start", [process.execPath, program, "start", ...flags], {
    env: { PATH, TMPDIR, AUTH: "payload", JWT_SECRET: secret, REDIS_URL: redis?.url },
  });
  let pid = 0;
  started.output.on("line", (line) => {
    pid = Number(new RegExp(`^server ${KILLED} \\(process (\\d+)\\)`).exec(line)?.[1] ?? pid);
  });
  const stop = async (): Promise<void> => {
    await started.stop();
    await redis?.stop();
  };
  try {
    const listens = /^listening on (\S+)$/;
    const [, url = ""] = await started.printed(listens, "it listened", LONGEST_START_MS);
    return {
      url,
      async killOne() {
        const again = started.printed(/runs again/, "another started", LONGEST_START_MS);
        process.kill(pid, "SIGKILL");
        await again;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
