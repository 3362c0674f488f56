// Runs faulty copies of the CommonJS variant, one at a time, in one process that has loaded their packages already.
import { createRequire } from "node:module";
import path from "node:path";

let stop = () => {};

function start({ folder, environment }) {
  stop();
  const load = createRequire(import.meta.url);
  const { readSettings } = load(path.join(folder, "settings.cjs"));
  const { buildServer } = load(path.join(folder, "server.cjs"));
  const settings = readSettings(environment);
  const { httpServer, io } = buildServer(settings);
  httpServer.listen(0, settings.host, () => {
    process.send({ url: `http://${settings.host}:${httpServer.address().port}` });
  });
  stop = () => {
    // A fault may keep it from ending: nobody waits.
    void io.close();
    httpServer.closeAllConnections();
  };
}

// A fault that throws, here or later, ends this process as it would end a server of its own.
process.on("message", start);
process.on("disconnect", () => process.exit());
