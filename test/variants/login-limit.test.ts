// The limit for guessing passwords, attacked where the suite cannot: from other addresses, after a time, and with the one
// password that is right. That the login has this limit is what the suite shows.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createLoginLimit } from "../../variants/ts/login-limit.ts";

const GUESSES_OF_NAME = 10;
const GUESSES_OF_ADDRESS = 200;
const QUARTER_HOUR_MS = 15 * 60 * 1000;
const RIGHT = { username: "john", password: "changeit" };
const WRONG = { username: "john", password: "wrong" };

let url = "";
let close: () => Promise<void>;

beforeEach(async () => {
  // Nothing but the clock and the timers of the limit: requests need none.
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
  const { refuseTooMany, forgive } = createLoginLimit();
  const app = express();
  // What the tests send in X-Forwarded-For counts as the address, as behind a proxy on this machine.
  app.set("trust proxy", "loopback");
  app.post("/login", express.json(), refuseTooMany, async (req, res) => {
    const { username, password } = req.body as Record<string, unknown>;
    if (username !== RIGHT.username || password !== RIGHT.password) return res.sendStatus(401);
    await forgive(req);
    return res.sendStatus(200);
  });
  const httpServer = createServer(app);
  await once(httpServer.listen(0, "127.0.0.1"), "listening");
  url = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}/login`;
  close = async () => {
    vi.useRealTimers();
    const closed = once(httpServer.close(), "close");
    httpServer.closeAllConnections();
    await closed;
  };
});
afterEach(() => close());

async function logIn(body: object, address = "203.0.113.7"): Promise<Response> {
  const headers = { "Content-Type": "application/json", "X-Forwarded-For": address };
  return fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
}

async function statusOf(body: object, address?: string): Promise<number> {
  return (await logIn(body, address)).status;
}

async function guess(times: number, body: (at: number) => object, address?: string) {
  const statuses: number[] = [];
  for (let at = 0; at < times; at += 1) statuses.push(await statusOf(body(at), address));
  return statuses;
}

it("refuses even the right password while a name must wait, and takes it when the wait is over", async () => {
  const statuses = await guess(GUESSES_OF_NAME + 5, () => WRONG);
  expect(statuses).toEqual([...Array(GUESSES_OF_NAME).fill(401), ...Array(5).fill(429)]);
  const refused = await logIn(RIGHT);
  expect([refused.status, refused.headers.get("cache-control")]).toEqual([429, "no-store"]);
  const seconds = Number(refused.headers.get("retry-after"));
  expect(seconds).toBe(QUARTER_HOUR_MS / 1000);
  vi.advanceTimersByTime(seconds * 1000 - 1);
  // Who asks while waiting does not wait longer.
  expect(await statusOf(RIGHT)).toBe(429);
  vi.advanceTimersByTime(1);
  expect(await statusOf(RIGHT)).toBe(200);
});

it("an attacker locks nobody out at another address, and not by a name that resembles", async () => {
  await guess(GUESSES_OF_NAME + 1, () => WRONG);
  expect(await statusOf(RIGHT, "203.0.113.8")).toBe(200);
  await guess(GUESSES_OF_NAME + 1, () => ({ ...WRONG, username: "john " }), "203.0.113.8");
  expect(await statusOf(RIGHT, "203.0.113.8")).toBe(200);
});

it("one password tried on many names is limited by address, and ends none but that address", async () => {
  const statuses = await guess(GUESSES_OF_ADDRESS + 1, (at) => ({
    username: `user${at}`,
    password: "123456",
  }));
  expect(statuses.indexOf(429)).toBe(GUESSES_OF_ADDRESS);
  expect(await statusOf(RIGHT)).toBe(429);
  expect(await statusOf(RIGHT, "203.0.113.8")).toBe(200);
  vi.advanceTimersByTime(QUARTER_HOUR_MS);
  expect(await statusOf(RIGHT)).toBe(200);
});

it("one user who goes on and on does not use up the limit of the address", async () => {
  await guess(2 * GUESSES_OF_ADDRESS, () => ({ ...WRONG, username: "ann" }));
  expect(await statusOf(RIGHT)).toBe(200);
});

it("an account of the attacker's own does not reset what counts for the address", async () => {
  for (let round = 0; round < GUESSES_OF_ADDRESS / 5; round += 1) {
    await guess(5, (at) => ({ username: `user${round}-${at}`, password: "123456" }));
    await logIn(RIGHT);
  }
  expect(await statusOf({ username: "ann", password: "123456" })).toBe(429);
});

it("all logins that succeed may come at once", async () => {
  const all = Array.from({ length: GUESSES_OF_ADDRESS + 50 }, () => statusOf(RIGHT));
  expect(new Set(await Promise.all(all))).toEqual(new Set([200]));
});

it.each([
  ["2001:db8:1:2::1", "2001:db8:1:2:ffff:1:2:3", 429],
  ["2001:db8::1", "2001:db8:0:0:8000::", 429],
  ["2001:db8:1:2::1", "2001:db8:1:3::1", 200],
  ["::ffff:203.0.113.7", "::ffff:203.0.113.8", 200],
])("after guesses from %s the right password from %s gets %i", async (attacker, other, status) => {
  await guess(GUESSES_OF_NAME + 1, () => WRONG, attacker);
  expect(await statusOf(RIGHT, other)).toBe(status);
});

it("names of any length, and values that are not names, are refused as before", async () => {
  const name = { username: "x".repeat(4000), password: "x" };
  expect(await guess(GUESSES_OF_NAME + 1, () => name)).toContain(429);
  for (const username of [undefined, null, 1, {}, ["john"], { toString: 1 }])
    expect(await guess(GUESSES_OF_NAME + 1, () => ({ username }))).not.toContain(429);
});
