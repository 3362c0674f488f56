// One try to connect, and what the client experienced. Runs in Node and in the page alike.
import { type Connection, type Connector, openConnection } from "./connection.ts";
import type { Attempt } from "../model/attempt.ts";
import type { Connected, Outcome } from "../model/outcome.ts";
import type { User } from "../model/vocabulary.ts";
import { startTimeLimit, type TimeLimit } from "./time-limit.ts";

/**
 * Makes the attempt with connections of its own, and closes them whatever comes of it.
 * @param connect `io` of socket.io-client
 * @returns the outcome of the last opened connection; that of another one, should it not connect
 */
export async function makeAttempt(connect: Connector, attempt: Attempt): Promise<Outcome> {
  const limit = startTimeLimit(attempt.timeoutMs);
  const connections: Connection[] = [];
  try {
    const outcome = await openAndUse(connect, attempt, { limit, connections });
    const cutShort = limit.cutShort();
    // A refusal is whole.
    return cutShort === undefined || outcome.result === "refused"
      ? outcome
      : { ...outcome, cutShort };
  } finally {
    limit.end();
    for (const connection of connections) connection.close();
  }
}

/** @param connections takes each that is opened */
async function openAndUse(
  connect: Connector,
  attempt: Attempt,
  { limit, connections }: { limit: TimeLimit; connections: Connection[] },
): Promise<Outcome> {
  for (const token of [...attempt.otherTokens, attempt.token]) {
    const connection = openConnection(connect, { ...attempt, token }, limit);
    connections.push(connection);
    const failure = await connection.opened;
    if (failure !== undefined) return failure;
  }
  return use(connections, attempt.events);
}

/** Asks who this is, sends the events, and collects what all connections received. */
async function use(connections: Connection[], events: Attempt["events"]): Promise<Connected> {
  const last = connections.at(-1)!;
  // Asked at once, as an app would: with nothing to say, Engine.IO 6.6 lets an upgrade wait 100 ms for the poll under way.
  const [answer, lastTransport] = await Promise.all([last.ask("whoami"), last.settledTransport()]);
  const user = readUser(answer);
  const replies: unknown[] = [];
  for (const { name, args } of events) replies.push((await last.ask(name, ...args)) ?? null);
  // What a server sends to one connection arrives in order: with this answer, all that it sent before is here.
  if (events.length > 0) await Promise.all(connections.map((each) => each.ask("whoami")));
  const { firstTransport, durationMs } = last;
  const received = connections.map((each) => [...each.received]);
  return {
    result: "connected",
    user,
    firstTransport,
    lastTransport,
    replies,
    received,
    durationMs,
  };
}

function readUser(reply: unknown): User | undefined {
  const { id, username } = (reply ?? {}) as Partial<User>;
  return typeof id === "number" && typeof username === "string" ? { id, username } : undefined;
}
