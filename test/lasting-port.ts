// A port for a server that is closed and opened again where it was.
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

/** No system gives these to outgoing connections, and no browser refuses them. */
const PORTS = [10_100, 10_900] as const;

/** A free port that nobody takes while it is closed: one that a system gave to a server may be any connection's by then. */
export async function lastingPort(): Promise<number> {
  for (;;) {
    const port = randomInt(...PORTS);
    const server = createServer();
    try {
      await once(server.listen(port, "127.0.0.1"), "listening");
      await once(server.close(), "close");
      return port;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    }
  }
}
