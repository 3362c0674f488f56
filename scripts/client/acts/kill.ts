// Asks the wire to end a server. Runs in Node and in a page alike.
import type { Perform } from "../scene.ts";
import { since } from "../time-limit.ts";

export const kill: Perform<"kill"> = async ({ server }, { origin, prefix }) => {
  const startedAt = performance.now();
  const { ok } = await fetch(`${origin}${prefix}/kill/${server}`, { method: "POST" });
  return { result: ok ? "killed" : "unanswered", durationMs: since(startedAt) };
};
