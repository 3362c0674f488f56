// The port that clients connect to: it finds out for each of their requests where that goes.
import { createServer } from "node:net";
import { ClientConnection, type FindDestination } from "./client-connection.ts";
import type { Destination } from "./link.ts";
import { listen } from "./listening.ts";

export interface Entrance {
  /** The address that a client on this machine uses: `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** Ends all connections to a server that is there no longer. */
  drop(destination: Destination): void;
  /** Cuts everything and frees the port. */
  stop(): Promise<void>;
}

interface EntranceOptions {
  host: string;
  /** 0 takes any free port. */
  port: number;
  find: FindDestination;
  /** As long as Node's own HTTP server waits for a head, if left out. @see ClientConnection */
  patienceMs?: number | undefined;
}

/** @throws the system's error, if the port cannot be had (code EADDRINUSE, EACCES, …) */
export async function openEntrance({
  host,
  port,
  find,
  patienceMs = 60_000,
}: EntranceOptions): Promise<Entrance> {
  const server = createServer({ allowHalfOpen: true, noDelay: true });
  const clients = new Set<ClientConnection>();
  server.on("connection", (socket) => {
    const client = new ClientConnection(socket, { find, patienceMs });
    clients.add(client);
    socket.once("close", () => clients.delete(client));
  });
  const listening = await listen(server, port, host);
  return {
    origin: originOf(host, listening.port),
    drop(destination) {
      for (const client of clients) client.drop(destination);
    },
    async stop() {
      for (const client of clients) client.destroy();
      await listening.stop();
    },
  };
}

function originOf(host: string, port: number): string {
  const name = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}
