// The first words with another server: it is taken as it speaks, or one sentence says why it cannot be judged.
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createRawServer, type Socket } from "node:net";
import { Server } from "socket.io";
import { afterEach, describe, expect, it } from "vitest";
import { greet } from "../../scripts/conformance/greet.ts";
import type { TargetFlags } from "../../scripts/conformance/target.ts";
import { describeOther } from "../helpers/judge-other.ts";
import { runCommand } from "../helpers/node-process.ts";
import { issueOtherToken, openOtherServer, SECRET } from "../helpers/other-server.ts";

const TIMEOUT_MS = 5000;
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function openPlain(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  closers.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function openRaw(answer: (socket: Socket) => unknown): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createRawServer((socket) => {
    sockets.add(socket.on("error", () => undefined));
    answer(socket);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function greetAs(url: string, flags: TargetFlags): Promise<unknown> {
  return greet(await describeOther(url, flags), TIMEOUT_MS);
}

describe("a server that knows Bearer with a capital letter alone", () => {
  it("is judged, fails the cases about the scheme and no other, and the report says so", async () => {
    const server = await openOtherServer({ isSchemeExact: true });
    closers.push(server.close);
    const about = [
      "--path",
      "/live",
      "--self",
      "/api/me",
      "--claims",
      "header,polling,websocket,self",
    ];
    const only = ["--only", "header", "--only", "handshake", "--only", "http.refusal"];
    const { stdout } = await runCommand("conformance", ["--url", server.url, ...about, ...only], {
      env: { CONFORMANCE_TOKEN: issueOtherToken() },
    });
    const failed = [...stdout.matchAll(/✗ (\S+)/g)].map(([, id]) => id);
    expect(failed).toEqual(["header.scheme-lower-case"]);
    expect(stdout).toMatch(/ alike +header\.scheme-upper-case, header\.scheme-mixed-case\n/);
    expect(stdout).toMatch(/ 3 failed/);
    expect(stdout).toMatch(/^http:\S+ accepts the scheme only as "Bearer", case-sensitively/m);
  });

  it("is asked with that everywhere, also where its self path alone does", async () => {
    const server = await openOtherServer({ isSchemeExact: "self" });
    closers.push(server.close);
    const flags = { secret: SECRET, path: "/live", self: "/api/me", claims: "websocket,self" };
    expect(await greetAs(server.url, flags)).toMatchObject({
      scheme: "Bearer",
      places: [{ carrier: "header", prefix: "Bearer " }],
    });
  });
});

const page: RequestListener = (_req, res) => void res.end("<p>Hello</p>");
const nothing: RequestListener = (_req, res) => void res.writeHead(404).end();

describe("a port that answers without Socket.IO is reported as that", () => {
  const sentence =
    /^http:\S+ has no Socket\.IO at \/live\/ \((200|404)\): check --url and --path\.$/;
  it.each([
    ["a page for every path", page, "header,polling,websocket"],
    ["a page for every path, and the payload", page, "payload,polling,websocket"],
    ["a page for every path, and a WebSocket alone", page, "payload,websocket"],
    ["nothing at the path", nothing, "header,polling,websocket"],
  ])("%s", async (_what, answer, claims) => {
    const url = await openPlain(answer);
    await expect(greetAs(url, { secret: SECRET, claims })).rejects.toThrow(sentence);
  });

  it("a 404 at the login path blames the login", async () => {
    const url = await openPlain(nothing);
    await expect(greetAs(url, {})).rejects.toThrow(
      /gives no token for a POST of the credentials to \/api\/session .*404.*: check --login/,
    );
  });

  it("a login that answers with a page blames the login", async () => {
    const url = await openPlain(page);
    await expect(greetAs(url, {})).rejects.toThrow(/gives no token .*: check --login/);
  });
});

describe("a port without a server, or with another one, is reported as that before anything else", () => {
  const login = {};
  const secret = { secret: SECRET, claims: "header,polling,websocket" };
  const asked = [
    ["the login", login],
    ["a token that it makes", secret],
  ] as const;

  it.each(asked)("nothing listens: %s", async (_what, flags) => {
    await expect(greetAs("http://127.0.0.1:9", flags)).rejects.toThrow(
      /^Nothing listens at http:\/\/127\.0\.0\.1:9 \(ECONNREFUSED\): start the server, or check --url\.$/,
    );
  });

  it.each(asked)("no HTTP, or a connection that is cut: %s", async (_what, flags) => {
    const others = [
      await openRaw((socket) => socket.end("SSH-2.0-OpenSSH_9.2\r\n")),
      await openRaw((socket) => socket.destroy()),
    ];
    for (const url of others) {
      await expect(greetAs(url, flags)).rejects.toThrow(
        /^http:\S+ speaks no HTTP \([A-Z_]+\): check/,
      );
      const secure = url.replace("http:", "https:");
      await expect(greetAs(secure, flags)).rejects.toThrow(
        /^https:\S+ speaks no (?:TLS|HTTP over TLS) \(/,
      );
    }
  });

  it.each(asked)("silence, which is waited for once: %s", async (_what, flags) => {
    const url = await openRaw(() => undefined);
    const target = await describeOther(url, flags);
    const startedMs = performance.now();
    await expect(greet(target, 1000)).rejects.toThrow(
      /^http:\S+ does not answer at \/live\/ \(nothing within 1000 ms\): check --url and --path\.$/,
    );
    expect(performance.now() - startedMs).toBeLessThan(2000);
  });

  it("a name without an address", async () => {
    await expect(greetAs("http://nowhere.invalid:80", login)).rejects.toThrow(
      /^No address is known for nowhere\.invalid \((?:ENOTFOUND|EAI_AGAIN)\): check --url\.$/,
    );
  });

  it.each([
    "http://127.0.0.1:3000?x=1",
    "http://127.0.0.1:3000/#x",
    "http://ann:pw@127.0.0.1:3000",
    "http://ann:pw@127.0.0.1:300000",
    "ann:pw@127.0.0.1:3000",
    "http://127.0.0.1:3000/?key=pw",
  ])("--url %s is refused: a part of it would be left out", async (url) => {
    const refused = await describeOther(url).catch((error: unknown) => String(error));
    expect(refused).toMatch(/--url must be like \S+, without a path, a query or a user/);
    expect(refused).not.toContain("pw");
  });
});

it("for a server without one of the transports the message names the flag", async () => {
  const httpServer = createServer();
  const io = new Server(httpServer, { path: "/live", transports: ["polling"] });
  await once(httpServer.listen(0, "127.0.0.1"), "listening");
  closers.push(() => io.close());
  const url = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;
  const claims = "payload,polling,websocket";
  await expect(greetAs(url, { secret: SECRET, claims })).rejects.toThrow(
    /accepts a good token, but not by websocket \(.*400\): look at .* or give --without websocket\.$/,
  );
});

describe("where the token travels", () => {
  /** Looks only at the payload. */
  async function openPayloadServer(): Promise<string> {
    const httpServer = createServer();
    const io = new Server(httpServer, { path: "/live" });
    io.use((socket, next) => {
      const { token } = socket.handshake.auth as { token?: string };
      next(token === issued ? undefined : new Error("no"));
    });
    await once(httpServer.listen(0, "127.0.0.1"), "listening");
    closers.push(() => io.close());
    return `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;
  }

  const issued = issueOtherToken();
  const flags = { token: issued, username: undefined, password: undefined };

  it("is named where it is the payload and not the header", async () => {
    const url = await openPayloadServer();
    await expect(greetAs(url, { ...flags, claims: "header,websocket" })).rejects.toThrow(
      "takes the token from the payload of CONNECT, { token }, and not from where it is said to travel: give --token-in payload:token,",
    );
    expect(await greetAs(url, { ...flags, claims: "payload,websocket" })).toMatchObject({ url });
  });
});
