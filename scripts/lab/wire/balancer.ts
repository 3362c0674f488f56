// Chooses the server for each request, where several share one address: the load balancer of the lessons.
import type { MessageReader } from "./http-message.ts";
import type { Destination } from "./link.ts";
import type { Route } from "./request-route.ts";

/** The packet that opens a session, alone in the answer to a handshake by polling (Engine.IO protocol, revision 4). */
const OPENS_SESSION = /^0\{"sid":"([^"]+)"/;

/** A client that opens one after another must not fill the memory: those that were used least recently are forgotten. */
const MOST_SESSIONS = 10_000;

export class Balancer {
  /** The one whose turn is next comes first. */
  #servers: Destination[] = [];
  readonly #isSticky: boolean;
  readonly #sessions = new Map<string, Destination>();

  /** @param isSticky all requests of a session go to the server that has opened it; otherwise each goes to the next one */
  constructor(isSticky: boolean) {
    this.#isSticky = isSticky;
  }

  add(server: Destination): void {
    this.#servers.push(server);
  }

  /** No further request goes there. */
  remove(server: Destination): void {
    this.#servers = this.#servers.filter((each) => each !== server);
    for (const [sid, of] of this.#sessions) if (of === server) this.#sessions.delete(sid);
  }

  /** Undefined if there is no server left. */
  choose({ sid }: Pick<Route, "sid">): Destination | undefined {
    const known = sid === undefined ? undefined : this.#sessions.get(sid);
    if (known === undefined) return this.#takeTurn();
    this.#remember(sid!, known);
    return known;
  }

  #takeTurn(): Destination | undefined {
    const next = this.#servers.shift();
    if (next !== undefined) this.#servers.push(next);
    return next;
  }

  /** Learns from an answer of a server which session it has opened. */
  noteAnswer(server: Destination, { body }: MessageReader): void {
    if (!this.#isSticky) return;
    const sid = OPENS_SESSION.exec(body.bytes().toString("latin1"))?.[1];
    if (sid !== undefined) this.#remember(sid, server);
  }

  #remember(sid: string, server: Destination): void {
    this.#sessions.delete(sid);
    this.#sessions.set(sid, server);
    if (this.#sessions.size <= MOST_SESSIONS) return;
    const [oldest] = this.#sessions.keys();
    this.#sessions.delete(oldest!);
  }
}
