// How each variant, as a process, says that it listens, refuses to start, and stops.
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { io, type Socket as ClientSocket } from "socket.io-client";
import { describe, expect, it } from "vitest";
import { startArguments } from "../../scripts/lab/servers/variants.ts";
import { type Variant, VARIANTS } from "../../scripts/model/vocabulary.ts";
import { logIn, type NodeProcess, startNode } from "../helpers/node-process.ts";

const SECRET = "exactly-32-bytes-are-just-enough";

/** Each has the same handler in all formats, and so has a port that is in use. */
const SIGNALS = { cjs: ["SIGTERM", "SIGINT"], esm: ["SIGINT"], ts: ["SIGTERM"] } as const;

const cannotStart = (reason: string): string => `Choose another PORT or HOST: ${reason}.\n`;

/** Starts a variant on a free port. */
async function start(
  variant: Variant,
  env: Record<string, string> = {},
): Promise<[NodeProcess, string]> {
  const server = startNode(startArguments(variant), { env: { PORT: "0", ...env } });
  const [, url = ""] = await server.printed(/^listening on (http:\S+)\n/);
  return [server, url];
}

function hasConnected(socket: ClientSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("connect_error", reject);
  });
}

/** Opens a TCP connection, sends this, and waits for the first bytes of an answer if one is due. */
async function openRaw(url: string, request: string, isAnswerDue: boolean): Promise<Socket> {
  const port = Number(new URL(url).port);
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  await once(socket, "connect");
  socket.write(request.replaceAll("\n", "\r\n"));
  if (isAnswerDue) await once(socket, "data");
  return socket.resume();
}

// The three at once: a server that stops waits a while for those who are connected.
describe.concurrent.each(VARIANTS)("the %s variant", (variant) => {
  it("says first that it listens, and then that its secret is random", async () => {
    const [server] = await start(variant);
    await server.printed(/random secret/);
    server.kill("SIGTERM");
    const { stdout, stderr, code } = await server.ended;
    expect(stdout.split("\n")).toEqual([
      expect.stringMatching(/^listening on http:\/\/127\.0\.0\.1:\d+$/),
      "JWT_SECRET is not set: this process signs with a random secret, and its tokens are worthless once it ends.",
      "",
    ]);
    expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  });

  it.each(SIGNALS[variant])("stops on %s, with clients connected", async (signal) => {
    const [server, url] = await start(variant, { JWT_SECRET: SECRET });
    const extraHeaders = { authorization: `bearer ${await logIn(url)}` };
    const options = { extraHeaders, reconnection: false, forceNew: true };
    const sockets = [["polling"], ["websocket"]].map((transports) =>
      io(url, { ...options, transports }),
    );
    await Promise.all(sockets.map(hasConnected));
    const raw = [
      // Idle, and still open.
      await openRaw(url, "GET / HTTP/1.1\nHost: localhost\n\n", true),
      // A head and a body that never end.
      await openRaw(url, "GET / HTTP/1.1\nHost: lo", false),
      await openRaw(
        url,
        "POST /login HTTP/1.1\nHost: l\nContent-Type: application/json\nContent-Length: 99\n\n{",
        false,
      ),
      // A websocket that answers no close.
      await openRaw(
        url,
        `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\nHost: l\nConnection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\nAuthorization: ${extraHeaders.authorization}\n\n`,
        true,
      ),
    ];
    for (const socket of raw) socket.on("error", () => socket.destroy());

    server.kill(signal);
    const { stdout, stderr, code } = await server.ended;
    // The one line, and no secret in it.
    expect({ stdout, stderr, code }).toEqual({
      stdout: `listening on ${url}\n`,
      stderr: "",
      code: 0,
    });
    for (const socket of sockets) socket.close();
  });
});

describe("an open address", () => {
  it("warns of HTTP without TLS and of the known password, where other machines can log in", async () => {
    const open = { HOST: "0.0.0.0", JWT_SECRET: SECRET };
    const [server] = await start("cjs", open);
    await server.printed(/^Other machines .* TLS .*\nEverybody knows .*: set DEMO_PASSWORD\.$/m);
    server.kill("SIGTERM");
    await server.ended;
    const [own] = await start("cjs", { ...open, DEMO_PASSWORD: "another" });
    await own.printed(/^Other machines can reach this server without TLS.*\n$/m);
    own.kill("SIGTERM");
    expect((await own.ended).stdout).not.toContain("DEMO_PASSWORD");
  });
});

describe("an address that cannot be had", () => {
  const WRONG: [string, string[]][] = [
    ["8.8.8.8", ["listen EADDRNOTAVAIL: address not available 8.8.8.8"]],
    // The second on a machine that can ask nobody for an address.
    [
      "no.such.host.invalid",
      ["ENOTFOUND", "EAI_AGAIN"].map((code) => `getaddrinfo ${code} no.such.host.invalid`),
    ],
  ];
  it.each(WRONG)("is refused in one sentence (%s)", async (host, reasons) => {
    const env = { PORT: "0", HOST: host, JWT_SECRET: SECRET };
    const { stdout, stderr, code } = await startNode(startArguments("cjs"), { env }).ended;
    expect({ stdout, code }).toEqual({ stdout: "", code: 1 });
    expect(reasons.map(cannotStart)).toContain(stderr);
  });

  it("is refused in one sentence where the port is in use, and the process ends with 1", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as { port: number };
    const env = { PORT: String(port), JWT_SECRET: SECRET };
    const ended = await startNode(startArguments("cjs"), { env }).ended;
    other.close();
    expect(ended).toEqual({
      stdout: "",
      stderr: cannotStart(`listen EADDRINUSE: address already in use 127.0.0.1:${port}`),
      code: 1,
    });
  });

  it("can be one of IPv6", async () => {
    const server = startNode(startArguments("cjs"), { env: { PORT: "0", HOST: "::1" } });
    const [, url = ""] = await server.printed(/^listening on (http:\S+)\n/);
    expect(url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect((await fetch(`${url}/self`)).status).toBe(401);
    server.kill("SIGTERM");
    await server.ended;
  });
});
