// Runs faulty copies of the CommonJS variant, one at a time, in one process that has loaded their packages already. Several
// servers that share their users run in it side by side: it gets back from its parent what they tell each other.
import { once } from "node:events";
import { createRequire } from "node:module";
import path from "node:path";

let stop = () => {};

/** By the time that a message of one's own comes back, each adapter has heard of the others. */
function haveMet() {
  const echo = { source: "echo" };
  return new Promise((resolve) => {
    process.on("message", function read({ source }) {
      if (source !== echo.source) return;
      process.off("message", read);
      resolve();
    });
    process.send(echo);
  });
}

// A fault that throws, here or later, ends this process as it would end a server of its own.
function listen() {
  process.on("message", ({ source, ...order }) => {
    if (source === undefined) void start(order);
  });
}

async function start({ folder, environment, servers }) {
  stop();
  const load = createRequire(import.meta.url);
  // What another server of this folder was made of may have changed.
  for (const file of Object.keys(load.cache)) if (file.startsWith(folder)) delete load.cache[file];
  const [{ readSettings }, { buildServer }, { chooseAdapter }] = [
    "settings",
    "server",
    "adapter",
  ].map((name) => load(path.join(folder, `${name}.cjs`)));
  const started = await Promise.all(
    Array.from({ length: servers }, async () => {
      const settings = readSettings(environment);
      const { httpServer, io } = buildServer(settings, await chooseAdapter(settings));
      await once(httpServer.listen(0, settings.host), "listening");
      return { httpServer, io, url: `http://${settings.host}:${httpServer.address().port}` };
    }),
  );
  stop = () => {
    // The adapters listen here until the process ends, and would answer for servers that have ended.
    process.removeAllListeners("message");
    listen();
    for (const { httpServer, io } of started) {
      // A fault may keep it from ending: nobody waits.
      void io.close();
      httpServer.closeAllConnections();
    }
  };
  await haveMet();
  process.send({ urls: started.map(({ url }) => url) });
}

listen();
process.on("disconnect", () => process.exit());
