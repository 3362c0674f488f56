// Starts Debian's `redis-server` for the servers of one run, which nobody else uses.
import { createServer } from "node:net";
import { setTimeout } from "node:timers/promises";
import { createClient } from "@redis/client";
import { type OwnedProcess, ownProcess } from "../owned-process.ts";
import { listen } from "../wire/listening.ts";

/** There is no `redis-server` on this machine. */
export class RedisMissingError extends Error {
  readonly code = "REDIS_MISSING";

  constructor() {
    super(
      "There is no redis-server on this machine: install it (on Debian: apt install redis-server), or choose --adapter cluster.",
    );
  }
}

export interface Redis extends Pick<OwnedProcess, "child" | "stop"> {
  /** `redis://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
}

const LONGEST_START_MS = 10_000;

/**
 * Starts it without a file on disk, reachable from this machine alone.
 * @param port any free one, if left out
 * @throws RedisMissingError (code REDIS_MISSING)
 */
export async function startRedis(port?: number): Promise<Redis> {
  const own = port ?? (await findFreePort());
  const flags = `--port ${own} --bind 127.0.0.1 --appendonly no --save`.split(" ");
  const redis = ownProcess("Redis", ["redis-server", ...flags, ""]);
  try {
    await redis.printed(/Ready to accept connections/, "it listened", LONGEST_START_MS);
  } catch (error) {
    if (/ENOENT/.test(String((await redis.ended).reason))) throw new RedisMissingError();
    throw error;
  }
  return { ...redis, port: own, url: `redis://127.0.0.1:${own}` };
}

const LOOK_EVERY_MS = 20;

/** Resolves once so many servers read what the others write: before that, they miss it. */
export async function untilAllRead(url: string, count: () => number): Promise<void> {
  const client = await createClient({ url, socket: { reconnectStrategy: false } })
    .on("error", () => {})
    .connect();
  try {
    for (;;) {
      const list = await client.sendCommand<string>(["CLIENT", "LIST"]);
      const readers = list.match(/ cmd=xread /g)?.length ?? 0;
      const subscribers = list.match(/ sub=[1-9]/g)?.length ?? 0;
      if (Math.min(readers, subscribers) >= count()) return;
      await setTimeout(LOOK_EVERY_MS);
    }
  } finally {
    client.destroy();
  }
}

/** Redis itself takes 0 for none. */
async function findFreePort(): Promise<number> {
  const listening = await listen(createServer(), 0, "127.0.0.1");
  await listening.stop();
  return listening.port;
}
