// The connections of the wire: the servers that each one reaches in turn, and what follows an upgrade.
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openWire, type Wire, type WireAttempt } from "../../scripts/lab/wire/wire.ts";
import { openRawServer, type RawConnection, type RawServer } from "../helpers/raw-connection.ts";
import { ANSWER, closeRawSite, openRawSite, SWITCH, UPGRADE } from "./raw-site.ts";

let wire: Wire;
let server: RawServer;
let attempt: WireAttempt;
let client: RawConnection;

beforeEach(async () => {
  ({ wire, server, attempt, client } = await openRawSite());
});
afterEach(() => closeRawSite({ wire, server, client }));

const get = (): string => `GET ${attempt.prefix}/a HTTP/1.1\r\n\r\n`;
const portOfWire = (): number => Number(new URL(wire.origin).port);

describe("one TCP connection", () => {
  let questions = 0;

  it("serves several attempts and the wire's own server in turn", async () => {
    const other = await openRawServer();
    const otherAttempt = wire.openAttempt({ port: other.port });
    const links = [server.next(), other.next()];
    await ask(attempt.prefix, links[0]!);
    await client.send("GET /one HTTP/1.1\r\nHost: x\r\n\r\n");
    await client.until("own /one");
    await ask(otherAttempt.prefix, links[1]!);
    await ask(attempt.prefix, links[0]!);
    await client.send("GET /two HTTP/1.1\r\nHost: x\r\n\r\n");
    await client.until("own /two");
    expect(server.connections.length).toBe(1);
    expect(server.connections[0]?.received().toString()).toMatch(
      /^GET \/1 HTTP\/1\.1\r\n\r\nGET \/3 HTTP\/1\.1\r\n\r\n$/,
    );
    expect(attempt.trace().steps.map(({ connection }) => connection)).toEqual([1, 1, 1, 1]);
    await other.stop();
  });

  async function ask(prefix: string, link: Promise<RawConnection>): Promise<void> {
    questions += 1;
    await client.send(`GET ${prefix}/${questions} HTTP/1.1\r\n\r\n`);
    const arrived = await link;
    await arrived.until(`GET /${questions} HTTP/1.1\r\n\r\n`);
    const body = `answer ${questions}`;
    await arrived.send(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    await client.until(body);
  }

  it("keeps the answers in order when requests to several servers come at once", async () => {
    const link = server.next();
    await client.send(
      `GET ${attempt.prefix}/a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\nGET ${attempt.prefix}/c HTTP/1.1\r\n\r\n`,
    );
    const arrived = await link;
    await arrived.until("/a HTTP/1.1\r\n\r\n");
    expect(arrived.received().toString()).not.toContain("/c");
    await arrived.send(ANSWER);
    await arrived.until("GET /c HTTP/1.1\r\n\r\n");
    await arrived.send(ANSWER.replace("ok", "no"));
    expect(await client.until("\r\n\r\nno")).toMatch(/^.*\r\n\r\nok.*own \/b.*\r\n\r\nno$/s);
  });

  it("moves a cookie below the prefix of its attempt, even if the answer comes byte by byte", async () => {
    const link = server.next();
    await client.send(get());
    const arrived = await link;
    await arrived.until("\r\n\r\n");
    const answer =
      "HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Path=/; Max-Age=3600\r\nContent-Length: 2\r\n\r\nok";
    await arrived.sendOneByOne(answer);
    const moved = answer.replace("Path=/", `Path=${attempt.prefix}/`).replace("3600", "60");
    expect(await client.until("\r\n\r\nok")).toBe(moved);
    await client.send(get());
    await arrived.sendOneByOne("HTTP/1.1 200 ");
    arrived.socket.end();
    await client.until("okHTTP/1.1 200 ");
  });

  it("outlives the connection to a server that is not in use", async () => {
    const link = server.next();
    await ask(attempt.prefix, link);
    await client.send("GET /one HTTP/1.1\r\nHost: x\r\n\r\n");
    await client.until("own /one");
    const first = await link;
    const second = server.next();
    first.socket.end();
    await first.ended;
    await ask(attempt.prefix, second);
    expect(server.connections.length).toBe(2);
  });

  it("gets nothing that it did not ask for from a server that is not in use", async () => {
    const link = server.next();
    await ask(attempt.prefix, link);
    await client.send("GET /one HTTP/1.1\r\nHost: x\r\n\r\n");
    await client.until("own /one");
    await (await link).send("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
    await ask(attempt.prefix, link);
    expect(client.received().toString()).not.toContain("408");
  });
});

describe("after an upgrade", () => {
  it("all bytes arrive, in both directions", async () => {
    const [there, back] = [randomBytes(100_000), randomBytes(100_000)];
    const link = server.next();
    await client.send(`GET ${attempt.prefix}/ws HTTP/1.1\r\n${UPGRADE}`);
    const arrived = await link;
    await arrived.until(UPGRADE);
    await Promise.all([arrived.send(SWITCH), arrived.send(back)]);
    await client.until(SWITCH);
    await client.send(there);
    client.socket.end();
    await arrived.ended;
    arrived.socket.end();
    await client.ended;
    expect(arrived.received().subarray(-there.length).equals(there)).toBe(true);
    expect(client.received().subarray(SWITCH.length).equals(back)).toBe(true);
  });

  it("what came too early waits for the answer, and then arrives", async () => {
    const link = server.next();
    await client.send(`GET ${attempt.prefix}/ws HTTP/1.1\r\n${UPGRADE}early`);
    const arrived = await link;
    await arrived.until(UPGRADE);
    await arrived.send(SWITCH);
    expect(await arrived.until("early")).toMatch(/\r\n\r\nearly$/);
  });

  it("that was refused, the next request goes where it says", async () => {
    const link = server.next();
    await client.send(
      `GET ${attempt.prefix}/ws HTTP/1.1\r\n${UPGRADE}GET /next HTTP/1.1\r\nHost: x\r\n\r\n`,
    );
    await (await link).send("HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\nno");
    expect(await client.until("own /next")).toMatch(/^HTTP\/1\.1 400/);
  });
});

describe("an attempt", () => {
  it.each(["closed", "unknown"])("that is %s gets 404", async (kind) => {
    if (kind === "closed") attempt.close();
    const prefix = kind === "closed" ? attempt.prefix : "/attempt/unknown";
    await client.send(`GET ${prefix}/socket.io/ HTTP/1.1\r\nHost: x\r\n\r\n`);
    expect(await client.ended).toBe("end");
    expect(client.received().toString()).toMatch(/^HTTP\/1\.1 404 Not Found\r\n.*no such attempt/s);
  });

  it("cuts what is under way when it is closed, and adds nothing to its trace", async () => {
    const link = server.next();
    await client.send(get());
    const arrived = await link;
    await arrived.until("\r\n\r\n");
    attempt.close();
    expect(await arrived.ended).toBe("reset");
    await client.ended;
    expect(attempt.trace().steps.map(({ kind }) => kind)).toEqual(["request"]);
  });
});

describe("the wire", () => {
  it("says when its port is in use", async () => {
    const port = portOfWire();
    await expect(openWire({ port, ownServer: createServer() })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
  });

  it("frees its port and cuts everything when it stops", async () => {
    const port = portOfWire();
    const link = server.next();
    await client.send(get());
    const arrived = await link;
    await wire.stop();
    await arrived.ended;
    await client.ended;
    wire = await openWire({ port, ownServer: createServer() });
    expect(portOfWire()).toBe(port);
  });

  it("uses a server that listens already, and leaves it listening", async () => {
    const ownServer = createServer((_, res) => res.end("mine"));
    await new Promise<void>((resolve) => ownServer.listen(0, "127.0.0.1", resolve));
    const second = await openWire({ ownServer });
    expect(await (await fetch(second.origin)).text()).toBe("mine");
    await second.stop();
    const { port } = ownServer.address() as AddressInfo;
    expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe("mine");
    ownServer.closeAllConnections();
    ownServer.close();
  });
});
