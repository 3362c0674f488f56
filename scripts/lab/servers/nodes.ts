// Starts several copies of a variant that share their users, as a load balancer needs them.
import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { type RunningVariant, startVariant, type VariantSettings } from "./process.ts";
import { startRedis, untilAllRead } from "./redis.ts";
import { openRelay } from "./relay.ts";
import type { Variant } from "../../model/vocabulary.ts";

/** By which several servers share their users. */
export const SHARED_ADAPTERS = ["cluster", "redis"] as const;
export type SharedAdapter = (typeof SHARED_ADAPTERS)[number];
/** With the one in memory, each knows its own alone. */
export const ADAPTERS = ["memory", ...SHARED_ADAPTERS] as const;
export type Adapter = (typeof ADAPTERS)[number];

export interface Nodes {
  /** In the order of their numbers, which count from 1. */
  readonly servers: readonly RunningVariant[];
  /** Starts another server in the place of one that has ended, and waits until the others know it. */
  startAgain(number: number): Promise<RunningVariant>;
  stop(): Promise<void>;
}

export interface NodesOptions {
  variant: Variant;
  adapter: Adapter;
  count: number;
  /** All get the same secret: a random one, if none is given. */
  settings?: VariantSettings;
  /** An address of a Redis that runs already; if it is left out, one is started and ended with the servers. */
  redisUrl?: string | undefined;
  /** Where their files are, if not in the folder of the variant. */
  folder?: string | undefined;
  /** Ctrl-C does not reach them. */
  hasOwnGroup?: boolean;
  /** Called with each line that one of them prints. */
  onLine?: (line: string, number: number, pid: number) => void;
}

const LONGEST_MEETING_MS = 5_000;

/**
 * Starts them, one beside the other, until they know each other.
 * @throws VariantStartError (code VARIANT_DIED_AT_START), RedisMissingError (code REDIS_MISSING)
 */
export async function startNodes(options: NodesOptions): Promise<Nodes> {
  const { variant, adapter, count, folder, hasOwnGroup, onLine } = options;
  const secret = randomBytes(32).toString("base64url");
  const relay = adapter === "cluster" ? openRelay() : undefined;
  const isByRedis = adapter === "redis";
  const redis = isByRedis && options.redisUrl === undefined ? await startRedis() : undefined;
  const redisUrl = isByRedis ? (options.redisUrl ?? redis?.url) : undefined;
  const { settings = {} } = options;
  const more = {
    ...settings.more,
    ADAPTER: adapter,
    ...(redisUrl !== undefined && { REDIS_URL: redisUrl }),
  };
  const servers: RunningVariant[] = [];
  const start = async (number: number): Promise<RunningVariant> => {
    const running = await startVariant(
      variant,
      { secret, ...settings, more },
      { folder, relay, hasOwnGroup, onLine: (line, pid) => onLine?.(line, number, pid) },
    );
    servers[number - 1] = running;
    return running;
  };
  const stop = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.stop()));
    await redis?.stop();
  };
  // Before that, one may miss what another sends.
  const haveMet = async (): Promise<void> => {
    await relay?.met();
    if (redisUrl !== undefined) await untilAllRead(redisUrl, () => countRunning(servers));
  };
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  const started = await Promise.allSettled(numbers.map(start));
  const failed = started.find(({ status }) => status === "rejected");
  if (failed?.status === "rejected") {
    await stop();
    throw failed.reason;
  }
  await haveMet();
  return {
    servers,
    async startAgain(number) {
      const running = await start(number);
      // One that is silent is no reason to wait forever; and where Redis is gone, the servers say so.
      const met = haveMet().catch(() => {});
      await Promise.race([met, setTimeout(LONGEST_MEETING_MS, undefined, { ref: false })]);
      return running;
    },
    stop,
  };
}

function countRunning(servers: readonly RunningVariant[]): number {
  return servers.filter((server) => server.isRunning()).length;
}
