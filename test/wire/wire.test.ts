// The wire changes nothing: a client experiences the same with it as without it.
import { createServer } from "node:http";
import { Server } from "socket.io";
import { io } from "socket.io-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { perform } from "../../scripts/client/perform.ts";
import { GOOD_ACT } from "../helpers/good-act.ts";
import { makeToken } from "../../scripts/lab/named-tokens.ts";
import type { TokenName, Transport } from "../../scripts/model/vocabulary.ts";
import { type RunningVariant, startVariant } from "../../scripts/lab/servers/process.ts";
import { openWire, type Wire } from "../../scripts/lab/wire/wire.ts";
import { openRawConnection } from "../helpers/raw-connection.ts";
import { webSocketExperience } from "../helpers/web-socket-experience.ts";

const SECRET = "a secret of the tests, long enough for HS256";
const RULES = { secret: SECRET, issuer: "accounts.examplesoft.com", audience: "yoursite.net" };

const SERVERS = {
  passport: { auth: "passport" },
  manual: { auth: "manual" },
  payload: { auth: "payload" },
  "payload, websocket only": { auth: "payload", transports: ["websocket"] },
} as const;
type ServerName = keyof typeof SERVERS;

const variants = new Map<ServerName, RunningVariant>();
let wire: Wire;

beforeAll(async () => {
  const started = Object.entries(SERVERS).map(async ([name, settings]) => {
    variants.set(name as ServerName, await startVariant("cjs", { ...settings, secret: SECRET }));
  });
  await Promise.all(started);
  wire = await openWire({ ownServer: createServer() });
});

afterAll(async () => {
  await wire.stop();
  await Promise.all([...variants.values()].map((variant) => variant.stop()));
});

/** A way to a server: `http://host:port`, and what stands before its paths. */
interface Way {
  origin: string;
  prefix: string;
}

/** Tries the same without the wire and with it. */
async function bothWays<T>(server: ServerName, attempt: (way: Way) => Promise<T>): Promise<[T, T]> {
  const { url, port } = variants.get(server)!;
  const onWire = wire.openAttempt({ port });
  const ways = [
    { origin: url, prefix: "" },
    { origin: wire.origin, prefix: onWire.prefix },
  ];
  const [without, through] = await Promise.all(ways.map(attempt));
  onWire.close();
  return [without!, through!];
}

// --- The Socket.IO client ---

const TRANSPORTS: Transport[][] = [
  ["polling"],
  ["websocket"],
  ["polling", "websocket"],
  ["websocket", "polling"],
];
const TOKENS: TokenName[] = ["valid", "expired", "garbage", "none"];

const FOR_CLIENTS: ServerName[] = ["passport", "payload", "payload, websocket only"];

describe.concurrent.each(FOR_CLIENTS)("a Node client, %s", (server) => {
  const rows = TRANSPORTS.flatMap((transports) =>
    TOKENS.flatMap((token) =>
      [false, true].map((tryAllTransports) => ({ transports, token, tryAllTransports })),
    ),
  );

  it.each(rows)(
    "experiences the same with $transports, token $token, tryAllTransports $tryAllTransports",
    async ({ transports, token, tryAllTransports }) => {
      const [without, through] = await bothWays(server, async ({ origin, prefix }) => {
        const connect = {
          ...GOOD_ACT,
          transports,
          tryAllTransports,
          credential: server.startsWith("payload") ? ("payload" as const) : ("header" as const),
          token: makeToken(token, { ...RULES, now: Math.floor(Date.now() / 1000) }) ?? null,
        };
        const note = { do: "emit", as: "socket", event: "sendNote" } as const;
        const notes = [[2, "ünïcode ☂"], ["x".repeat(20_000)]].map((args) => ({ ...note, args }));
        const acts = [connect, ...notes];
        const outcome = await perform(io, origin, { prefix, acts, timeoutMs: 10_000 });
        return outcome.map(({ durationMs: _time, ...told }) => told);
      });
      expect(through).toEqual(without);
      expect(["connected", "refused"]).toContain(without[0]!.result);
    },
  );
});

// --- Raw HTTP ---

const HOST = "Host: x\r\nConnection: close\r\n";
const LOGIN = '{"username":"john","password":"wrong"}';
const UPGRADE =
  "Host: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

