// Starts the server: environment → settings → listen. Stops it on SIGTERM and SIGINT.
import { existsSync } from "node:fs";
import { chooseAdapter } from "./adapter.mjs";
import { buildServer } from "./server.mjs";
import { readSettings } from "./settings.mjs";

const LONGEST_STOP_MS = 1_000;
const LOOPBACK = /^((::ffff:)?127\.|::1$)/;

// --- Start ---

async function start(settings) {
  const { httpServer, io } = buildServer(settings, await chooseAdapter(settings));

  httpServer.on("error", ({ message }) => giveUp(`Choose another PORT or HOST: ${message}.`));
  httpServer.listen(settings.port, settings.host, () => {
    const { address, family, port } = httpServer.address();
    console.log(`listening on http://${family === "IPv6" ? `[${address}]` : address}:${port}`);
    if (settings.isSecretRandom)
      console.log(
        "JWT_SECRET is not set: this process signs with a random secret, and its tokens are worthless once it ends.",
      );
    if (!existsSync(settings.clientFolder))
      console.log(
        "The client page is not here, so / answers 404: CLIENT_FOLDER can name its folder.",
      );
    if (LOOPBACK.test(address)) return;
    // RFC 6750 §5.3: a bearer token travels over TLS only, and so must a password.
    console.log(
      "Other machines can reach this server without TLS, and anybody in between can read passwords and tokens: put a proxy with TLS in front of it.",
    );
    if (settings.isDemoPasswordKnown)
      console.log("Everybody knows the demo user's password: set DEMO_PASSWORD.");
  });

  // --- Stop ---

  for (const signal of ["SIGTERM", "SIGINT"]) {
    process.once(signal, () => {
      // Ends every socket and takes no new ones; a request still under way would keep it waiting.
      void io.close().then(() => process.exit(0));
      httpServer.closeAllConnections();
      // A client that does not answer the close must not keep the process running.
      setTimeout(() => process.exit(0), LONGEST_STOP_MS).unref();
    });
  }
}

// --- What cannot work ---

function giveUp(reason) {
  console.error(reason);
  process.exit(1);
}

async function run() {
  try {
    await start(readSettings(process.env));
  } catch (error) {
    // For a wrong setting one sentence is enough. Anything else is a bug and keeps its stack.
    const { code, message } = error;
    giveUp(code === "BAD_SETTING" ? message : error);
  }
}

void run();
