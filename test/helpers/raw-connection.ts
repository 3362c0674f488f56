// A TCP connection that sends exactly these bytes, and keeps exactly those that come.
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export interface RawConnection {
  readonly socket: Socket;
  /** Sends the bytes; resolves when they have been handed to the system. */
  send(bytes: string | Buffer): Promise<void>;
  /** Sends each byte in a write of its own. */
  sendOneByOne(bytes: string): Promise<void>;
  /** Resolves with all that came, once it contains this. */
  until(text: string): Promise<string>;
  /** All that came so far. */
  received(): Buffer;
  /** Resolves with how the other side ended the connection. */
  readonly ended: Promise<"end" | "reset">;
}

/** Follows a socket, of a client or of a server. Neither side is closed automatically. */
function followSocket(socket: Socket): RawConnection {
  const parts: Buffer[] = [];
  socket.on("data", (bytes) => parts.push(bytes));
  const received = (): Buffer => Buffer.concat(parts);
  const ended = new Promise<"end" | "reset">((resolve) => {
    socket.once("end", () => resolve("end"));
    socket.once("error", () => resolve("reset"));
  });

  async function send(bytes: string | Buffer): Promise<void> {
    await new Promise<void>((resolve) => {
      socket.write(bytes, () => resolve());
    });
  }

  async function sendOneByOne(bytes: string): Promise<void> {
    for (const byte of Buffer.from(bytes)) await send(Buffer.of(byte));
  }

  async function until(text: string): Promise<string> {
    while (!received().includes(text)) {
      const more = await Promise.race([once(socket, "data"), ended]);
      if (typeof more === "string" && !received().includes(text))
        throw new Error(`The connection has ended (${more}) before "${text}" came.`);
    }
    return received().toString("latin1");
  }

  return { socket, send, sendOneByOne, until, received, ended };
}

export async function openRawConnection(port: number): Promise<RawConnection> {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
  await once(socket, "connect");
  return followSocket(socket);
}

export interface RawServer {
  readonly port: number;
  /** The connections that came, oldest first. */
  readonly connections: RawConnection[];
  /** Resolves with the next connection that comes. */
  next(): Promise<RawConnection>;
  stop(): Promise<void>;
}

/** A server that answers only what a test makes it answer. */
export async function openRawServer(): Promise<RawServer> {
  const server = createServer({ allowHalfOpen: true, noDelay: true });
  const connections: RawConnection[] = [];
  server.on("connection", (socket) => {
    const connection = followSocket(socket);
    connections.push(connection);
    server.emit("followed", connection);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    port: (server.address() as AddressInfo).port,
    connections,
    async next() {
      const [connection] = (await once(server, "followed")) as [RawConnection];
      return connection;
    },
    async stop() {
      for (const { socket } of connections) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
