// One connection of an attempt: how it opens, what it asks and receives, how it ends. Runs in Node and in a page alike.
import type { ManagerOptions, Socket, SocketOptions } from "socket.io-client";
import type { GivenAct, ResultOf } from "../model/acts.ts";
import type { Transport, User } from "../model/vocabulary.ts";
import { createApp, RETRY_OPTIONS } from "./app.ts";
import { type Opened, untilAnswered } from "./opening.ts";
import { present } from "./presenting.ts";
import { since, type TimeLimit } from "./time-limit.ts";
import { watchTransports } from "./transports.ts";

/** As `io` takes them. */
export type OwnOptions = Partial<ManagerOptions & SocketOptions>;

/** `io` of socket.io-client. */
export type Connector = (origin: string, options: OwnOptions) => Socket;

/** How a connection ended. */
interface End {
  reason: string;
  willRetry: boolean;
}

/**
 * A server may know nothing of an event, and then no acknowledgement ever comes. An answer takes a few milliseconds, on a
 * machine with much else to do a second, and one that waits in vain for another server three; given up too early, the
 * outcome would say that the client is connected as nobody.
 */
const ACKNOWLEDGEMENT_TIMEOUT_MS = 4_000;
const UPGRADE_TIMEOUT_MS = 2_000;

export interface Place {
  /** `http://host:port`, without a path. */
  origin: string;
  /** What stands before every path. */
  prefix: string;
  limit: TimeLimit;
  /** The origin of the page that it says it comes from. */
  page?: string | undefined;
  /** What a person wrote, with the token in it, in place of what the act says. */
  own?: OwnOptions | undefined;
  /** The connection whose session it uses; undefined: it opens one. */
  shared?: Connection | undefined;
}

export class Connection {
  /** All events that came, as `[name, ...args]`, oldest first. */
  readonly received: unknown[][] = [];
  /** The token that it presented last; null for none. */
  token: string | null = null;
  readonly socket: Socket;
  readonly limit: TimeLimit;
  readonly #act: GivenAct<"connect">;
  readonly #place: Place;
  /** Those of the connection that was tried last. */
  #transports!: ReturnType<typeof watchTransports>;
  /** Undefined while it is connected, and where it never was. */
  #end: End | undefined;
  /** How often, since it was opened. */
  #connected = 0;
  /** The events that nobody has waited for. */
  readonly #inbox: unknown[][] = [];
  /** Called whenever something has changed. */
  readonly #watchers = new Set<() => void>();

