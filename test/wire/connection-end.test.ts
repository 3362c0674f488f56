// How the connections of the wire end: with an end or a reset, from either side.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Wire, WireAttempt } from "../../scripts/lab/wire/wire.ts";
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

describe("the end of a connection", () => {
  it("passes from the client, who can still read the answer", async () => {
    const link = server.next();
    client.socket.end(get());
    const arrived = await link;
    expect(await arrived.ended).toBe("end");
    await arrived.send(ANSWER);
    arrived.socket.end();
    expect(await client.until("ok")).toBe(ANSWER);
  });

  it.each(["client", "server"] as const)("passes as a reset from the %s", async (from) => {
    const link = server.next();
    await client.send(get());
    const arrived = await link;
    await arrived.until("\r\n\r\n");
    const [one, other] = from === "client" ? [client, arrived] : [arrived, client];
    one.socket.resetAndDestroy();
    expect(await other.ended).toBe("reset");
    const closed = attempt.trace().steps.at(-1);
    expect(closed).toMatchObject({ kind: "closed", from, isCut: true });
  });

  it("is a cut if it is a reset, even with nothing under way", async () => {
    const link = server.next();
    await client.send(get());
    await (await link).send(ANSWER);
    await client.until("ok");
    (await link).socket.resetAndDestroy();
    expect(await client.ended).toBe("reset");
    expect(attempt.trace().steps.at(-1)).toMatchObject({ kind: "closed", isCut: true });
  });

  it("is not a cut once both sides of a websocket have said that they close it", async () => {
    const link = server.next();
    await client.send(`GET ${attempt.prefix}/a HTTP/1.1\r\n${UPGRADE}`);
    const arrived = await link;
    await arrived.until("\r\n\r\n");
    await arrived.send(SWITCH);
    await client.until("\r\n\r\n");
    // Close frames with code and reason; the client's is masked, with zeros.
    await client.send(Buffer.from("\x88\x85\0\0\0\0\x03\xe8bye", "latin1"));
    await arrived.until("bye");
    await arrived.send(Buffer.from("\x88\x05\x03\xe8bye", "latin1"));
    await client.until("bye");
    arrived.socket.resetAndDestroy();
    expect(await client.ended).toBe("reset");
    expect(attempt.trace().steps.at(-1)).toMatchObject({ kind: "closed", isCut: false });
  });

  it("is a reset if the server cannot be reached", async () => {
    await server.stop();
    await client.send(get());
    expect(await client.ended).toBe("reset");
    expect(attempt.trace().steps).toMatchObject([
      { kind: "request", target: "/a" },
      { kind: "closed", from: "server", isCut: true },
    ]);
    server = await openRawServer();
  });

  it.each(["before", "after"])(
    "comes to a client that leaves %s its attempt is closed",
    async (order) => {
      const link = server.next();
      await client.send(get());
      const arrived = await link;
      await arrived.send(ANSWER);
      await client.until("ok");
      if (order === "after") attempt.close();
      client.socket.end();
      // The server keeps its side open, and the attempt is closed before it has said anything.
      if (order === "before") await arrived.ended;
      attempt.close();
      expect(await client.ended).toBe("end");
    },
  );

  it("comes to a server that keeps its side open when the client is gone", async () => {
    const link = server.next();
    await client.send(get());
    const arrived = await link;
    await arrived.send(ANSWER);
    await client.until("ok");
    await client.send("GET /one HTTP/1.1\r\nHost: x\r\n\r\n");
    await client.until("own /one");
    client.socket.end();
    expect(await client.ended).toBe("end");
    expect(await arrived.ended).toBe("end");
    const refused = new Promise((resolve) => arrived.socket.once("error", resolve));
    while (!arrived.socket.destroyed) await arrived.send("more");
    expect(await refused).toMatchObject({ code: expect.stringMatching(/^(?:EPIPE|ECONNRESET)$/) });
  });

  it("comes to a client that has said nothing and leaves", async () => {
    client.socket.end();
    expect(await client.ended).toBe("end");
  });
});
