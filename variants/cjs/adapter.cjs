// The adapter of Socket.IO: with several servers behind one address, it delivers what one server sends to the clients
// of the others.
const { refuse } = require("./read-setting.cjs");

// --- Which adapter ---

// Each package is loaded only if the setting names it: the adapter in memory is part of Socket.IO. None of them replaces
// sticky sessions: with polling, all requests of a session must reach the server that opened it.
async function chooseAdapter({ adapter, redisUrl }) {
  if (adapter === "memory") return {};
  if (adapter === "cluster") {
    const { createAdapter } = await import("@socket.io/cluster-adapter");
    return { adapter: createAdapter() };
  }
  const { createAdapter } = await import("@socket.io/redis-streams-adapter");
  return { adapter: createAdapter(await connectToRedis(redisUrl)) };
}

// --- Redis ---

// While Redis is gone, commands wait in memory; what exceeds this limit reaches only the clients of this server.
const MOST_WAITING_COMMANDS = 10_000;
const RETRY_MS = 500;

async function connectToRedis(url) {
  const { createClient } = await import("@redis/client");
  let isThere;
  const client = createClient({
    url,
    commandsQueueMaxLength: MOST_WAITING_COMMANDS,
    // A Redis that was there comes back; an address where it never was is a mistake.
    socket: { reconnectStrategy: () => isThere !== undefined && RETRY_MS },
  });
  client.on("ready", () => {
    if (isThere === false) console.log("Redis is back.");
    isThere = true;
  });
  // Without a listener, an error would end the process. Each attempt to connect again fails with one more.
  client.on("error", (error) => {
    if (!isThere) return;
    console.error(`Redis is gone (${reasonOf(error)}): notes wait until it is back.`);
    isThere = false;
  });
  // The adapter drops the promise of `publish`, and one that fails would end the process (unhandled rejection). What
  // it publishes are questions to other servers: without an answer, `other-servers` gives up.
  const publish = client.publish.bind(client);
  Object.assign(client, {
    publish: (channel, message) => publish(channel, message).catch(() => 0),
  });

  try {
    await client.connect();
  } catch (error) {
    const { host } = new URL(url);
    refuse(
      `Redis cannot be used at ${host} (${reasonOf(error)}): start it there, or set REDIS_URL.`,
    );
  }
  return client;
}

// The error of a name that has several addresses has no message of its own.
function reasonOf({ message, code }) {
  return message || String(code);
}

module.exports = { chooseAdapter };
