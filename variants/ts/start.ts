// Starts the server: environment → settings → listen. Stops it on SIGTERM and SIGINT.
import type { AddressInfo } from "node:net";
import { buildServer } from "./server.ts";
import { readSettings, type Settings } from "./settings.ts";

const LONGEST_STOP_MS = 1_000;
const LOOPBACK = /^((::ffff:)?127\.|::1$)/;

// --- A mistake in the settings or a port that cannot be had: one sentence, no stack ---

type StartError = NodeJS.ErrnoException & { address?: string; port?: number; hostname?: string };

function giveUp(error: StartError): void {
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${error.port} is in use on ${error.address}: choose another with PORT=…, or any free one with PORT=0.`,
    EACCES: `Port ${error.port} needs more rights than this process has: choose one above 1023 with PORT=….`,
    EADDRNOTAVAIL: `${error.address} is no address of this machine: choose another with HOST=….`,
    ENOTFOUND: `${error.hostname} is no known host: choose another with HOST=….`,
    EAI_AGAIN: `${error.hostname} cannot be looked up now: choose an address with HOST=….`,
    BAD_SETTING: error.message,
  };
  // Anything else is a bug, and keeps its stack.
  console.error(sentences[error.code!] ?? error);
  process.exit(1);
}

// --- Start ---

function start(settings: Settings): void {
  const { httpServer, io } = buildServer(settings);

  httpServer.on("error", giveUp);
  httpServer.listen(settings.port, settings.host, () => {
    const { address, family, port } = httpServer.address() as AddressInfo;
    console.log(`listening on http://${family === "IPv6" ? `[${address}]` : address}:${port}`);
    if (settings.isSecretRandom)
      console.log(
        "JWT_SECRET is not set: this process signs with a random secret, and its tokens end with it.",
      );
    if (settings.isDemoPasswordKnown && !LOOPBACK.test(address))
      console.log(
        "Other machines can reach this server, and the demo user's password is known to all: set DEMO_PASSWORD.",
      );
  });

  // --- Stop ---

  for (const signal of ["SIGTERM", "SIGINT"]) {
    process.once(signal, () => {
      // Ends every socket and takes no new ones; a request still under way would keep it waiting.
      void io.close().then(() => process.exit(0));
      httpServer.closeAllConnections();
      // A client that does not answer the close must not keep the process.
      setTimeout(() => process.exit(0), LONGEST_STOP_MS).unref();
    });
  }
}

try {
  start(readSettings(process.env));
} catch (error) {
  giveUp(error as StartError);
}
