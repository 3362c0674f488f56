// A client that never closes its side of a connection: what the server holds on to then, an attacker can pile up.
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expectEqual, show } from "./expectation.ts";
import { inTime, type Probe } from "./probe.ts";
import { placeOf } from "./raw-http.ts";

const MOST_WRITES = 200;

/**
 * Sends the bytes, waits until the server closes its side, and goes on writing. A server that has given the connection up
 * answers with a reset; one that waits for the client takes every byte.
 */
export async function expectGivenUp(probe: Probe, bytes: string): Promise<void> {
  probe.note(`bytes ${show(bytes)}, and the client stays`);
  const socket = connect({ ...placeOf(probe), allowHalfOpen: true });
  probe.own(() => socket.destroy());
  const isReset = new Promise<string>((resolve) => {
    socket.once("error", () => resolve("a reset"));
    socket.once("close", () => resolve("a reset"));
  });
  const hasEnded = once(socket.resume(), "end");
  socket.write(bytes, "latin1");
  await inTime(probe, "the end of the answer", Promise.race([hasEnded, isReset]));
  const answer = await inTime(probe, "a reset", Promise.race([isReset, writeOn(socket)]));
  expectEqual(answer, "a reset", "what came of writing on:");
}

/** One write after the other, as long as they are taken: each is a chance to hear that nobody listens any more. */
async function writeOn(socket: Socket): Promise<string> {
  for (let writes = 0; writes < MOST_WRITES && !socket.destroyed; writes += 1)
    await new Promise<void>((resolve) => {
      socket.write("x", () => setTimeout(resolve, 1));
    });
  return `${MOST_WRITES} writes were taken`;
}
