// A token is looked at when it is shown: what connected with it stays connected when it ends, and the next connection is refused.
import { io, type Socket } from "socket.io-client";
import { describe, expect, it } from "vitest";
import { startVariant } from "../scripts/lab/servers/process.ts";
import { AUTH_MODES } from "../scripts/model/vocabulary.ts";
import { everywhere, logIn } from "./node-process.ts";

const WAIT_MS = 10_000;

function open(url: string, token: string): Socket {
  return io(url, { ...everywhere(token), forceNew: true, reconnection: false });
}

function hears(socket: Socket, event: "connect" | "connect_error"): Promise<void> {
  return new Promise((resolve) => {
    socket.once(event, () => resolve());
  });
}

// Nearly all of their time they wait, so that they do it together.
describe.concurrent.each(AUTH_MODES)("in auth mode %s, a token that ends", (auth) => {
  it("leaves its socket connected, and opens no other", async () => {
    const server = await startVariant("cjs", { auth, lifetimeSeconds: 4 });
    const token = await logIn(server.url);
    const socket = open(server.url, token);
    await hears(socket, "connect");
    const self = async (): Promise<number> => {
      const { extraHeaders: headers } = everywhere(token);
      return (await fetch(`${server.url}/self`, { headers })).status;
    };
    await expect.poll(self, { timeout: WAIT_MS, interval: 200 }).toBe(401);
    expect(await socket.emitWithAck("whoami")).toEqual({ id: 1, username: "john" });
    const next = open(server.url, token);
    await hears(next, "connect_error");
    expect(socket.connected).toBe(true);
    for (const each of [socket, next]) each.close();
    await server.stop();
  });
});
