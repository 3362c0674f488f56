// The wire passes bytes on as they are, in both directions, except an attempt's prefix.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Wire, WireAttempt } from "../../scripts/lab/wire/wire.ts";
import type { RawConnection, RawServer } from "../helpers/raw-connection.ts";
import { ANSWER, closeRawSite, openRawSite } from "./raw-site.ts";

let wire: Wire;
let server: RawServer;
let attempt: WireAttempt;
let client: RawConnection;

beforeEach(async () => {
  ({ wire, server, attempt, client } = await openRawSite());
});
afterEach(() => closeRawSite({ wire, server, client }));

const get = (): string => `GET ${attempt.prefix}/a HTTP/1.1\r\n\r\n`;

const REQUESTS: Record<string, string> = {
  "a GET": "GET PREFIX/socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\n\r\n",
  "odd spacing and letter case":
    "GET PREFIX/a HTTP/1.1\r\nhOsT:x\r\nAuthorization:\tBearer   a b \r\n\r\n",
  "a body with a length": 'POST PREFIX/login HTTP/1.1\r\nContent-Length: 9\r\n\r\n{"a": 1}\n',
  "a body in chunks":
    "POST PREFIX/a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\nA\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n",
  "empty lines before it": "\r\n\r\nGET PREFIX/a HTTP/1.1\r\n\r\n",
  "the prefix once more in its path": "GET PREFIX/PREFIX/a?b=PREFIX/ HTTP/1.1\r\n\r\n",
  "lines that end without a carriage return": "GET PREFIX/a HTTP/1.1\nHost: x\n\n",
  "no version": "GET PREFIX/a\r\n\r\n",
  "a length that is none":
    "POST PREFIX/a HTTP/1.1\r\nContent-Length: -5\r\n\r\nmore\r\n\r\nand more",
  "a chunk of negative size":
    "POST PREFIX/a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nmore\r\n",
  "both a length and chunks":
    "POST PREFIX/a HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
  "a header of 80 kB": `GET PREFIX/a HTTP/1.1\r\nX: ${"x".repeat(80_000)}\r\n\r\n`,
  "a first line of 20 kB": `GET PREFIX/${"x".repeat(20_000)} HTTP/1.1\r\n\r\n`,
};

describe("a request to an attempt", () => {
  const END = "GET PREFIX/the-end HTTP/1.1\r\n\r\n";

  it.each(Object.entries(REQUESTS))("arrives as it was sent, with %s", async (_, text) => {
    const link = server.next();
    await client.send(text.replaceAll("PREFIX", attempt.prefix));
    client.socket.end();
    const arrived = await link;
    expect(await arrived.ended).toBe("end");
    expect(arrived.received().toString()).toBe(withoutFirstPrefix(text));
  });

  it.each(Object.entries(REQUESTS).filter(([, text]) => text.length < 500))(
    "arrives as it was sent, byte by byte, with %s",
    async (_, text) => {
      const link = server.next();
      await client.sendOneByOne(text.replaceAll("PREFIX", attempt.prefix));
      client.socket.end();
      const arrived = await link;
      expect(await arrived.ended).toBe("end");
      expect(arrived.received().toString()).toBe(withoutFirstPrefix(text));
    },
  );

  it("arrives without waiting for the answers before it", async () => {
    const link = server.next();
    const requests = (REQUESTS["a body in chunks"]! + END).replaceAll("PREFIX", attempt.prefix);
    await client.send(requests);
    const arrived = await (await link).until("/the-end HTTP/1.1\r\n\r\n");
    expect(arrived).toBe((REQUESTS["a body in chunks"]! + END).replaceAll("PREFIX", ""));
  });
});

/** Only the prefix at the beginning of the target is taken off. */
function withoutFirstPrefix(text: string): string {
  return text.replace("PREFIX", "").replaceAll("PREFIX", attempt.prefix);
}

const ANSWERS: Record<string, string> = {
  "an interim response before it": `HTTP/1.1 100 Continue\r\n\r\n${ANSWER}`,
  "a body in chunks": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
  "no body": "HTTP/1.1 204 No Content\r\n\r\n",
  "no reason": "HTTP/1.1 404 \r\nContent-Length: 0\r\n\r\n",
  "what is not HTTP": "SSH-2.0-OpenSSH_9.2\r\n\r\n",
};

describe("an answer", () => {
  it.each(Object.entries(ANSWERS))("arrives as it was sent, with %s", async (_, answer) => {
    const link = server.next();
    await client.send(get());
    const arrived = await link;
    await arrived.sendOneByOne(answer);
    arrived.socket.end();
    expect(await client.ended).toBe("end");
    expect(client.received().toString()).toBe(answer);
  });

  it("that is interim is not the last, so a request to elsewhere waits on", async () => {
    const link = server.next();
    await client.send(`${get()}GET /b HTTP/1.1\r\nHost: x\r\n\r\n`);
    const interim = "HTTP/1.1 103 Early Hints\r\n\r\n";
    await (await link).send(interim);
    await client.until(interim);
    await (await link).send(ANSWER);
    expect(await client.until("own /b")).toContain(interim + ANSWER);
  });

  it("to HEAD has no body, so the next request can go elsewhere", async () => {
    const link = server.next();
    await client.send(
      `HEAD ${attempt.prefix}/a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n`,
    );
    const head = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n";
    await (await link).send(head);
    expect(await client.until("own /b")).toContain(head);
  });
});

describe("a slow side", () => {
  const SIZE = 48_000_000;

  it("slows the other down, and nothing is lost", async () => {
    const link = server.next();
    await client.send(`POST ${attempt.prefix}/a HTTP/1.1\r\nContent-Length: ${SIZE}\r\n\r\n`);
    const arrived = await link;
    arrived.socket.pause();
    let isSent = false;
    const sending = client.send(Buffer.alloc(SIZE, "x")).then(() => (isSent = true));
    // Enough turns for the wire to swallow it all, if it did.
    for (let turn = 0; turn < 60; turn += 1) await (await fetch(wire.origin)).text();
    expect(isSent).toBe(false);
    arrived.socket.resume();
    await sending;
    client.socket.end();
    await arrived.ended;
    expect(
      arrived
        .received()
        .toString("latin1")
        .replace(/^.*\r\n\r\n/s, "").length,
    ).toBe(SIZE);
  });

  it("slows an answer down, and nothing is lost", async () => {
    const link = server.next();
    await client.send(get());
    const arrived = await link;
    await arrived.send(`HTTP/1.1 200 OK\r\nContent-Length: ${SIZE}\r\n\r\n`);
    client.socket.pause();
    let isSent = false;
    const sending = arrived.send(Buffer.alloc(SIZE, "x")).then(() => (isSent = true));
    for (let turn = 0; turn < 60; turn += 1) await (await fetch(wire.origin)).text();
    expect(isSent).toBe(false);
    client.socket.resume();
    await sending;
    arrived.socket.end();
    await client.ended;
    expect(client.received().length).toBeGreaterThan(SIZE);
  });
});
