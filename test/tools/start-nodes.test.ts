// `npm start -- --nodes 3`: several servers behind one address, which are one server for their clients, also when one ends.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { io, type Socket } from "socket.io-client";
import { describe, expect, it } from "vitest";
import { startRedis } from "../../scripts/lab/servers/redis.ts";
import { listen } from "../../scripts/lab/wire/listening.ts";
import { descendantsOf, isRunning } from "../helpers/descendants.ts";
import { everywhere, logIn, runCommand, startCommand } from "../helpers/node-process.ts";
import { HAS_REDIS, REDIS_SKIPPED } from "../helpers/redis.ts";

const WAIT_MS = 60_000;

/** Connects so many clients, as browsers do: by polling, with an upgrade to WebSocket. */
async function connectSome(url: string, count: number): Promise<Socket[]> {
  const options = { ...everywhere(await logIn(url)), forceNew: true, reconnectionDelay: 100 };
  const sockets = Array.from({ length: count }, () => io(url, options));
  await Promise.all(sockets.map((socket) => once(socket as never, "connect")));
  return sockets;
}

function noteToJohn(from: Socket): Promise<unknown> {
  return from.timeout(10_000).emitWithAck("sendNote", 1, "hello") as Promise<unknown>;
}

async function statusOf(url: string, statuses: number[]): Promise<number | undefined> {
  const answer = await fetch(url).catch(() => undefined);
  if (answer !== undefined) statuses.push(answer.status);
  return answer?.status;
}

async function serversOf(pid: number): Promise<number[]> {
  const all = await descendantsOf(pid);
  const commands = await Promise.all(all.map((one) => readFile(`/proc/${one}/cmdline`, "utf8")));
  return all.filter((_, at) => commands[at]!.includes("start.cjs"));
}

it(
  "three servers are one for their clients; one that is killed gets a successor; Ctrl-C leaves nothing running",
  async () => {
    const free = await listen(createServer(), 0, "127.0.0.1");
    const { port } = free;
    await free.stop();
    const args = ["--port", String(port), "--nodes", "3"];
    const command = startCommand("start", args, { hasOwnGroup: true });
    // The address is there before the servers are: what comes first is not answered in their place.
    const statuses: number[] = [];
    await expect
      .poll(() => statusOf(`http://127.0.0.1:${port}/`, statuses), { timeout: WAIT_MS })
      .toBe(200);
    expect(statuses).toEqual([200]);
    const [printed, url = ""] = await command.printed(/^[^]*^listening on (http:\S+)\n/m);
    expect(printed).toMatch(/^JWT_SECRET is not set: these servers share a random one/m);
    const servers = await serversOf(command.pid);
    expect(servers).toHaveLength(3);
    const sockets = await connectSome(url, 6);
    for (const socket of sockets)
      expect(await noteToJohn(socket)).toEqual({ connections: sockets.length });

    process.kill(servers[1]!, "SIGKILL");
    await command.printed(/^Server \d ended \(SIGKILL\); another one starts in its place\.$/m);
    await command.printed(/^Server \d runs again\.$/m);
    await expect.poll(() => sockets.every(({ connected }) => connected)).toBe(true);
    const notes = sockets.map((socket) => once(socket as never, "note"));
    // The answer may be that not every server has answered: the others miss the killed one after ten seconds.
    await noteToJohn(sockets[0]!);
    for (const note of await Promise.all(notes)) expect(note).toMatchObject([{ text: "hello" }]);
    for (const socket of sockets) socket.disconnect();

    const all = await descendantsOf(command.pid);
    process.kill(-command.pid, "SIGINT");
    const { stdout, stderr, code } = await command.ended;
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
    expect(stdout.match(/ended/g)).toHaveLength(1);
    expect((await Promise.all(all.map(isRunning))).some(Boolean)).toBe(false);
  },
  WAIT_MS,
);

describe("what cannot work is one sentence", () => {
  it("a port that is in use", async () => {
    const other = await listen(createServer(), 0, "127.0.0.1");
    const args = ["--port", String(other.port), "--nodes", "2"];
    const { stderr, code } = await runCommand("start", args);
    expect({ stderr, code }).toEqual({
      stderr: `Port ${other.port} is in use: choose another with --port.\n`,
      code: 2,
    });
    await other.stop();
  });

  it("a setting that is wrong for all of them, said once", async () => {
    const args = ["--port", "0", "--nodes", "3", "--lifetime", "long"];
    const { stdout, stderr, code } = await runCommand("start", args);
    expect(stdout + stderr).toMatch(
      /^Starting 3 servers .*\nThe cjs variant ended \(1\) before it listened\. It printed:\nTOKEN_LIFETIME_SECONDS must be .*, got "long"\.\n$/,
    );
    expect(code).toBe(2);
  });

  it("a Redis that is not there", async () => {
    const env = { REDIS_URL: "redis://127.0.0.1:1", PORT: "0" };
    const args = ["--nodes", "2", "--adapter", "redis"];
    const { stderr, code } = await runCommand("start", args, { env });
    expect(stderr).toMatch(/ended \(1\) before it listened.*\nRedis cannot be used at 127.*\n$/);
    expect(code).toBe(2);
  });
});

it.skipIf(!HAS_REDIS)(
  `servers that share a Redis; one that ends while Redis is gone is tried again until it is back${REDIS_SKIPPED}`,
  async () => {
    const redis = await startRedis();
    const args = ["--port", "0", "--nodes", "2", "--adapter", "redis"];
    const command = startCommand("start", args, { env: { REDIS_URL: redis.url } });
    const [, url = ""] = await command.printed(/^listening on (http:\S+)\n/m);
    const sockets = await connectSome(url, 4);
    expect(await noteToJohn(sockets[0]!)).toEqual({ connections: 4 });
    await redis.stop();
    const [server] = await serversOf(command.pid);
    process.kill(server!, "SIGKILL");
    await command.printed(
      /^Server \d does not start, and is tried again: .*\nRedis cannot be used/m,
    );
    const again = await startRedis(redis.port);
    await command.printed(/^Server \d runs again\.$/m);
    await expect
      .poll(() => noteToJohn(sockets[0]!), { timeout: WAIT_MS, interval: 200 })
      .toEqual({ connections: 4 });
    for (const socket of sockets) socket.disconnect();
    command.kill("SIGTERM");
    expect(await command.ended).toMatchObject({ code: 0 });
    await again.stop();
  },
  WAIT_MS,
);
