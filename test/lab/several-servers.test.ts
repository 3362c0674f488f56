// Several servers that share their users, when one of them is silent, is killed, or has lost its Redis: the others go on, and
// say what they do not know.
import { once } from "node:events";
import { createConnection, createServer } from "node:net";
import jwt from "jsonwebtoken";
import { io, type Socket } from "socket.io-client";
import { describe, it, type TestContext } from "vitest";
import { type Nodes, type SharedAdapter, startNodes } from "../../scripts/lab/servers/nodes.ts";
import { startRedis } from "../../scripts/lab/servers/redis.ts";
import { listen, type Listening } from "../../scripts/lab/wire/listening.ts";
import { answerLater } from "../../variants/ts/answers.ts";
import type { UserSocket } from "../../variants/ts/user-rooms.ts";
import { HAS_REDIS, REDIS_SKIPPED } from "../helpers/redis.ts";

const SECRET = "a secret of several servers, long enough";
const MISSING = { error: "Not every server has answered." };
// A server that was killed is noticed after ten seconds.
const WAIT_MS = 40_000;

type Finish = TestContext["onTestFinished"];

async function start(
  adapter: SharedAdapter,
  onTestFinished: Finish,
  { count = 2, redisUrl }: { count?: number; redisUrl?: string } = {},
): Promise<Nodes> {
  const more = { ADAPTER: adapter, ...(redisUrl && { REDIS_URL: redisUrl }) };
  const settings = { auth: "payload", secret: SECRET, more } as const;
  const nodes = await startNodes({ variant: "cjs", count, settings });
  // It waits for the end of a paused one, and ends it by force.
  onTestFinished(() => nodes.stop());
  return nodes;
}

function tokenFor(id: number, scope?: string): string {
  const claims = { data: { id, username: `user ${id}` }, ...(scope && { scope }) };
  const issuer = "accounts.examplesoft.com";
  return jwt.sign(claims, SECRET, { issuer, audience: "yoursite.net", expiresIn: 600 });
}

/** Connects a user to the server with that number. */
async function connect(
  nodes: Nodes,
  number: number,
  id: number,
  { namespace = "/", scope = "" } = {},
): Promise<Socket> {
  const socket = io(nodes.servers[number - 1]!.url + namespace, {
    auth: { token: tokenFor(id, scope) },
    transports: ["websocket"],
    reconnection: false,
    forceNew: true,
  });
  await once(socket as unknown as NodeJS.EventEmitter, "connect");
  return socket;
}

interface Cutter extends Listening {
  /** Resolves once a command came that many times, and its connection was cut before Redis saw it. */
  cutAt(command: string, times: number): Promise<void>;
}

function lookForNothing(_bytes: Buffer): boolean {
  return false;
}

/** Passes on to Redis what comes. */
async function openCutter(redisPort: number): Promise<Cutter> {
  let look = lookForNothing;
  const server = createServer((client) => {
    const redis = createConnection(redisPort, "127.0.0.1");
    client.on("data", (bytes) => (look(bytes) ? client.destroy() : redis.write(bytes)));
    redis.on("data", (bytes) => client.write(bytes));
    for (const [one, other] of [
      [client, redis],
      [redis, client],
    ] as const)
      one.on("error", () => {}).on("close", () => other.destroy());
  });
  const listening = await listen(server, 0, "127.0.0.1");
  return {
    ...listening,
    cutAt: (command, times) =>
      new Promise((resolve) => {
        let left = times;
        look = (bytes) => {
          if (!bytes.includes(`\r\n${command}\r\n`) || (left -= 1) > 0) return false;
          look = lookForNothing;
          resolve();
          return true;
        };
      }),
  };
}

function ask(socket: Socket, ...event: [string, ...unknown[]]): Promise<unknown> {
  return socket.timeout(WAIT_MS).emitWithAck(...event) as Promise<unknown>;
}