  /** Shares nothing with any other connection, unless it is to use the session of one. */
  constructor(io: Connector, place: Place, act: GivenAct<"connect">) {
    this.limit = place.limit;
    this.#act = act;
    this.#place = place;
    this.socket = socketFor(io, place, act);
    this.socket.onAny((...args: unknown[]) => {
      // A function among the arguments is the server's wish for an acknowledgement.
      const event = args.filter((each) => typeof each !== "function");
      this.received.push(event);
      this.#inbox.push(event);
      this.#tellWatchers();
    });
    this.socket.on("connect", () => {
      this.#end = undefined;
      this.#connected += 1;
      this.#tellWatchers();
    });
    // Each try has an engine of its own, made right after this event.
    this.socket.io.on("reconnect_attempt", () => queueMicrotask(() => this.#watchTransports()));
    this.socket.on("disconnect", (reason) => {
      // Without `reconnection` it is only ready to.
      const willRetry = this.socket.active && this.socket.io.reconnection();
      this.#end = { reason, willRetry };
      this.#tellWatchers();
    });
  }

  get isConnected(): boolean {
    return this.socket.connected;
  }

  /** Whether it was connected and is not any more. */
  get hasEnded(): boolean {
    return this.#end !== undefined;
  }

  /** Connects with that token, once more if it was closed. */
  async open(token: string | null): Promise<ResultOf<"connect">> {
    const startedAt = performance.now();
    this.#connected = 0;
    this.socket.io.reconnection(this.#place.own?.reconnection ?? true);
    this.#present(token);
    const app = createApp(this.#act, this.socket, (fresh) => {
      this.#present(fresh);
      // A client that tries again anyway sends it after its delay; `disconnect` would reset the delays.
      if (!this.socket.active) this.#connect();
    });
    this.#connect();
    const answered = untilAnswered(this.socket, app);
    const opened = await this.limit.within(Infinity, answered, () => undefined);
    const durationMs = since(startedAt);
    if (opened === undefined) return { result: "unanswered", durationMs };
    const transports = this.#transports;
    const firstTransport = transports.first();
    if (opened.result === "refused")
      return { ...opened, ...app.counts(), refusedBy: refuser(opened, firstTransport), durationMs };
    // Asked at once, as an app would: with nothing to say, Engine.IO 6.6 lets an upgrade wait 100 ms for the poll under way.
    const [user, lastTransport] = await Promise.all([
      this.whoami(),
      this.limit.within(UPGRADE_TIMEOUT_MS, transports.settled, () => transports.now()),
    ]);
    return {
      result: "connected",
      user,
      firstTransport: firstTransport!,
      lastTransport,
      ...app.counts(),
      durationMs,
    };
  }

  #present(token: string | null): void {
    this.token = token;
    present(this, this.#act, this.#place);
  }

  #connect(): void {
    this.socket.connect();
    this.#watchTransports();
  }

  #watchTransports(): void {
    const wanted = (this.#place.own?.transports ?? this.#act.transports) as Transport[];
    this.#transports = watchTransports(this.socket.io.engine, wanted);
  }

  /** The user that the server knows; undefined if it does not answer with one. */
  async whoami(): Promise<User | undefined> {
    const answer = await this.ask("whoami");
    const user = answer !== undefined && "reply" in answer ? answer.reply : undefined;
    const { id, username } = (user ?? {}) as Partial<User>;
    return typeof id === "number" && typeof username === "string" ? { id, username } : undefined;
  }

  /** Sends an event. @returns its acknowledgement, or how the connection ended; undefined if nothing came in time */
  async ask(event: string, ...args: unknown[]): Promise<{ reply: unknown } | End | undefined> {
    let answer: { reply: unknown } | undefined;
    this.socket.emit(event, ...args, (reply: unknown) => {
      answer = { reply: reply ?? null };
      this.#tellWatchers();
    });
    return this.until(() => answer ?? this.#end, ACKNOWLEDGEMENT_TIMEOUT_MS);
  }

  /** The arguments of the next such event, or how the connection ended before it came; undefined if neither came in time. */
  next(event: string): Promise<unknown[] | End | undefined> {
    return this.until(() => {
      const at = this.#inbox.findIndex(([name]) => name === event);
      return at === -1 ? this.#end : this.#inbox.splice(at, 1)[0]!.slice(1);
    });
  }

  /** How the connection ended; undefined if it did not in time. */
  ended(): Promise<End | undefined> {
    return this.until(() => this.#end);
  }

  /** Whether it was lost and is open again, since it was opened or this was asked before; undefined if not in time. */
  async returned(): Promise<true | undefined> {
    const isBack = await this.until(() => (this.isConnected && this.#connected > 1) || undefined);
    this.#connected = 1;
    return isBack;
  }

  /** Ends the connection, and waits for nothing. */
  close(): void {
    this.socket.disconnect();
  }

  #tellWatchers(): void {
    for (const look of this.#watchers) look();
  }

  /**
   * Looks now, and whenever it was connected or disconnected, or an event or an acknowledgement has come.
   * @returns undefined if nothing was found in time
   */
  async until<Found>(
    find: () => Found | undefined,
    limitMs = Infinity,
  ): Promise<Found | undefined> {
    let resolve!: (value: Found) => void;
    const found = new Promise<Found>((take) => {
      resolve = take;
    });
    const look = (): void => {
      const value = find();
      if (value === undefined) return;
      // Looked for once more, a further event would be lost.
      this.#watchers.delete(look);
      resolve(value);
    };
    this.#watchers.add(look);
    look();
    try {
      return await this.limit.within(limitMs, found, () => undefined);
    } finally {
      this.#watchers.delete(look);
    }
  }
}

function socketFor(
  io: Connector,
  { origin, prefix, own, shared }: Place,
  act: GivenAct<"connect">,
): Socket {
  const { namespace = "", transports, tryAllTransports, afterRefusal, credential } = act;
  if (shared !== undefined) return shared.socket.io.socket(namespace);
  const retries = afterRefusal === undefined ? {} : RETRY_OPTIONS;
  const withCredentials = credential === "cookie";
  const options = own ?? { transports, tryAllTransports, withCredentials, ...retries };
  const path = `${prefix}/socket.io/`;
  return io(origin + namespace, { ...options, path, forceNew: true, autoConnect: false });
}

/** Who refused a client that had, or had not, opened a session. */
function refuser(
  { status }: Opened & { result: "refused" },
  firstTransport: Transport | undefined,
): "handshake" | "session" | "namespace" {
  if (firstTransport === undefined) return "handshake";
  return status === undefined ? "namespace" : "session";
}
