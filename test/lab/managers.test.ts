// What lesson 13 says of `io()`: when it takes the Manager that is there, and which options it then ignores.
import { io } from "socket.io-client";
import { expect, it } from "vitest";

const ADDRESS = "http://127.0.0.1:9";
const options = (name: string) => ({ autoConnect: false, extraHeaders: { name } });

it("io() takes the Manager that is there for a further namespace, and ignores its headers", () => {
  const first = io(ADDRESS, options("john"));
  const further = io(`${ADDRESS}/moderation`, options("jane"));
  expect(further.io).toBe(first.io);
  expect(further.io.opts.extraHeaders).toEqual({ name: "john" });
});

it("io() makes a new one for a namespace that it was called for before, and with forceNew", () => {
  const first = io(ADDRESS, options("john"));
  for (const more of [{}, { forceNew: true }]) {
    const again = io(ADDRESS, { ...options("jane"), ...more });
    expect(again.io).not.toBe(first.io);
    expect(again.io.opts.extraHeaders).toEqual({ name: "jane" });
  }
});
