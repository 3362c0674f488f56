// A trace tells what went over the wire, in order and by name, and no credential can be read from it.
import { createServer } from "node:http";
import { gzipSync } from "node:zlib";
import { io } from "socket.io-client";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeToken } from "../scripts/lab/attempt/named-tokens.ts";
import type { Step } from "../scripts/lab/wire/trace.ts";
import { type RunningVariant, startVariant } from "../scripts/lab/variants/process.ts";
import { openWire, type Wire, type WireAttempt } from "../scripts/lab/wire/wire.ts";
import {
  openRawConnection,
  openRawServer,
  type RawConnection,
  type RawServer,
} from "./raw-connection.ts";
import { webSocketExperience } from "./web-socket-experience.ts";

const SECRET = "a secret of the tests, long enough for HS256";
const TOKEN = makeToken("valid", {
  secret: SECRET,
  issuer: "accounts.examplesoft.com",
  audience: "yoursite.net",
  now: Math.floor(Date.now() / 1000),
})!;
const USER = { id: 1, username: "john" };

let wire: Wire;
let header: RunningVariant;
let payload: RunningVariant;

beforeAll(async () => {
  wire = await openWire({ ownServer: createServer() });
  const settings = { secret: SECRET, shouldLogChecks: true };
  [header, payload] = await Promise.all([
    startVariant("cjs", { ...settings, auth: "passport" }),
    startVariant("cjs", { ...settings, auth: "payload" }),
  ]);
  for (const variant of [header, payload])
    variant.output.on("line", (line) => wire.noteServerLine(line, variant.port));
});

afterAll(async () => {
  await Promise.all([wire.stop(), header.stop(), payload.stop()]);
});

