// Ends a connection. Runs in Node and in a page alike.
import { drop, leave } from "../leaving.ts";
import { type Perform, skipped } from "../scene.ts";
import { since } from "../time-limit.ts";

export const disconnect: Perform<"disconnect"> = async ({ as, dropped }, scene) => {
  const connection = scene.connections.get(as);
  if (!connection?.isConnected) return skipped(`${as} is not connected`);
  const startedAt = performance.now();
  const hasLeft = await (dropped ? drop : leave)(connection);
  const durationMs = since(startedAt);
  const end = hasLeft ? await connection.ended() : undefined;
  if (end === undefined) return { result: "unanswered", durationMs };
  return { result: "disconnected", ...end, durationMs };
};
