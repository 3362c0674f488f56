// A reset ends a connection at every moment.
import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { resetSocket } from "../../scripts/lab/wire/reset-socket.ts";
import { openRawServer, type RawServer } from "../helpers/raw-connection.ts";

let server: RawServer;

beforeEach(async () => {
  server = await openRawServer();
});

afterEach(() => server.stop());

describe("a reset", () => {
  it.each([
    ["while nothing is under way", () => {}, "reset"],
    ["while the last bytes leave", (end: () => void) => end(), "end"],
  ])("reaches the other side %s", async (_, before, seen) => {
    const next = server.next();
    const socket = connect({ port: server.port, host: "127.0.0.1", allowHalfOpen: true });
    await once(socket, "connect");
    const other = await next;
    const closed = once(socket, "close");
    before(() => socket.end());
    resetSocket(socket);
    await closed;
    expect(await other.ended).toBe(seen);
  });
});
