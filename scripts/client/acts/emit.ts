// Sends an event, and collects what came of it. Runs in Node and in a page alike.
import { type Perform, type Scene, skipped } from "../scene.ts";
import { since } from "../time-limit.ts";

export const emit: Perform<"emit"> = async ({ as, event, args }, scene) => {
  const connection = scene.connections.get(as);
  if (!connection?.isConnected) return skipped(`${as} is not connected`);
  const startedAt = performance.now();
  const before = receivedBy(scene);
  const answer = await connection.ask(event, ...args);
  const durationMs = since(startedAt);
  const received = await receivedSince(before, scene);
  if (answer === undefined) return { result: "unanswered", received, durationMs };
  if ("reply" in answer)
    return { result: "acknowledged", reply: answer.reply, received, durationMs };
  return { result: "lost", ...answer, received, durationMs };
};

function receivedBy({ connections }: Scene): Map<string, number> {
  return new Map([...connections].map(([name, { received }]) => [name, received.length]));
}

/** What a server sends to one connection arrives in order: with one more answer, all that it sent before is here. */
async function receivedSince(
  before: Map<string, number>,
  { connections }: Scene,
): Promise<Record<string, unknown[][]>> {
  const connected = [...connections.values()].filter(({ isConnected }) => isConnected);
  await Promise.all(connected.map((each) => each.whoami()));
  const events = [...connections].map(
    ([name, { received }]) => [name, received.slice(before.get(name))] as const,
  );
  return Object.fromEntries(events);
}
