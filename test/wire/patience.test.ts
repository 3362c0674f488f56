// A client that opens a connection of the wire and does nothing with it loses it in the end; one that waits for a server does not.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Wire, WireAttempt } from "../../scripts/lab/wire/wire.ts";
import {
  openRawConnection,
  type RawConnection,
  type RawServer,
} from "../helpers/raw-connection.ts";
import { ANSWER, closeRawSite, openRawSite } from "./raw-site.ts";

const PATIENCE_MS = 150;

let wire: Wire;
let server: RawServer;
let attempt: WireAttempt;
let client: RawConnection;

beforeEach(async () => {
  ({ wire, server, attempt, client } = await openRawSite(PATIENCE_MS));
});
afterEach(() => closeRawSite({ wire, server, client }));

const get = (): string => `GET ${attempt.prefix}/a HTTP/1.1\r\n\r\n`;
/** Sends a byte now and then, for as long as the other side lets it. */
async function trickle({ socket }: RawConnection): Promise<number> {
  const timer = setInterval(() => socket.write("x"), PATIENCE_MS / 5);
  const begin = performance.now();
  await new Promise((resolve) => socket.once("error", resolve).once("close", resolve));
  clearInterval(timer);
  return performance.now() - begin;
}

async function ask(): Promise<RawConnection> {
  const link = server.next();
  await client.send(get());
  const arrived = await link;
  await arrived.until("\r\n\r\n");
  return arrived;
}

describe("a connection ends", () => {
  it("when it says nothing", async () => {
    expect(await client.ended).toBe("end");
    expect(client.received().toString()).toBe("");
  });

  it("when it sends only half a line, and learns why", async () => {
    await client.send("GET /attempt/");
    expect(await client.ended).toBe("end");
    expect(client.received().toString()).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
  });

  it("when the line never ends, and when the head after it never does", async () => {
    await client.send("GET /");
    const took = await trickle(client);
    expect(client.received().toString()).toMatch(/^HTTP\/1\.1 408 /);
    expect(took).toBeLessThan(20 * PATIENCE_MS);
  });

  it("when half a line follows on a request that was answered", async () => {
    await (await ask()).send(ANSWER);
    await client.until("ok");
    await client.send("GET /attempt/");
    expect(await client.ended).toBe("end");
    expect(client.received().toString()).toMatch(/ok.*408 Request Timeout/s);
  });

  it("when the attempt that it served is closed, and no other request comes", async () => {
    await (await ask()).send(ANSWER);
    await client.until("ok");
    attempt.close();
    expect(await client.ended).toBe("end");
  });

  it("when its server has ended and it never closes its own side", async () => {
    const arrived = await ask();
    await arrived.send(ANSWER);
    arrived.socket.end();
    await client.ended;
    // Nothing more can be sent once the wire has given up.
    expect(await arrived.ended).toBe("reset");
  });

  it("a thousand of them at once, all of them", async () => {
    const port = Number(new URL(wire.origin).port);
    const idle = await Promise.all(Array.from({ length: 1_000 }, () => openRawConnection(port)));
    for (const { socket } of idle) socket.write("GET /");
    const ends = await Promise.all(idle.map(({ ended }) => ended));
    expect(ends.every((end) => end === "end")).toBe(true);
    for (const { socket } of idle) socket.destroy();
  });
});

describe("a connection stays", () => {
  it("while its server takes its time, and while it is idle on a server that keeps it", async () => {
    const arrived = await ask();
    await waitLonger();
    await arrived.send(ANSWER);
    await client.until("ok");
    await waitLonger();
    await client.send(get());
    await arrived.send(ANSWER.replace("ok", "2nd").replace("2\r", "3\r"));
    expect(await client.until("2nd")).not.toContain("408");
  });
});

/** Until the wire has given up on a connection that was opened now, and on one that was opened after that. */
async function waitLonger(): Promise<void> {
  await (
    await openIdle()
  ).ended;
  await (
    await openIdle()
  ).ended;
}

async function openIdle(): Promise<RawConnection> {
  return openRawConnection(Number(new URL(wire.origin).port));
}
