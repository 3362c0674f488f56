// A trace shows what went over the wire between real clients and servers, in order and by name.
import { createServer } from "node:http";
import { io } from "socket.io-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeToken } from "../../scripts/lab/named-tokens.ts";
import { carries, type Step } from "../../scripts/model/trace.ts";
import { type RunningVariant, startVariant } from "../../scripts/lab/servers/process.ts";
import { openWire, type Wire } from "../../scripts/lab/wire/wire.ts";
import { stepsUntil, stepWords } from "./step-words.ts";
import { webSocketExperience } from "../helpers/web-socket-experience.ts";

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

const isClosed = ({ kind }: Step): boolean => kind === "closed";
const isCheck = ({ kind }: Step): boolean => kind === "check";

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
    expect(steps.map((step) => `${step.from}: ${stepWords(step)}`)).toEqual([
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
      (step) => stepWords(step) === "close" && step.from === "server",
    );
    const told = steps.map(stepWords).map((line) => line.replace(/&sid=….{6}/, "&sid"));
    for (const line of ["text ping", "text pong", "text upgrade", "text ACK"])
      expect(told).toContain(line);
    const connect = steps.findIndex((step) => step.kind === "request" && step.method === "POST");
    expect(told.slice(connect, connect + 2)).toEqual([
      "POST /socket.io/?EIO=4&transport=polling&sid",
      "checked CONNECT packet",
    ]);
    const masked = { token: `…${TOKEN.slice(-6)}` };
    const granted = steps.find((step) => carries(step, "server", "CONNECT"));
    expect(steps[connect + 1]).toMatchObject({
      about: steps[connect]!.id,
      decision: "accepted",
      shownBy: granted!.id,
    });
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
    const steps = await stepsUntil(attempt, (step) => step.kind === "check" && !!step.reason);
    expect(steps.slice(0, 3)).toMatchObject([
      { kind: "request", target: `/socket.io/?EIO=4&transport=${transport}`, tokens: [] },
      {
        kind: "check",
        what,
        about: steps[0]!.id,
        decision: "refused",
        shownBy: steps[2]!.id,
        reason: "No auth token",
      },
      {
        kind: "response",
        answers: steps[0]!.id,
        status: 401,
        headers: { "www-authenticate": 'Bearer realm="users"' },
        body: '{"message":"Unauthorized"}',
        packets: [],
      },
    ]);
    expect(steps.slice(3).map(stepWords)).toEqual(["closed"]);
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
