// A person's app, and a trace in front of it that is followed as `npm run trace` does it.
import { once } from "node:events";
import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import jwt from "jsonwebtoken";
import { type Namespace, Server, type ServerOptions } from "socket.io";
import { io, type ManagerOptions, type Socket, type SocketOptions } from "socket.io-client";
import { Recording } from "../../scripts/lab/wire/recording.ts";
import { openTap } from "../../scripts/lab/wire/tap.ts";
import { Follow, type News } from "../../scripts/model/follow/follow.ts";

const SECRET = "a secret of the tests, long enough for HS256";

/** A token for ann. @param seconds until it expires */
export function tokenFor(seconds: number): string {
  const exp = Math.floor(Date.now() / 1000) + seconds;
  return jwt.sign({ sub: "ann", exp }, SECRET);
}

export function verify(token: unknown): void {
  jwt.verify(String(token), SECRET);
}

/** Lets a client in whose payload has a good token. */
export function guardSockets(app: Server | Namespace): void {
  app.use((socket, next) => {
    try {
      verify(socket.handshake.auth["token"]);
      next();
    } catch {
      next(new Error("unauthorized"));
    }
  });
}

export interface Traced {
  url: string;
  news: News[];
  follow: () => Follow;
  recording: Recording;
  /** Resolves once there is such news. */
  until: (isIt: (news: News) => boolean) => Promise<News>;
  connect: (options?: Partial<ManagerOptions & SocketOptions>) => Socket;
  close: () => Promise<void>;
}

/** @param aheadMs how far the clock of the trace is ahead */
export async function traceTo(to: URL, aheadMs = 0): Promise<Traced> {
  const news: News[] = [];
  const waiting = new Set<() => void>();
  let follow: Follow | undefined;
  const following = (): Follow => (follow ??= new Follow(Date.now() + aheadMs));
  const recording = new Recording({
    keeps: "last",
    onStep: (step) => {
      news.push(...following().add(step));
      for (const look of waiting) look();
    },
  });
  const tap = await openTap({ to, port: 0, recording, onUnreachable: () => undefined });
  const sockets: Socket[] = [];
  return {
    url: tap.origin,
    news,
    follow: following,
    recording,
    until: (isIt) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = news.find(isIt);
          if (found !== undefined) resolve(found);
        };
        waiting.add(look);
        look();
      }),
    connect(options = {}) {
      const socket = io(tap.origin, { forceNew: true, reconnectionDelay: 10, ...options });
      sockets.push(socket);
      return socket;
    },
    async close() {
      for (const socket of sockets) socket.close();
      await tap.stop();
    },
  };
}

export async function listening(server: HttpServer): Promise<URL> {
  server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 });
  await once(server, "listening");
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

/** @param setUp what makes the app what it is */
export async function traceApp(
  setUp: (io: Server, http: HttpServer) => void,
  { aheadMs = 0, ...options }: Partial<ServerOptions> & { aheadMs?: number } = {},
): Promise<Traced> {
  const http = createServer();
  const app = new Server(http, { serveClient: false, ...options });
  setUp(app, http);
  const traced = await traceTo(await listening(http), aheadMs);
  return {
    ...traced,
    async close() {
      await traced.close();
      await app.close();
    },
  };
}