describe.concurrent("several servers", () => {
  it("a silent server: the answer is an error, and what can be done here is done", async ({
    expect,
    onTestFinished,
  }) => {
    const nodes = await start("cluster", onTestFinished);
    const [john, jane] = [await connect(nodes, 1, 1), await connect(nodes, 1, 2)];
    const far = await connect(nodes, 2, 2);
    const moderator = await connect(nodes, 1, 3, {
      namespace: "/moderation",
      scope: "moderation disconnect",
    });
    expect(await ask(john, "isConnected", 2)).toEqual({ isConnected: true });

    const { pid } = nodes.servers[1]!;
    process.kill(pid, "SIGSTOP");
    const note = once(jane as unknown as NodeJS.EventEmitter, "note");
    const silent = [
      ask(john, "isConnected", 2),
      ask(john, "listConnected"),
      ask(john, "sendNote", 2, "hello"),
    ];
    expect(await note).toMatchObject([{ text: "hello" }]);
    const ended = once(jane as unknown as NodeJS.EventEmitter, "disconnect");
    const disconnected = ask(moderator, "disconnectUser", 2);
    await ended;
    for (const answer of await Promise.all([...silent, disconnected]))
      expect(answer).toEqual(MISSING);

    process.kill(pid, "SIGCONT");
    await expect.poll(() => ask(john, "isConnected", 1)).toEqual({ isConnected: true });
    // The silent one did its part in the end.
    await expect.poll(() => far.connected).toBe(false);
  });

  it("no client reaches what servers ask each other", async ({ expect, onTestFinished }) => {
    const nodes = await start("cluster", onTestFinished);
    const [john, jane] = [await connect(nodes, 1, 1), await connect(nodes, 2, 2)];
    for (const question of ["countConnections", "listConnectedUsers", "disconnectUser"])
      await expect(john.timeout(300).emitWithAck(question, 2)).rejects.toThrow("timed out");
    expect(jane.connected).toBe(true);
  });

  it(
    "a killed server: the others live on, and know everything again once it has been missed",
    async ({ expect, onTestFinished }) => {
      const nodes = await start("cluster", onTestFinished, { count: 3 });
      const [john, jane] = [await connect(nodes, 1, 1), await connect(nodes, 2, 2)];
      await connect(nodes, 3, 3);
      process.kill(nodes.servers[2]!.pid, "SIGKILL");
      expect(await ask(john, "listConnected")).toEqual(MISSING);
      const all = expect.objectContaining({ users: expect.any(Array) });
      await expect
        .poll(() => ask(john, "listConnected"), { timeout: WAIT_MS, interval: 500 })
        .toEqual(all);
      expect(await ask(jane, "isConnected", 3)).toEqual({ isConnected: false });
      await nodes.startAgain(3);
      await connect(nodes, 3, 3);
      expect(await ask(jane, "isConnected", 3)).toEqual({ isConnected: true });
      expect(await ask(john, "sendNote", 3, "again")).toEqual({ connections: 1 });
    },
    WAIT_MS,
  );
});

describe.skipIf(!HAS_REDIS).concurrent(`Redis${REDIS_SKIPPED}`, () => {
  it(
    "that ends and comes back ends no server, and notes arrive again",
    async ({ expect, onTestFinished }) => {
      let redis = await startRedis();
      onTestFinished(() => redis.stop());
      const nodes = await start("redis", onTestFinished, { redisUrl: redis.url });
      const [john, jane] = [await connect(nodes, 1, 1), await connect(nodes, 2, 2)];
      expect(await ask(john, "sendNote", 2, "before")).toEqual({ connections: 1 });
      await redis.stop("SIGKILL");
      expect(await ask(jane, "sendNote", 1, "meanwhile")).toEqual(MISSING);
      redis = await startRedis(redis.port);
      await expect
        .poll(() => ask(jane, "sendNote", 1, "after"), { timeout: WAIT_MS })
        .toEqual({ connections: 1 });
      for (const { lastLines } of nodes.servers)
        expect(lastLines.join("\n")).toMatch(/^Redis is gone .*\nRedis is back\.$/m);
    },
    WAIT_MS,
  );

  it.for([
    ["the question how many servers there are", "PUBSUB", 2],
    ["a question to the others", "PUBLISH", 1],
  ] as const)(
    "that is lost during %s ends no server",
    async ([, command, times], { expect, onTestFinished }) => {
      const redis = await startRedis();
      const cutter = await openCutter(redis.port);
      onTestFinished(() => redis.stop());
      onTestFinished(() => cutter.stop());
      const redisUrl = `redis://127.0.0.1:${cutter.port}`;
      const nodes = await start("redis", onTestFinished, { redisUrl });
      const [john] = [await connect(nodes, 1, 1), await connect(nodes, 2, 2)];
      expect(await ask(john, "isConnected", 2)).toEqual({ isConnected: true });
      const cut = cutter.cutAt(command, times);
      expect(await ask(john, "isConnected", 2)).toEqual(MISSING);
      await cut;
      await expect.poll(() => ask(john, "isConnected", 2)).toEqual({ isConnected: true });
    },
  );

  it("that is paused keeps nobody waiting", async ({ expect, onTestFinished }) => {
    const redis = await startRedis();
    onTestFinished(() => redis.stop());
    const nodes = await start("redis", onTestFinished, { redisUrl: redis.url });
    const john = await connect(nodes, 1, 1);
    redis.child.kill("SIGSTOP");
    expect(await ask(john, "isConnected", 2)).toEqual(MISSING);
    redis.child.kill("SIGCONT");
    await expect.poll(() => ask(john, "isConnected", 2)).toEqual({ isConnected: false });
  });
});

it("one socket has a hundred questions wait, and not more; another socket has its own", async ({
  expect,
}) => {
  const answers = new Map<string, unknown[]>();
  const waits: (() => void)[] = [];
  const asks = (socket: string, named: UserSocket): Promise<void> => {
    answers.set(socket, []);
    const args = [(reply: unknown) => answers.get(socket)!.push(reply)];
    return answerLater(named, args, async () => {
      await new Promise<void>((resolve) => waits.push(resolve));
      return "known";
    });
  };
  const [john, jane] = [{}, {}] as UserSocket[];
  const all = Array.from({ length: 100 }, () => asks("john", john!));
  await asks("john, once more", john!);
  expect(answers.get("john, once more")).toEqual([
    { error: "Too many of your questions wait for an answer." },
  ]);
  all.push(asks("jane", jane!));
  for (const answerIt of waits) answerIt();
  await Promise.all(all);
  expect(answers.get("jane")).toEqual(["known"]);
  const again = asks("john, later", john!);
  waits.at(-1)!();
  await again;
  expect(answers.get("john, later")).toEqual(["known"]);
});
