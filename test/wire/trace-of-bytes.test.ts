// A trace shows all that went over the wire, stores no more than it says, and no credential can be read from it.
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeToken } from "../../scripts/lab/named-tokens.ts";
import type { Wire, WireAttempt } from "../../scripts/lab/wire/wire.ts";
import type { RawConnection, RawServer } from "../helpers/raw-connection.ts";
import { closeRawSite, openRawSite } from "./raw-site.ts";
import { stepsUntil, stepWords } from "./step-words.ts";

const TOKEN = makeToken("valid", {
  secret: "a secret of the tests, long enough for HS256",
  issuer: "accounts.examplesoft.com",
  audience: "yoursite.net",
  now: Math.floor(Date.now() / 1000),
})!;

let wire: Wire;
let server: RawServer;
let attempt: WireAttempt;
let client: RawConnection;

beforeEach(async () => {
  ({ wire, server, attempt, client } = await openRawSite());
});
afterEach(() => closeRawSite({ wire, server, client }));

/** Sends a request and answers it. */
async function exchange(request: string, answer: string | Buffer): Promise<RawConnection> {
  const link = server.next();
  await client.send(request.replace("PREFIX", attempt.prefix));
  const arrived = await link;
  await arrived.until("\r\n\r\n");
  await arrived.send(answer);
  return arrived;
}

describe("a trace", () => {
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
    const steps = await stepsUntil(attempt, (step) => stepWords(step) === "binary message");
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

  it("says which request each response answers, also where several wait and one gets 100 Continue", async () => {
    const link = server.next();
    await client.send(GET.replace("PREFIX", attempt.prefix).repeat(3));
    const arrived = await link;
    const answers = [
      "100 Continue",
      "204 No Content",
      "404 Not Found\r\nContent-Length: 0",
      "204 No Content",
    ];
    for (const status of answers) await arrived.send(`HTTP/1.1 ${status}\r\n\r\n`);
    // The last of them is for nobody.
    await arrived.send(`HTTP/1.1 408 Request Timeout\r\nContent-Length: 4\r\n\r\nlast`);
    await client.until("last");
    const { steps } = attempt.trace();
    expect(steps.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const pairs = steps.flatMap((each) =>
      each.kind === "response" ? [[each.status, each.answers]] : [],
    );
    expect(pairs).toEqual([
      [100, 1],
      [204, 1],
      [404, 2],
      [204, 3],
      [408, undefined],
    ]);
  });

  it("gives a reason to the check that refused, and not to the one after it", async () => {
    const link = server.next();
    const asked = ["/a", "/b"].map((path) => `GET ${attempt.prefix}${path} HTTP/1.1\r\n\r\n`);
    await client.send(asked.join(""));
    const arrived = await link;
    await arrived.until("/b HTTP/1.1\r\n\r\n");
    const port = arrived.socket.remotePort;
    const log = (entry: object): string | undefined =>
      wire.noteServerLine(JSON.stringify({ port, ...entry }), server.port);
    log({ checked: "GET /a" });
    log({ checked: "GET /b" });
    log({ refused: "GET /a", reason: "jwt expired" });
    expect(attempt.trace().steps).toMatchObject([
      { id: 1, target: "/a" },
      { kind: "check", about: 1, decision: "refused", reason: "jwt expired" },
      { id: 2, target: "/b" },
      { kind: "check", about: 2, decision: "open" },
    ]);
  });

  it("keeps the last steps where it is to be followed for long, and says how many came before", async () => {
    const long = wire.openAttempt({ port: server.port, mostSteps: 10, keeps: "last" });
    const link = server.next();
    await client.send(GET.replace("PREFIX", long.prefix).repeat(15));
    const arrived = await link;
    await arrived.send("HTTP/1.1 204 No Content\r\n\r\n".repeat(15));
    const steps = await stepsUntil(long, ({ id }) => id === 30);
    expect(steps.map(({ id }) => id)).toEqual([21, 22, 23, 24, 25, 26, 27, 28, 29, 30]);
    expect(steps.at(-1)).toMatchObject({ kind: "response", answers: 15 });
    expect(long.trace().droppedSteps).toBe(20);
    expect(steps[0]!.atMs).toBeGreaterThan(0);
  });

  it("tells who listens of each change, until they stop", async () => {
    const seen: number[] = [];
    const unlisten = attempt.onChange(() => seen.push(attempt.trace().steps.length));
    const arrived = await exchange(GET, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbo");
    await client.until("bo");
    expect([...new Set(seen)]).toEqual([1, 2]);
    unlisten();
    const before = seen.length;
    await arrived.send("dy");
    await client.until("body");
    expect(seen.length).toBe(before);
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
