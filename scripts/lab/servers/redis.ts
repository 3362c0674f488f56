// Starts Debian's `redis-server` for the servers of one run, which nobody else uses.
import { randomInt } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { createClient } from "@redis/client";
import { type OwnedProcess, ownProcess } from "../owned-process.ts";
import type { RunningVariant } from "./process.ts";

/** There is no `redis-server` on this machine. */
class RedisMissingError extends Error {
  readonly code = "REDIS_MISSING";

  constructor() {
    super(
      "There is no redis-server on this machine: install it (on Debian: apt install redis-server), or choose --adapter cluster.",
    );
  }
}

interface Redis extends Pick<OwnedProcess, "child" | "stop"> {
  /** `redis://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
}

const LONGEST_START_MS = 10_000;
/** Below those that a system gives to outgoing connections: few of these are taken at any time. */
const ANY_PORT = [20_000, 32_000] as const;
const MOST_TRIES = 5;

/**
 * Starts it without a file on disk, reachable from this machine alone.
 * @param port any free one, if left out
 * @throws RedisMissingError (code REDIS_MISSING), ProcessEndError (code PROCESS_ENDED)
 */
export async function startRedis(port?: number, triesLeft = MOST_TRIES): Promise<Redis> {
  const own = port ?? randomInt(...ANY_PORT);
  const flags = `--port ${own} --bind 127.0.0.1 --appendonly no --save`.split(" ");
  const redis = ownProcess("Redis", ["redis-server", ...flags, ""]);
  try {
    await redis.printed(/Ready to accept connections/, "it listened", LONGEST_START_MS);
  } catch (error) {
    if (/ENOENT/.test(String((await redis.ended).reason))) throw new RedisMissingError();
    // Only Redis can tell: one that was free a moment ago may be taken by now.
    const isTaken = redis.lastLines.some((line) => line.includes("Address already in use"));
    if (port !== undefined || !isTaken || triesLeft === 1) throw error;
    return startRedis(undefined, triesLeft - 1);
  }
  return { ...redis, port: own, url: `redis://127.0.0.1:${own}` };
}

const LOOK_EVERY_MS = 20;

/** Resolves once those servers that run read what the others write: before that, they miss it. */
export async function untilAllRead(
  url: string,
  servers: readonly RunningVariant[],
  signal: AbortSignal,
): Promise<void> {
  const client = await createClient({ url, socket: { reconnectStrategy: false } })
    .on("error", () => {})
    .connect();
  try {
    for (;;) {
      const list = await client.sendCommand<string>(["CLIENT", "LIST"]);
      const readers = list.match(/ cmd=xread /g)?.length ?? 0;
      const subscribers = list.match(/ sub=[1-9]/g)?.length ?? 0;
      const running = servers.filter((server) => server.isRunning());
      if (Math.min(readers, subscribers) >= running.length) return;
      await setTimeout(LOOK_EVERY_MS, undefined, { signal });
    }
  } finally {
    client.destroy();
  }
}
