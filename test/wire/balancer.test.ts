// Several servers behind one attempt: which of them gets a request, and that the trace says so.
import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request } from "node:http";
import { Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Balancer } from "../../scripts/lab/wire/balancer.ts";
import { MessageReader } from "../../scripts/lab/wire/http-message.ts";
import { listen, type Listening } from "../../scripts/lab/wire/listening.ts";
import { openWire, type Wire, type WireAttempt } from "../../scripts/lab/wire/wire.ts";
import type { Sticky } from "../../scripts/model/vocabulary.ts";
import { openRawConnection, openRawServer } from "../helpers/raw-connection.ts";

let wire: Wire;
let servers: Listening[];
let attempt: WireAttempt;

beforeEach(async () => {
  wire = await openWire({ ownServer: createServer() });
  servers = await Promise.all([1, 2, 3].map(openServer));
});
afterEach(async () => {
  await Promise.all([wire.stop(), ...servers.map((server) => server.stop())]);
});

/** Answers each request with the text of its header `says`. */
function openServer(number: number): Promise<Listening> {
  const server = createServer((req, res) => {
    res.setHeader("server", number);
    // In two pieces: what opens a session is found wherever it is split.
    const text = String(req.headers["says"] ?? "ok");
    res.write(text.slice(0, 8));
    setImmediate(() => res.end(text.slice(8)));
  });
  return listen(server, 0, "127.0.0.1");
}

const killed: number[] = [];

function open(sticky?: Sticky): void {
  const [port, ...furtherPorts] = servers.map((server) => server.port);
  attempt = wire.openAttempt({
    port: port!,
    furtherPorts,
    sticky,
    onKill: async (number) => void killed.push(number),
  });
}

async function kill(server: number | string, method = "POST"): Promise<number> {
  const { status } = await fetch(`${wire.origin}${attempt.prefix}/kill/${server}`, { method });
  return status;
}

/** @returns the number of the server that has answered; null for the wire itself */
async function ask(query = "", says = "ok"): Promise<string | null> {
  const url = `${wire.origin}${attempt.prefix}/socket.io/?transport=polling${query}`;
  const response = await fetch(url, { headers: { says } });
  await response.text();
  return response.headers.get("server");
}

const opening = (sid: string): string => `0{"sid":"${sid}","upgrades":["websocket"]}`;

describe("without sticky sessions", () => {
  it("each request goes to the next server, and each step says to which", async () => {
    open();
    expect(await ask("", opening("abc"))).toBe("1");
    expect(await ask("&sid=abc")).toBe("2");
    expect(await ask("&sid=abc")).toBe("3");
    expect(await ask("&sid=abc")).toBe("1");
    const requests = attempt.trace().steps.filter(({ kind }) => kind !== "closed");
    expect(requests.map(({ server }) => server)).toEqual([1, 1, 2, 2, 3, 3, 1, 1]);
  });

  it("a request that waits for the answer to another takes one turn, even if more comes meanwhile", async () => {
    const [first, second] = await Promise.all([openRawServer(), openRawServer()]);
    attempt = wire.openAttempt({ port: first.port, furtherPorts: [second.port] });
    const client = await openRawConnection(Number(new URL(wire.origin).port));
    const links = [first.next(), second.next()];
    const get = (path: string): string => `GET ${attempt.prefix}${path} HTTP/1.1\r\n\r\n`;
    const answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";
    await client.send(get("/a") + get("/b"));
    const one = await links[0]!;
    await one.until("GET /a ");
    await one.send(`${answer}aa`);
    const two = await links[1]!;
    await two.until("GET /b ");
    await client.send(get("/c"));
    await two.send(`${answer}bb`);
    await one.until("GET /c ");
    expect(two.received().toString()).not.toContain("/c");
    client.socket.destroy();
    await Promise.all([once(client.socket, "close"), first.stop(), second.stop()]);
  });
});

