// A port for a server that is closed and opened again where it was.
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

/**
 * No system gives these to outgoing connections, and no browser refuses them. Each worker of the tests has its own, so
 * that no other test takes one while it is closed.
 */
const PORTS_OF_WORKER = 200;
const FIRST_PORT = 10_100 + (Number(process.env["VITEST_POOL_ID"] ?? 0) % 4) * PORTS_OF_WORKER;

/** A free port that nobody takes while it is closed: one that a system gave to a server may be any connection's by then. */
export async function lastingPort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST_PORT, FIRST_PORT + PORTS_OF_WORKER);
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
