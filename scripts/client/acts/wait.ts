// Waits for an event, for the end of a connection, until it is open again, or until its token has expired. Runs in Node and in a page alike.
import type { Connection } from "../connection.ts";
import { expiresAtMs } from "../expiry.ts";
import { type Perform, type Scene, skipped } from "../scene.ts";
import { since } from "../time-limit.ts";
import type { ResultOf } from "../../model/acts.ts";

export const wait: Perform<"wait"> = async ({ as, for: awaited }, scene) => {
  const connection = scene.connections.get(as);
  if (connection === undefined) return skipped(`${as} was never opened`);
  if (awaited === "expiry") return waitForExpiry(as, connection, scene);
  if (awaited === "connect") return waitForReturn(connection);
  if (!connection.isConnected && !connection.hasEnded) return skipped(`${as} is not connected`);
  return typeof awaited === "object"
    ? waitForEvent(connection, awaited.event)
    : waitForEnd(connection);
};

async function waitForEvent(connection: Connection, event: string): Promise<ResultOf<"wait">> {
  const startedAt = performance.now();
  const found = await connection.next(event);
  const durationMs = since(startedAt);
  if (found === undefined) return { result: "unanswered", durationMs };
  return Array.isArray(found)
    ? { result: "received", args: found, durationMs }
    : { result: "lost", ...found, durationMs };
}

async function waitForEnd(connection: Connection): Promise<ResultOf<"wait">> {
  const startedAt = performance.now();
  const end = await connection.ended();
  const durationMs = since(startedAt);
  if (end === undefined) return { result: "unanswered", durationMs };
  return { result: "disconnected", ...end, durationMs };
}

async function waitForReturn(connection: Connection): Promise<ResultOf<"wait">> {
  const startedAt = performance.now();
  const isBack = await connection.returned();
  const durationMs = since(startedAt);
  if (isBack === undefined) return { result: "unanswered", durationMs };
  return { result: "reconnected", user: await connection.whoami(), durationMs };
}

async function waitForExpiry(
  as: string,
  { token }: Connection,
  { limit }: Scene,
): Promise<ResultOf<"wait">> {
  const startedAt = performance.now();
  const endMs = expiresAtMs(token);
  if (Number.isNaN(endMs)) return skipped(`${as} presented no token with an expiry`);
  const leftMs = (): number => endMs - Date.now();
  // A timer may end a moment before its time.
  while (leftMs() > 0 && limit.leftMs() > 0) await pause(Math.min(leftMs(), limit.leftMs()));
  return { result: leftMs() > 0 ? "unanswered" : "expired", durationMs: since(startedAt) };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
