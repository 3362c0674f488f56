// Makes a server listen, and stops it together with all its connections.
import { once } from "node:events";
import type { AddressInfo, Server, Socket } from "node:net";

export interface Listening {
  readonly port: number;
  /** Cuts what is still connected, websockets included, and frees the port. */
  stop(): Promise<void>;
}

// Of Node's own 511, a thousand clients at once would lose some, and wait seconds for the others.
const MOST_WAITING = 4096;

/** @throws the system's error, if the port cannot be had */
export async function listen(server: Server, port: number, host: string): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.listen({ port, host, backlog: MOST_WAITING });
  await once(server, "listening");
  // A connection that could not be accepted is the client's to report; it must not stop the sandbox.
  server.on("error", () => {});

  async function stop(): Promise<void> {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  return { port: portOf(server), stop };
}

/** The port of a server that listens. */
export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
