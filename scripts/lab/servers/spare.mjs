// Becomes a server: loads the packages that every variant imports, and waits for the name of the file to run. A bare one loads
// none, and becomes another program.
import { once } from "node:events";
import { writeSync } from "node:fs";
import { createServer, request } from "node:http";
import { text } from "node:stream/consumers";
import { Worker } from "node:worker_threads";

// The message may come while it still loads.
const isTold = once(process, "message");
const guard = process.argv.includes("--guarded") ? await openGuard() : undefined;
if (!process.argv.includes("--bare")) await rehearse();
// What all this left would be collected during the first attempt, and take longer than that.
globalThis.gc();
process.send("ready");

const [{ file, program = file, environment, tracesThrows }] = await isTold;
await guard?.watch(file, tracesThrows);
// From here on, it is as if it had been started with this environment, to run this file.
// The servers of an adapter reach each other through this process's parent.
if (program === file && environment.ADAPTER !== "cluster") process.disconnect();
Object.assign(process.env, environment);
process.argv[1] = file;
await import(program);

/** A thread that looks whether this one still runs, and where not, says at which line it loops. */
async function openGuard() {
  const beat = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL("guard.mjs", import.meta.url), { workerData: beat });
  await once(worker, "message");
  return {
    async watch(startFile, shouldTrace) {
      setInterval(() => Atomics.add(beat, 0, 1), 50).unref();
      const exit = process.exit.bind(process);
      process.exit = (code) => {
        writeSync(2, `${new Error(`process.exit(${code ?? ""}) was called`).stack}\n`);
        exit(code);
      };
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
      worker.postMessage({ file: startFile, tracesThrows: shouldTrace });
      await once(worker, "message");
      worker.unref();
    },
  };
}

/** A server's first connection takes it several times as long as the next. One is made here, to a server without users. */
async function rehearse() {
  const [{ default: express }, { Server }] = await Promise.all(
    [
      "express",
      "socket.io",
      "body-parser",
      "jsonwebtoken",
      "passport",
      "passport-jwt",
      "rate-limiter-flexible",
    ].map((name) => import(name)),
  );
  const server = createServer(express()).listen(0, "127.0.0.1");
  const io = new Server(server);
  await once(server, "listening");
  const { port } = server.address();
  const ask = async (method, query, body) => {
    const path = `/socket.io/?EIO=4&transport=polling${query}`;
    const asked = request({ host: "127.0.0.1", port, path, method, agent: false });
    const [answer] = await once(asked.end(body), "response");
    return text(answer);
  };
  const [, sid] = /"sid":"(.*?)"/.exec(await ask("GET", ""));
  await ask("POST", `&sid=${sid}`, "40");
  await ask("GET", `&sid=${sid}`);
  await io.close();
}
