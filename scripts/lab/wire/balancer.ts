// Chooses the server for each request, where several share one address: the load balancer of the lessons.
import type { MessageReader } from "./http-message.ts";
import type { Destination } from "./link.ts";
import type { Route } from "./request-route.ts";
import type { Sticky } from "../../model/vocabulary.ts";

/** The packet that opens a session, alone in the answer to a handshake by polling (Engine.IO protocol, revision 4). */
const OPENS_SESSION = /^0\{"sid":"([^"]+)"/;

/** A client that opens one after another must not fill the memory: those that were used least recently are forgotten. */
const MOST_SESSIONS = 10_000;

export class Balancer {
  /** The one whose turn is next comes first. */
  #servers: Destination[] = [];
  readonly #sticky: Sticky | undefined;
  readonly #sessions = new Map<string, Destination>();
  /** Where the first request of each connection has gone. */
  readonly #connections = new WeakMap<object, Destination>();

  /**
   * @param sticky `session`: all requests of a session go to the server that has opened it. `connection`: only the first
   * request of a connection is looked at so, and all that follow on it go to the same server, as with `@socket.io/sticky`.
   * Undefined: each request goes to the next server.
   */
  constructor(sticky: Sticky | undefined) {
    this.#sticky = sticky;
  }

  add(server: Destination): void {
    this.#servers.push(server);
  }

  /** No further request goes there. */
  remove(server: Destination): void {
    this.#servers = this.#servers.filter((each) => each !== server);
    for (const [sid, of] of this.#sessions) if (of === server) this.#sessions.delete(sid);
  }

  /**
   * @param client the connection that the request comes on
   * @returns undefined if there is no server left
   */
  choose({ sid }: Pick<Route, "sid">, client: object): Destination | undefined {
    if (this.#sticky !== "connection") return this.#chooseBySession(sid);
    const before = this.#connections.get(client);
    if (before !== undefined && this.#servers.includes(before)) return before;
    const chosen = this.#chooseBySession(sid);
    if (chosen !== undefined) this.#connections.set(client, chosen);
    return chosen;
  }

  #chooseBySession(sid: string | undefined): Destination | undefined {
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
    if (this.#sticky === undefined) return;
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
