// Finds the client that each step belongs to. A client is a session of Engine.IO, on however many TCP connections. Pure.
import type { RequestStep, SeenToken, Step } from "../trace.ts";
import { readPurpose } from "../words/purpose.ts";

export interface Client {
  /** Counted from 1, in the order in which they are first shown; undefined until then. */
  number: number | undefined;
  /** Its handshake; what else was seen of it first, if that was not. */
  readonly first: RequestStep;
  /** What it has shown, the latest last. */
  readonly tokens: SeenToken[];
  /** Its session was seen to open. */
  hasOpened: boolean;
  /** Its session's masked id. */
  session: string | undefined;
  lastAtMs: number;
}

export interface Followed {
  step: Step;
  /** Undefined for what is not of Socket.IO. */
  client: Client | undefined;
  /** What a response answers, or what the end of a connection leaves unanswered. */
  request: RequestStep | undefined;
}

interface Connection {
  unanswered: Map<number, Pick<Followed, "client" | "request">>;
  /** Whose websocket it is. */
  client: Client | undefined;
}

/** A session that has nothing to say for so long has ended: a client answers a ping every 25 seconds. */
const SILENT_MS = 120_000;
const MANY_SESSIONS = 500;
const MOST_TOKENS = 10;

export class Clients {
  readonly #sessions = new Map<string, Client>();
  readonly #connections = new Map<number, Connection>();
  #sweepAtSize = MANY_SESSIONS;

  follow(step: Step): Followed {
    const connection = this.#connections.get(step.connection) ?? {
      unanswered: new Map(),
      client: undefined,
    };
    this.#connections.set(step.connection, connection);
    const followed = this.#relate(step, connection);
    const { client } = followed;
    if (client !== undefined) this.#note(client, step);
    if (step.kind === "closed") this.#close(step.connection, connection);
    return followed;
  }

  #relate(step: Step, connection: Connection): Followed {
    switch (step.kind) {
      case "request": {
        const client = this.#clientOf(step);
        connection.unanswered.set(step.id, { client, request: step });
        return { step, client, request: undefined };
      }
      case "response": {
        const asked = connection.unanswered.get(step.answers ?? -1);
        if (step.status >= 200 || step.status === 101) connection.unanswered.delete(step.answers!);
        if (step.status === 101) connection.client = asked?.client;
        return this.#open({ step, client: asked?.client, request: asked?.request }, connection);
      }
      case "frame":
        return this.#open({ step, client: connection.client, request: undefined }, connection);
      default: {
        const [left] = connection.unanswered.values();
        const client = connection.client ?? left?.client;
        return { step, client, request: left?.request };
      }
    }
  }

  /** Whose request it is: a handshake is a client's first; a preflight is nobody's. */
  #clientOf(step: RequestStep): Client | undefined {
    const { purpose, sessionId } = readPurpose(step);
    if (purpose === "plain" || step.method === "OPTIONS") return undefined;
    const known = sessionId === undefined ? undefined : this.#sessions.get(sessionId);
    const client = known ?? newClient(step);
    if (known === undefined && sessionId !== undefined) this.#remember(client, sessionId);
    return client;
  }

  #open(followed: Followed, connection: Connection): Followed {
    const { step, client } = followed;
    const session = client && !client.hasOpened ? sessionIn(step) : undefined;
    if (client === undefined || session === undefined) return followed;
    client.hasOpened = true;
    this.#remember(client, session);
    if (step.kind === "frame") connection.client = client;
    return followed;
  }

  #remember(client: Client, session: string): void {
    client.session = session;
    // Of a short id, nothing is shown that could tell it from another.
    if (session === "…") return;
    if (this.#sessions.size >= this.#sweepAtSize) this.#forgetSilent(client.lastAtMs);
    this.#sessions.set(session, client);
  }

  #forgetSilent(nowMs: number): void {
    for (const [session, { lastAtMs }] of this.#sessions)
      if (nowMs - lastAtMs > SILENT_MS) this.#sessions.delete(session);
    // The more there are, the more seldom it is worth the look at all of them.
    this.#sweepAtSize = Math.max(MANY_SESSIONS, this.#sessions.size * 2);
  }

  #note(client: Client, step: Step): void {
    client.lastAtMs = step.atMs;
    if (!("tokens" in step) || step.from === "server") return;
    const known = new Set(client.tokens.map(({ lastCharacters }) => lastCharacters));
    client.tokens.push(...step.tokens.filter((each) => !known.has(each.lastCharacters)));
    client.tokens.splice(0, client.tokens.length - MOST_TOKENS);
  }

  #close(number: number, { client }: Connection): void {
    this.#connections.delete(number);
    if (client?.session !== undefined) this.#sessions.delete(client.session);
  }
}

function newClient(first: RequestStep): Client {
  return {
    number: undefined,
    first,
    tokens: [],
    hasOpened: false,
    session: undefined,
    lastAtMs: first.atMs,
  };
}

/** The masked id in an open packet; that of an older protocol follows a length. */
function sessionIn(step: Step): string | undefined {
  if (!("packets" in step) || step.from !== "server") return undefined;
  const [packet] = step.packets;
  if (packet?.engine !== "open" && packet?.engine !== "unreadable") return undefined;
  return /"sid":"(…[^"]*)"/.exec(packet.text ?? "")?.[1];
}