/** Resolves with the steps once there is one like this. */
async function stepsUntil(attempt: WireAttempt, isLast: (step: Step) => boolean): Promise<Step[]> {
  for (;;) {
    const { steps } = attempt.trace();
    if (steps.some(isLast)) return steps;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const isClosed = ({ kind }: Step): boolean => kind === "closed";
const isCheck = ({ kind }: Step): boolean => kind === "check";

/** One line for each step, as a person would tell it. */
function tell(step: Step): string {
  if (step.kind === "request") return `${step.method} ${step.target.replace(/[?&]t=\w+/, "")}`;
  if (step.kind === "response") return `${step.status} ${step.reason}`;
  if (step.kind === "closed") return step.isCut ? "cut" : "closed";
  if (step.kind === "check") return `checked ${step.what}`;
  const packets = step.packets.map(({ engine, socket }) => socket ?? engine);
  return [step.opcode, step.closeCode, ...packets].filter((part) => part !== undefined).join(" ");
}

describe("the trace of a Socket.IO client", () => {
  it("tells of a connection on websocket", async () => {
    const attempt = wire.openAttempt(header);
    const client = io(wire.origin, {
      path: attempt.path,
      transports: ["websocket"],
      extraHeaders: { authorization: `bearer ${TOKEN}` },
      forceNew: true,
    });
    await client.emitWithAck("whoami");
    client.disconnect();
    const steps = await stepsUntil(attempt, isClosed);
    expect(steps.map((step) => `${step.from}: ${tell(step)}`)).toEqual([
      "client: GET /socket.io/?EIO=4&transport=websocket",
      "server: checked GET websocket handshake",
      "server: 101 Switching Protocols",
      "server: text open",
      "client: text CONNECT",
      "server: text CONNECT",
      "client: text EVENT",
      "server: text ACK",
      "client: text DISCONNECT",
      "client: close",
      "server: close",
      expect.stringMatching(/: closed$/),
    ]);
    expect(steps[7]).toMatchObject({ packets: [{ namespace: "/", id: 0, data: [USER] }] });
    const token = { place: "header", scheme: "bearer", lastCharacters: TOKEN.slice(-6) };
    expect(steps[0]).toMatchObject({
      headers: { authorization: `bearer …${TOKEN.slice(-6)}` },
      tokens: [{ ...token, header: { alg: "HS256", typ: "JWT" }, claims: { data: USER } }],
    });
    attempt.close();
  });

  it("tells of a connection on polling that is upgraded", async () => {
    const attempt = wire.openAttempt(payload);
    const client = io(wire.origin, { path: attempt.path, auth: { token: TOKEN }, forceNew: true });
    await new Promise((resolve) =>
      client.io.on("open", () => client.io.engine.once("upgrade", resolve)),
    );
    await client.emitWithAck("whoami");
    await stepsUntil(attempt, isCheck);
    client.disconnect();
    const steps = await stepsUntil(
      attempt,
      (step) => tell(step) === "close" && step.from === "server",
    );
    const told = steps.map(tell).map((line) => line.replace(/&sid=….{6}/, "&sid"));
    for (const line of ["text ping", "text pong", "text upgrade", "text ACK"])
      expect(told).toContain(line);
    const connect = steps.findIndex((step) => step.kind === "request" && step.method === "POST");
    expect(told.slice(connect, connect + 2)).toEqual([
      "POST /socket.io/?EIO=4&transport=polling&sid",
      "checked CONNECT packet",
    ]);
    const masked = { token: `…${TOKEN.slice(-6)}` };
    expect(steps[connect]).toMatchObject({
      body: `40${JSON.stringify(masked)}`,
      packets: [{ engine: "message", socket: "CONNECT", namespace: "/", data: masked }],
      tokens: [{ place: "payload", claims: { data: USER } }],
    });
    expect(steps.every(({ atMs }, index) => index === 0 || atMs >= steps[index - 1]!.atMs)).toBe(
      true,
    );
    attempt.close();
  });

  it.each([
    ["websocket", "GET websocket handshake"],
    ["polling", "GET polling handshake"],
  ])("tells of a refused handshake on %s, with its body", async (transport, what) => {
    const attempt = wire.openAttempt(header);
    const path = `${attempt.path}?EIO=4&transport=${transport}`;
    if (transport === "polling") await fetch(wire.origin + path);
    else
      await webSocketExperience(wire.origin.replace("http", "ws") + path, {
        headers: {},
        packets: [],
        isPatient: true,
      });
    await stepsUntil(attempt, isClosed);
    const steps = await stepsUntil(attempt, isCheck);
    expect(steps.slice(0, 3)).toMatchObject([
      { kind: "request", target: `/socket.io/?EIO=4&transport=${transport}`, tokens: [] },
      { kind: "check", what },
      {
        kind: "response",
        status: 401,
        headers: { "www-authenticate": "Bearer" },
        body: '{"message":"Unauthorized"}',
        packets: [],
      },
    ]);
    expect(steps.slice(3).map(tell)).toEqual(["closed"]);
    attempt.close();
  });

  it("tells of fragments, and of the message that they make", async () => {
    const attempt = wire.openAttempt(header);
    const url = `${wire.origin.replace("http", "ws")}${attempt.path}?EIO=4&transport=websocket`;
    await webSocketExperience(url, {
      headers: { authorization: `Bearer ${TOKEN}` },
      packets: ['40{"password":"hush"}'],
      isPatient: false,
    });
    const steps = await stepsUntil(attempt, isClosed);
    const sent = steps.filter((step) => step.kind === "frame" && step.from === "client");
    expect(sent).toMatchObject([
      { opcode: "text", isFragment: true, packets: [] },
      { opcode: "continuation", packets: [{ socket: "CONNECT", data: { password: "…" } }] },
      { opcode: "ping", packets: [] },
      { opcode: "close", closeCode: 4000, closeReason: "enough" },
    ]);
    attempt.close();
  });
});

describe("the trace of a login", () => {
  it("hides the password, and tells what is in the token", async () => {
    const attempt = wire.openAttempt(header);
    const response = await fetch(`${wire.origin}${attempt.prefix}/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ username: "john", password: "changeit" }),
    });
    const { token } = (await response.json()) as { token: string };
    const { steps } = attempt.trace();
    expect(steps).toMatchObject([
      { method: "POST", body: '{"username":"john","password":"…"}' },
      {
        status: 200,
        body: `{"token":"…${token.slice(-6)}"}`,
        tokens: [{ place: "body", lastCharacters: token.slice(-6), claims: { data: USER } }],
      },
    ]);
    attempt.close();
  });
});

describe("with a server that does what it is told", () => {
  let server: RawServer;
  let attempt: WireAttempt;
  let client: RawConnection;

  beforeEach(async () => {
    server = await openRawServer();
    attempt = wire.openAttempt(server);
    client = await openRawConnection(Number(new URL(wire.origin).port));
  });

  afterEach(async () => {
    client.socket.destroy();
    attempt.close();
    await server.stop();
  });

  /** Sends a request and answers it. */
  async function exchange(request: string, answer: string | Buffer): Promise<RawConnection> {
    const link = server.next();
    await client.send(request.replace("PREFIX", attempt.prefix));
    const arrived = await link;
    await arrived.until("\r\n\r\n");
    await arrived.send(answer);
    return arrived;
  }

  const GET = "GET PREFIX/socket.io/?EIO=4&transport=polling HTTP/1.1\r\n\r\n";
  const SWITCH = "HTTP/1.1 101 Switching Protocols\r\n\r\n";
  const UPGRADE = "GET PREFIX/ws HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

  it.each([
    ["is cut if an answer is missing", GET, "", true],
    [
      "is cut if an answer is not complete",
      GET,
      "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n",
      true,
    ],
    ["is closed if the answer ends with it", GET, "HTTP/1.1 200 OK\r\n\r\nbody", false],
    ["is cut if a websocket has no close frame", UPGRADE, `${SWITCH}\x81\x012`, true],
    ["is closed after a close frame", UPGRADE, `${SWITCH}\x88\x02\x03\xe8`, false],
  ])("a connection %s", async (_, request, answer, isCut) => {
    const arrived = await exchange(request, Buffer.from(answer, "latin1"));
    arrived.socket.end();
    await client.ended;
    const closed = { kind: "closed", from: "server", isCut };
    expect(attempt.trace().steps.at(-1)).toMatchObject(closed);
    client.socket.end();
    await arrived.ended;
    expect(attempt.trace().steps.at(-1)).toMatchObject(closed);
  });

  it("tells several packets in one body, in chunks and compressed", async () => {
    const body = gzipSync(
      '0{"sid":"lv_VI97HAXpY6yYWAAAC"}\x1e2\x1e42["a",{"token":"short"}]\x1ebAQID',
    );
    const head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n";
    const chunk = Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body]);
    await exchange(GET, Buffer.concat([Buffer.from(head), chunk, Buffer.from("\r\n0\r\n\r\n")]));
    const steps = await stepsUntil(attempt, (step) => "packets" in step && step.packets.length > 0);
    expect(steps[1]).toMatchObject({
      packets: [
        { engine: "open", text: '{"sid":"…YWAAAC"}' },
        { engine: "ping" },
        { engine: "message", socket: "EVENT", data: ["a", { token: "…" }] },
        { engine: "message", data: "<binary>" },
      ],
    });
  });

  it("tells of binary attachments, a namespace and an acknowledgement id", async () => {
    const packet = '451-/admin,7["photo",{"_placeholder":true,"num":0}]';
    const frame = Buffer.concat([Buffer.of(0x81, packet.length), Buffer.from(packet)]);
    await exchange(UPGRADE, Buffer.concat([Buffer.from(SWITCH), frame, Buffer.of(0x82, 1, 0)]));
    const steps = await stepsUntil(attempt, (step) => tell(step) === "binary message");
    expect(steps.slice(-2)).toMatchObject([
      {
        opcode: "text",
        packets: [
          { socket: "BINARY_EVENT", namespace: "/admin", id: 7, data: ["photo", "<binary>"] },
        ],
      },
      { opcode: "binary", packets: [{ engine: "message", data: "<binary>" }] },
    ]);
  });

  it("keeps the first 16 kB of a body, and says so", async () => {
    const body = `${"x".repeat(100_000)}the end`;
    await exchange(GET, `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    await client.until("the end");
    const response = attempt.trace().steps[1];
    expect(response).toMatchObject({ isCutShort: true, body: "x".repeat(16_384) });
  });

  it("keeps 500 steps, and says how many more there were", async () => {
    const link = server.next();
    const count = 300;
    await client.send(GET.replace("PREFIX", attempt.prefix).repeat(count));
    const arrived = await link;
    await arrived.send("HTTP/1.1 204 No Content\r\n\r\n".repeat(count - 1));
    await arrived.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlast");
    await client.until("last");
    const { steps, omittedSteps } = attempt.trace();
    expect([steps.length, omittedSteps]).toEqual([500, 100]);
  });

  it("shows no credential, wherever it is", async () => {
    const secrets = [TOKEN, "hunter2hunter2", "am9objpodW50ZXIyaHVudGVyMg==", "lv_VI97HAXpY6yYW"];
    const request = [
      `POST PREFIX/a/${TOKEN}?token=${TOKEN}&x=${encodeURIComponent(`{"token":"${TOKEN}"}`)}&password=hunter2hunter2&sid=lv_VI97HAXpY6yYWAAAC HTTP/1.1`,
      "Authorization: Basic am9objpodW50ZXIyaHVudGVyMg==",
      `Sec-WebSocket-Protocol: bearer, ${TOKEN}`,
      `X-Access-Token: ${TOKEN}`,
      `Cookie: token=${TOKEN}; password=hunter2hunter2`,
      `Referer: http://x/?key=hunter2hunter2&token=${TOKEN}`,
      "Transfer-Encoding: chunked",
      "",
      "",
    ].join("\r\n");
    const body = `username=john&password=hunter2hunter2&token=${TOKEN}\n{"password" : "hunter2hunter2", "access_token":"${TOKEN}`;
    const answer = `HTTP/1.1 200 OK\r\nLocation: /?sid=lv_VI97HAXpY6yYWAAAC&jwt=${TOKEN}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    await exchange(`${request}${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`, answer);
    await client.until('"access_token"');
    const told = JSON.stringify(attempt.trace());
    for (const secret of secrets) expect(told).not.toContain(secret);
    // Nor any part of it that matters.
    for (const part of TOKEN.split(".")) expect(told).not.toContain(part.slice(0, 20));
    expect(told).toContain(`token=…${TOKEN.slice(-6)}`);
    expect(told).toContain("Basic …");
  });
});
