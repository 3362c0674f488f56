// The sandbox's own HTTP server: the first request for the page loads it, and waits until it is there.
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { createOwnServer } from "../lab/own-server.ts";
import type { Pages } from "./pages.ts";

interface LazyPages {
  readonly server: Server;
  /** Undefined as long as nobody has come. */
  pages(): Pages | undefined;
}

/**
 * @param load opens the pages on the server; the control channel listens on it from the moment that this resolves
 * @param onMistake called if it rejects: the code of the page is ours
 */
export function createLazyPages(
  load: (server: Server) => Promise<Pages>,
  onMistake: (error: unknown) => void,
): LazyPages {
  let pages: Pages | undefined;
  let loading: Promise<void> | undefined;

  /** @returns whether the pages are there */
  async function isReady(): Promise<boolean> {
    loading ??= load(server).then((loaded) => void (pages = loaded));
    try {
      await loading;
      return true;
    } catch (error) {
      loading = undefined;
      onMistake(error);
      return false;
    }
  }

  // Once the pages are there, Socket.IO looks at a request first: hence each one that waited is dispatched again.
  async function answerLater(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (await isReady()) server.emit("request", request, response);
    else response.writeHead(500).end("The page could not be loaded: the terminal says why.\n");
  }

  async function upgradeLater(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): Promise<void> {
    // Node has removed its own listener, and Socket.IO has not added one yet: without this one, a client that resets its
    // connection would end the process.
    socket.on("error", () => socket.destroy());
    if (await isReady()) server.emit("upgrade", request, socket, head);
    else socket.destroy();
  }

  const server = createOwnServer((request, response) => {
    if (pages === undefined) void answerLater(request, response);
    else pages.serve(request, response);
  });
  server.on("upgrade", (request, socket: Duplex, head) => {
    if (pages === undefined) void upgradeLater(request, socket, head);
  });
  return { server, pages: () => pages };
}
