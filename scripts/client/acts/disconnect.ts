// Ends a connection. Runs in Node and in a page alike.
import { type Perform, skipped } from "../scene.ts";
import { since } from "../time-limit.ts";

export const disconnect: Perform<"disconnect"> = async ({ as }, scene) => {
  const connection = scene.connections.get(as);
  if (!connection?.isConnected) return skipped(`${as} is not connected`);
  const startedAt = performance.now();
  const hasLeft = await connection.leave();
  const durationMs = since(startedAt);
  if (!hasLeft) return { result: "unanswered", durationMs };
  return { result: "disconnected", reason: "io client disconnect", willRetry: false, durationMs };
};