describe("sticky by session", () => {
  it("a session stays where it was opened; new ones take turns", async () => {
    open("session");
    expect(await ask("", opening("abc"))).toBe("1");
    expect(await ask("", opening("def"))).toBe("2");
    for (const sid of ["def", "def", "abc", "abc", "abc"])
      expect(await ask(`&sid=${sid}`)).toBe(sid === "abc" ? "1" : "2");
  });

  it.each([
    ["text that a user has sent", String.raw`42["note",{"text":"0{\"sid\":\"abc\"}"}]`],
    ["the sid of a socket", '40{"sid":"abc"}'],
  ])("%s moves no session", async (_, body) => {
    open("session");
    await ask("", opening("abc"));
    expect(await ask("", body)).toBe("2");
    expect(await ask("&sid=abc")).toBe("1");
  });

  it("a server that is killed gets nothing more, and its sessions go elsewhere", async () => {
    open("session");
    await ask("", opening("abc"));
    expect(await kill(1)).toBe(204);
    expect(await ask("&sid=abc")).toBe("2");
    expect(await ask()).toBe("3");
    for (const server of [2, 3]) expect(await kill(server)).toBe(204);
    expect(await ask()).toBeNull();
    expect(killed.splice(0)).toEqual([1, 2, 3]);
    expect(attempt.trace().steps.some((step) => JSON.stringify(step).includes("kill"))).toBe(false);
  });
});

describe("sticky by connection", () => {
  const connections: Agent[] = [];
  afterEach(() => {
    for (const each of connections.splice(0)) each.destroy();
  });

  /** One connection that stays open. @returns as `ask` does */
  function connection(): typeof ask {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    connections.push(agent);
    return async (query, says) => {
      const url = `${wire.origin}${attempt.prefix}/socket.io/?transport=polling${query ?? ""}`;
      const sent = request(url, { agent, headers: { says: says ?? "ok" } }).end();
      const [response] = (await once(sent, "response")) as [IncomingMessage];
      await response.toArray();
      return String(response.headers["server"]);
    };
  }

  it("the first request of a connection, and its sid, choose the server for all that follow", async () => {
    open("connection");
    const [first, second] = [connection(), connection()];
    expect(await first("", opening("abc"))).toBe("1");
    expect(await second("", opening("def"))).toBe("2");
    for (const sid of ["abc", "def"]) {
      expect(await first(`&sid=${sid}`)).toBe("1");
      expect(await second(`&sid=${sid}`)).toBe("2");
      expect(await connection()(`&sid=${sid}`)).toBe(sid === "abc" ? "1" : "2");
    }
    expect(await connection()("&sid=unknown")).toBe("3");
  });

  it("a connection to a server that is killed gets another one", async () => {
    open("connection");
    const first = connection();
    expect(await first("", opening("abc"))).toBe("1");
    expect(await kill(1)).toBe(204);
    expect(await first("&sid=abc")).toBe("2");
    expect(await first("&sid=abc")).toBe("2");
    expect(killed.splice(0)).toEqual([1]);
  });
});

it("forgets the sessions that were used least recently, where a client opens one after another", () => {
  const balancer = new Balancer("session");
  const [first, second] = [1, 2].map((number) => ({
    number,
    connect: () => new Socket(),
    prefix: "",
  }));
  balancer.add(first!);
  balancer.add(second!);
  const opened = (sid: string): void => {
    const response = new MessageReader();
    const body = opening(sid);
    response.read(Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`));
    balancer.noteAnswer(first!, response);
  };
  for (const sid of ["forgotten", "used"]) opened(sid);
  for (let count = 0; count < 9_999; count += 1) {
    opened(`sid-${count}`);
    expect(balancer.choose({ sid: "used" }, {})).toBe(first);
  }
  const turns = [1, 2].map(() => balancer.choose({ sid: "forgotten" }, {}));
  expect(turns).toEqual([first, second]);
});

it("kills nothing but a server of an open attempt that allows it", async () => {
  open();
  for (const server of [0, 4, "", "1/more", "01", "one"]) await kill(server);
  await kill(1, "GET");
  attempt.close();
  expect(await kill(1)).toBe(404);
  attempt = wire.openAttempt({ port: servers[0]!.port });
  expect(await kill(1)).toBe(404);
  expect(killed).toEqual([]);
});

it("one server alone has no number", async () => {
  attempt = wire.openAttempt({ port: servers[0]!.port });
  await ask();
  expect(attempt.trace().steps.some((step) => "server" in step)).toBe(false);
});
