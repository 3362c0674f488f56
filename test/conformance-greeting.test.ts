// The first words with another server: it is taken as it speaks, or told in one sentence why it cannot be judged.
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";
import { afterEach, describe, expect, it } from "vitest";
import { greet } from "../scripts/conformance/greet.ts";
import type { TargetFlags } from "../scripts/conformance/target.ts";
import { describeOther } from "./judge-other.ts";
import { runCommand } from "./node-process.ts";
import { issueOtherToken, openOtherServer, SECRET } from "./other-server.ts";

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

async function greetAs(url: string, flags: TargetFlags): Promise<unknown> {
  return greet(await describeOther(url, flags), TIMEOUT_MS);
}

describe("a server that knows Bearer with a capital letter alone", () => {
  it("is judged, fails the cases about the scheme and no other, and is told so", async () => {
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
    expect(stdout).toMatch(/^http:\S+ knows the scheme as "Bearer" alone, letter by letter/m);
  });
});

const page: RequestListener = (_req, res) => void res.end("<p>Hello</p>");
const nothing: RequestListener = (_req, res) => void res.writeHead(404).end();

describe("a port that answers without Socket.IO is told as that", () => {
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

  it("a 404 of the login is told of the login", async () => {
    const url = await openPlain(nothing);
    await expect(greetAs(url, {})).rejects.toThrow(
      /gives no \{ token \} for a POST of the credentials to \/api\/session .*404.*: check --login/,
    );
  });

  it("a login that answers with a page is told of the login", async () => {
    const url = await openPlain(page);
    await expect(greetAs(url, {})).rejects.toThrow(/gives no \{ token \} .*: check --login/);
  });
});

it("a server without one of the transports is told to say so", async () => {
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
  /** Looks at the payload alone. */
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

  it("is told where it is the payload and not the header", async () => {
    const url = await openPayloadServer();
    await expect(greetAs(url, { ...flags, claims: "header,websocket" })).rejects.toThrow(
      "takes the token from the payload of CONNECT: put payload into --claims, and leave header out.",
    );
    await expect(greetAs(url, { ...flags, claims: "header,payload,websocket" })).rejects.toThrow(
      "opens a session without a token, so it does not look at the header: leave header out",
    );
    expect(await greetAs(url, { ...flags, claims: "payload,websocket" })).toMatchObject({ url });
  });

  it("must be said", async () => {
    await expect(greetAs("http://127.0.0.1:9", { ...flags, claims: "polling" })).rejects.toThrow(
      "A target must claim header or payload",
    );
  });
});
