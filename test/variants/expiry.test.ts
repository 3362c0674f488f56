// A token is checked when it is shown. A socket that connected with it is ended when it expires, warned or left alone, as AT_EXPIRY says; the
// next connection is refused in each case.
import { EventEmitter } from "node:events";
import { io, type Socket } from "socket.io-client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startVariant } from "../../scripts/lab/servers/process.ts";
import { AUTH_MODES, TRANSPORTS } from "../../scripts/model/vocabulary.ts";
import { watchExpiry } from "../../variants/ts/expiry.ts";
import type { UserSocket } from "../../variants/ts/user-rooms.ts";
import { logIn } from "../helpers/node-process.ts";

const WAIT = { timeout: 10_000, interval: 200 };
const CHOICES = ["keep", "warn", "disconnect"] as const;

function open(url: string, token: string, transports: readonly string[] = TRANSPORTS): Socket {
  const extraHeaders = { authorization: `bearer ${token}` };
  const auth = { token };
  return io(url, {
    transports: [...transports],
    extraHeaders,
    auth,
    forceNew: true,
    reconnection: false,
  });
}

function hears(socket: Socket, event: string): Promise<unknown> {
  return new Promise((resolve) => {
    socket.once(event, resolve);
  });
}

// Nearly all of their time they wait, so that they do it together: a mode for each choice, as the modes hand over the same.
describe.concurrent.each(CHOICES.map((choice, at) => [choice, AUTH_MODES[at]!] as const))(
  "with AT_EXPIRY=%s, in auth mode %s, a token that expires",
  (choice, auth) => {
    it("ends its sockets or leaves them, tells them or not, and opens no other", async () => {
      const server = await startVariant("cjs", {
        auth,
        lifetimeSeconds: 4,
        more: { AT_EXPIRY: choice },
      });
      const token = await logIn(server.url);
      const sockets = TRANSPORTS.map((transport) => open(server.url, token, [transport]));
      const told = sockets.map((socket) => {
        const events: string[] = [];
        socket.on("tokenExpired", () => events.push("tokenExpired"));
        socket.on("disconnect", (reason) => events.push(reason));
        return events;
      });
      await Promise.all(sockets.map((socket) => hears(socket, "connect")));
      const self = async (): Promise<number> => {
        const headers = { authorization: `bearer ${token}` };
        return (await fetch(`${server.url}/self`, { headers })).status;
      };
      expect([await self(), told]).toEqual([200, [[], []]]);
      await vi.waitFor(async () => expect(await self()).toBe(401), WAIT);
      const expected = {
        keep: [],
        warn: ["tokenExpired"],
        disconnect: ["tokenExpired", "io server disconnect"],
      }[choice];
      await vi.waitFor(() => expect(told).toEqual([expected, expected]), WAIT);
      for (const socket of sockets.filter((each) => each.connected))
        expect(await socket.emitWithAck("whoami")).toEqual({ id: 1, username: "john" });
      expect(sockets.map(({ connected }) => connected)).toEqual(
        TRANSPORTS.map(() => choice !== "disconnect"),
      );
      const next = open(server.url, token);
      await hears(next, "connect_error");
      for (const each of [...sockets, next]) each.close();
      await server.stop();
    });
  },
);

describe("the timer of a socket", () => {
  const NOW_MS = Date.UTC(2030, 0, 1);
  const YEAR_SECONDS = 31_536_000;
  beforeEach(() => vi.useFakeTimers({ now: NOW_MS }));
  afterEach(() => vi.useRealTimers());

  /** What `watchExpiry` uses of a socket, and how often it was ended. */
  function watched(lifetimeSeconds: number): { leave: () => void; ends: number } {
    const found = { leave: () => void events.emit("disconnect"), ends: 0 };
    const events = new EventEmitter();
    const socket = {
      data: { exp: NOW_MS / 1000 + lifetimeSeconds },
      on: events.on.bind(events),
      emit: () => true,
      disconnect: () => (found.ends += 1),
    };
    watchExpiry(socket as unknown as UserSocket, "disconnect");
    return found;
  }

  it("rings at the second of the expiry, and once", () => {
    const socket = watched(90);
    vi.advanceTimersByTime(89_999);
    expect(socket.ends).toBe(0);
    vi.advanceTimersByTime(1);
    expect([socket.ends, vi.getTimerCount()]).toEqual([1, 0]);
  });

  it("waits a year, which is longer than a timer of Node can", () => {
    const socket = watched(YEAR_SECONDS);
    vi.advanceTimersToNextTimer();
    const waitedMs = Date.now() - NOW_MS;
    expect([socket.ends, waitedMs < 2 ** 31]).toEqual([0, true]);
    vi.setSystemTime(NOW_MS + YEAR_SECONDS * 1000);
    vi.advanceTimersByTime(60_000);
    expect(socket.ends).toBe(1);
  });

  it("follows a clock that leaps forward, within a minute, and one that leaps back", () => {
    const [hour, other] = [watched(3600), watched(3600)];
    vi.setSystemTime(NOW_MS + 3_600_000);
    vi.advanceTimersByTime(60_000);
    expect([hour.ends, other.ends]).toEqual([1, 1]);
    const late = watched(7200);
    vi.setSystemTime(NOW_MS);
    vi.advanceTimersByTime(7_100_000);
    expect(late.ends).toBe(0);
  });

  it("is gone with its socket", () => {
    const socket = watched(90);
    expect(vi.getTimerCount()).toBe(1);
    socket.leave();
    expect(vi.getTimerCount()).toBe(0);
  });
});
