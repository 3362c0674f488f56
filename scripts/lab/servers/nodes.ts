// Starts servers of a variant for one address: one, or several that share their users, for a load balancer. Starts another one in
// the place of one that was killed.
import { randomBytes } from "node:crypto";
import {
  type RunningVariant,
  type StartOptions,
  startVariant,
  type VariantSettings,
} from "./process.ts";
import { startRedis, untilAllRead } from "./redis.ts";
import { openRelay } from "./relay.ts";
import type { Variant } from "../../model/vocabulary.ts";

/** By which several servers share their users. */
export const SHARED_ADAPTERS = ["cluster", "redis"] as const;
export type SharedAdapter = (typeof SHARED_ADAPTERS)[number];
/** With the one in memory, each server knows only its own. */
export const ADAPTERS = ["memory", ...SHARED_ADAPTERS] as const;

export interface Nodes {
  /** In the order of their numbers, which count from 1. */
  readonly servers: readonly RunningVariant[];
  /** Starts another server in the place of each that has ended, and waits until all know each other. */
  complete(): Promise<readonly RunningVariant[]>;
  /** The same for one of them. */
  startAgain(number: number): Promise<RunningVariant>;
  stop(): Promise<void>;
}

export interface NodesOptions {
  variant: Variant;
  count: number;
  /**
   * All get the same secret: a random one, if none is given. With the ADAPTER "redis" and no REDIS_URL, a Redis is started and
   * ended with them.
   */
  settings: VariantSettings;
  /** Where their files are, if not in the folder of the variant. */
  folder?: string | undefined;
  /** Ctrl-C does not reach them. */
  hasOwnGroup?: boolean;
  /** How one is started, if not as a new process. */
  start?: (
    variant: Variant,
    settings: VariantSettings,
    how: StartOptions,
  ) => Promise<RunningVariant>;
  /** Called with each once it listens; its `lastLines` are all that it has printed. */
  onStart?: (server: RunningVariant, number: number) => void;
}

const LONGEST_MEETING_MS = 20_000;

/**
 * Starts them side by side, and waits until they know each other.
 * @throws VariantStartError (code VARIANT_DIED_AT_START), RedisMissingError (code REDIS_MISSING)
 */
export async function startNodes(options: NodesOptions): Promise<Nodes> {
  const { variant, count, settings, folder, hasOwnGroup, onStart } = options;
  const { start = startVariant } = options;
  const { ADAPTER: adapter, REDIS_URL: givenUrl } = settings.more ?? {};
  const relay = adapter === "cluster" ? openRelay() : undefined;
  const redis = adapter === "redis" && !givenUrl ? await startRedis() : undefined;
  const redisUrl = redis?.url ?? givenUrl;
  const secret = randomBytes(32).toString("base64url");
  const more = { ...settings.more, ...(redis && { REDIS_URL: redis.url }) };
  const servers: RunningVariant[] = [];
  let completing: Promise<void> | undefined;
  let isStopping = false;

  async function startOne(number: number): Promise<void> {
    const own = { secret, ...settings, more };
    const server = await start(variant, own, { folder, hasOwnGroup, relay });
    servers[number - 1] = server;
    // The stop has begun meanwhile, and has not seen this one.
    if (isStopping) return server.stop();
    onStart?.(server, number);
  }

  async function startAll(numbers: readonly number[]): Promise<void> {
    const started = await Promise.allSettled(numbers.map(startOne));
    for (const each of started) if (each.status === "rejected") throw each.reason;
    await meet();
  }

  /** Before that, one may miss what another sends. */
  async function meet(): Promise<void> {
    const signal = AbortSignal.timeout(LONGEST_MEETING_MS);
    try {
      await relay?.met(signal);
      if (adapter === "redis") await untilAllRead(redisUrl!, servers, signal);
    } catch {
      // A silent server must not keep the others waiting; if Redis does not answer, the servers say so.
    }
  }

  async function complete(): Promise<readonly RunningVariant[]> {
    const numbers = Array.from({ length: count }, (_, at) => at + 1);
    const missing = numbers.filter((number) => !servers[number - 1]?.isRunning());
    // Several may ask at once.
    await (completing ??= startAll(missing).finally(() => (completing = undefined)));
    return servers;
  }

  async function stop(): Promise<void> {
    isStopping = true;
    await Promise.all([...servers.map((server) => server.stop()), completing?.catch(() => {})]);
    await redis?.stop();
  }

  try {
    await complete();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    servers,
    complete,
    async startAgain(number) {
      await startAll([number]);
      return servers[number - 1]!;
    },
    stop,
  };
}