const RAW: Record<string, string> = {
  "a page": `GET PREFIX/ HTTP/1.1\r\n${HOST}\r\n`,
  "HEAD of a page": `HEAD PREFIX/ HTTP/1.1\r\n${HOST}\r\n`,
  "a path that is not there": `GET PREFIX/nowhere HTTP/1.1\r\n${HOST}\r\n`,
  "HTTP/1.0": "GET PREFIX/nowhere HTTP/1.0\r\n\r\n",
  "a login": `POST PREFIX/login HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nContent-Length: ${LOGIN.length}\r\n\r\n${LOGIN}`,
  "a login in chunks": `POST PREFIX/login HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n${LOGIN.slice(0, 5)}\r\n${(LOGIN.length - 5).toString(16)}\r\n${LOGIN.slice(5)}\r\n0\r\n\r\n`,
  "a body that asks to continue": `POST PREFIX/login HTTP/1.1\r\n${HOST}Expect: 100-continue\r\nContent-Type: application/json\r\nContent-Length: ${LOGIN.length}\r\n\r\n${LOGIN}`,
  "a body that is too large": `POST PREFIX/login HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nContent-Length: 9000\r\n\r\n${"x".repeat(9000)}`,
  "an unfinished body": "POST PREFIX/login HTTP/1.1\r\nHost: x\r\nContent-Length: 90\r\n\r\n{",
  "an unfinished head": "GET PREFIX/self HTTP/1.1\r\nHos",
  "several requests at once": `${"GET PREFIX/nowhere HTTP/1.1\r\nHost: x\r\n\r\n".repeat(3)}GET PREFIX/self HTTP/1.1\r\n${HOST}\r\n`,
  "a polling handshake without a token": `GET PREFIX/socket.io/?EIO=4&transport=polling HTTP/1.1\r\n${HOST}\r\n`,
  "an unknown transport": `GET PREFIX/socket.io/?EIO=4&transport=carrier-pigeon HTTP/1.1\r\n${HOST}\r\n`,
  "an unknown sid": `GET PREFIX/socket.io/?EIO=4&transport=polling&sid=nobody HTTP/1.1\r\n${HOST}\r\n`,
  "a websocket handshake without a token": `GET PREFIX/socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n${UPGRADE}`,
  "a websocket handshake with an unknown sid": `GET PREFIX/socket.io/?EIO=4&transport=websocket&sid=nobody HTTP/1.1\r\n${UPGRADE}`,
  "an upgrade that nobody answers": `GET PREFIX/elsewhere HTTP/1.1\r\n${UPGRADE}`,
  "an unknown method": `BREW PREFIX/ HTTP/1.1\r\n${HOST}\r\n`,
  "an unknown version": `GET PREFIX/ HTTP/9.9\r\n${HOST}\r\n`,
  "no host": "GET PREFIX/ HTTP/1.1\r\n\r\n",
  "bare line feeds": "GET PREFIX/nowhere HTTP/1.1\nHost: x\n\n",
  "a length and chunks": `POST PREFIX/login HTTP/1.1\r\n${HOST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  "a chunk of negative size": `POST PREFIX/login HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n`,
  "a header that is too large": `GET PREFIX/self HTTP/1.1\r\n${HOST}Authorization: Bearer ${"x".repeat(20_000)}\r\n\r\n`,
};

describe.concurrent("a raw HTTP client", () => {
  it.each(Object.entries(RAW))("gets the same bytes for %s", async (name, text) => {
    const [without, through] = await bothWays("passport", async ({ origin, prefix }) => {
      const client = await openRawConnection(Number(new URL(origin).port));
      await client.send(text.replaceAll("PREFIX", prefix));
      // Not otherwise: whether Node still answers a client that has closed its side is a race of its own.
      if (name.startsWith("an unfinished")) client.socket.end();
      const end = await client.ended;
      client.socket.destroy();
      return { end, bytes: withoutDates(client.received().toString("latin1")) };
    });
    expect(through).toEqual(without);
  });
});

function withoutDates(text: string): string {
  return text.replaceAll(/^Date: .*$/gm, "Date:");
}

// --- Raw websockets ---

const OPENINGS = {
  "a good token": { Authorization: bearer("valid") },
  "an expired token": { Authorization: bearer("expired") },
  "no token": {},
};

function bearer(name: TokenName): string {
  return `Bearer ${makeToken(name, { ...RULES, now: Math.floor(Date.now() / 1000) })}`;
}

// After the last three, the server ends the connection itself.
const SAID: [what: string, packets: (string | Buffer)[], isPatient: boolean][] = [
  ["nothing", [], false],
  ["CONNECT and an event", ["40", '420["whoami"]'], false],
  ["binary data", ["40", Buffer.alloc(70_000)], true],
  ["a message that is too large", ["40", `4${"x".repeat(70_000)}`], true],
  ["what is no packet", ["40", "nonsense"], true],
];

describe.concurrent.each(Object.entries(OPENINGS))("a raw websocket client, %s", (_, headers) => {
  it.each(SAID)("experiences the same after saying: %s", async (_what, packets, isPatient) => {
    const [without, through] = await bothWays("manual", ({ origin, prefix }) => {
      const url = `${origin.replace("http", "ws")}${prefix}/socket.io/?EIO=4&transport=websocket`;
      return webSocketExperience(url, { headers, packets, isPatient });
    });
    expect(through).toEqual(without);
    expect(without.length).toBeGreaterThan(0);
  });
});

// --- The wire's own server ---

describe("a Socket.IO server behind the wire", () => {
  it.each(TRANSPORTS)("is reached without a prefix, by %s first", async (...transports) => {
    const ownServer = createServer();
    const ownIo = new Server(ownServer);
    ownIo.on("connection", (socket) =>
      socket.on("ask", (reply: (text: string) => void) => reply("yes")),
    );
    const own = await openWire({ ownServer });
    const client = io(own.origin, { transports, forceNew: true });
    expect(await client.emitWithAck("ask")).toBe("yes");
    client.disconnect();
    await ownIo.close();
    await own.stop();
  });

  it("does not keep the wire from stopping, though a websocket is open", async () => {
    const ownServer = createServer();
    const ownIo = new Server(ownServer);
    const own = await openWire({ ownServer });
    const client = io(own.origin, { transports: ["websocket"], forceNew: true });
    client.io.reconnection(false);
    await new Promise<void>((resolve) => client.once("connect", resolve));
    const cut = new Promise((resolve) => client.once("disconnect", resolve));
    await own.stop();
    expect(await cut).toBe("transport close");
    await ownIo.close();
  });
});
