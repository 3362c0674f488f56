// A client that never closes its side of a connection: what the server holds on to then, an attacker can pile up.
import { once } from "node:events";
import { TLSSocket } from "node:tls";
import { show } from "./expectation.ts";
import { inTime, type Probe } from "./probe.ts";
import { openSocket } from "./raw-socket.ts";

const WRITE_EVERY_MS = 2;

/**
 * Sends the bytes, waits until the server closes its side, and goes on writing. A server that has given the connection up
 * answers with a reset; one that waits for the client takes byte after byte.
 */
export async function expectGivenUp(probe: Probe, bytes: string): Promise<void> {
  probe.note(`bytes ${show(bytes)}, and the client stays`);
  const socket = openSocket(probe.target, { allowHalfOpen: true });
  probe.own(() => socket.destroy());
  const isReset = new Promise<void>((resolve) => {
    socket.once("error", () => resolve());
    socket.once("close", () => resolve());
  });
  const hasEnded = once(socket.resume(), "end");
  socket.write(bytes, "latin1");
  await inTime(probe, "the end of the answer", Promise.race([hasEnded, isReset]));
  // Each write is a chance to hear that nobody listens any more; a server may linger for a while before (RFC 9112 §9.6).
  const writing = setInterval(() => socket.write("x"), WRITE_EVERY_MS);
  probe.own(() => clearInterval(writing));
  await inTime(probe, "a reset", isReset);
}

/** Sends the bytes, and cuts the connection before anything can be answered: with a reset, where that can be sent. */
export async function askAndReset(probe: Probe, bytes: string): Promise<void> {
  const socket = openSocket(probe.target);
  probe.own(() => socket.destroy());
  const isOver = new Promise<void>((resolve) => {
    socket.once("error", () => resolve());
    socket.once("close", () => resolve());
  });
  // Node resets TCP connections only; over TLS the client goes away without a goodbye.
  socket.write(bytes, "latin1", () =>
    socket instanceof TLSSocket ? socket.destroy() : socket.resetAndDestroy(),
  );
  await inTime(probe, "a connection", isOver);
}
