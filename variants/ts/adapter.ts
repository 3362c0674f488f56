// The adapter of Socket.IO: with several servers behind one address, it brings what one server sends to the clients of
// the others.
import type { ServerOptions } from "socket.io";
import type { Settings } from "./settings.ts";

// --- Which adapter ---

// Each package is loaded only where it is asked for: the adapter in memory is part of Socket.IO. None of them replaces sticky
// sessions: with polling, all requests of a session must reach the server that opened it.
export async function chooseAdapter({
  adapter,
  redisUrl,
}: Settings): Promise<Partial<ServerOptions>> {
  if (adapter === "memory") return {};
  if (adapter === "cluster") {
    const { createAdapter } = await import("@socket.io/cluster-adapter");
    return { adapter: createAdapter() };
  }
  const { createAdapter } = await import("@socket.io/redis-streams-adapter");
  return { adapter: createAdapter(await connectToRedis(redisUrl)) };
}

// --- Redis ---

// What is sent in an outage waits in memory until Redis is back; what is more than this is lost.
const MOST_WAITING_COMMANDS = 10_000;
const RETRY_MS = 500;

// TypeScript: the types of the client are not those that the adapter knows, which takes any.
async function connectToRedis(url: string): Promise<unknown> {
  const { createClient } = await import("@redis/client");
  let isThere: boolean | undefined;
  const client = createClient({
    url,
    commandsQueueMaxLength: MOST_WAITING_COMMANDS,
    // Once it was there, Redis comes back; an address where it never was is a mistake.
    socket: { reconnectStrategy: () => isThere !== undefined && RETRY_MS },
  });
  client.on("ready", () => {
    if (isThere === false) console.log("Redis is back.");
    isThere = true;
  });
  // Without a listener, the error would end the process. Each further attempt fails with one more.
  client.on("error", (error: NodeJS.ErrnoException) => {
    if (isThere) console.error(`Redis is gone (${reasonOf(error)}): its clients wait.`);
    if (isThere) isThere = false;
  });
  // The adapter does not wait for what it publishes, so one that fails would end the process (unhandled rejection). The
  // server that asked gets no answer, and `other-servers` says so.
  const publish = client.publish.bind(client);
  Object.assign(client, {
    publish: (channel: string, message: string) => publish(channel, message).catch(() => 0),
  });

  try {
    await client.connect();
  } catch (error) {
    const { host } = new URL(url);
    const sentence = `Redis cannot be used at ${host} (${reasonOf(error as Error)}): start it there, or set REDIS_URL.`;
    throw Object.assign(new Error(sentence), { code: "BAD_SETTING" });
  }
  return client;
}

// An error of several addresses has no message.
function reasonOf({ message, code }: NodeJS.ErrnoException): string {
  return message || String(code);
}
