// One TCP connection of a client. Browsers use one for page requests and several attempts in turn, so each request goes
// where its own first line says; the bytes pass untouched, but for the prefix of an attempt: it is taken off the paths of
// requests, and put before the paths of cookies.
import type { Socket } from "node:net";
import { type Destination, Link, type LinkListener } from "./link.ts";
import { resetSocket } from "./reset-socket.ts";
import { hasHead, rewriteHead, without } from "./request-bytes.ts";
import { readRoute, type Route } from "./request-route.ts";

/**
 * The server for a request: one of its attempt, or the wire's own; undefined if there is no such attempt.
 * @param client the same object for all requests of a TCP connection
 */
export type FindDestination = (route: Route, client: object) => Destination | undefined;

interface Options {
  find: FindDestination;
  /** How long the client may take for the first line of a request, and to close its side once nobody answers it any more. */
  patienceMs: number;
}

const NO_BYTES: Buffer = Buffer.alloc(0);

// What Node's own HTTP server answers to half a request (RFC 9110 §15.5.9).
const TOO_LATE = "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n";

export class ClientConnection implements LinkListener {
  readonly #socket: Socket;
  readonly #find: FindDestination;
  readonly #patienceMs: number;
  readonly #links = new Map<Destination, Link>();
  #current: Link | undefined;
  /** Found for a request that has yet to pass: each request is looked up once, since a second search may find another server. */
  #found: Destination | undefined;
  /** What the client sent and what has gone nowhere yet. */
  #pending = NO_BYTES;
  #hasEnded = false;
  #isRefused = false;
  #isServerFull = false;
  /** What is pending waits for an answer, and not for the rest of its first line. */
  #isHeld = false;
  /** Runs while the wire itself waits for the client, and no server does. */
  #timer: NodeJS.Timeout | undefined;

  constructor(socket: Socket, { find, patienceMs }: Options) {
    this.#socket = socket;
    this.#find = find;
    this.#patienceMs = patienceMs;
    this.#watchTheClock();
    socket.on("data", (bytes) => {
      // A server that has ended its side may still take what comes.
      if (socket.writableEnded && !this.#isRefused) this.#stopTheClock();
      this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
      this.#advance();
    });
    socket.on("end", () => {
      this.#hasEnded = true;
      this.#advance();
    });
    socket.on("drain", () => {
      for (const link of this.#links.values()) link.resume();
    });
    socket.on("error", () => this.#resetLinks());
    socket.on("close", () => {
      this.#stopTheClock();
      for (const link of this.#links.values()) link.close();
    });
  }

  /** Ends the connection to a server that is there no longer, and with it what the client has under way there. */
  drop(destination: Destination): void {
    if (destination === this.#found) this.#found = undefined;
    const link = this.#links.get(destination);
    if (link === undefined) return;
    const isInUse = link === this.#current && !link.conversation.isIdle;
    this.#forget(destination, link);
    link.reset();
    if (isInUse) this.destroy();
    else this.#advance();
  }

  destroy(): void {
    this.#socket.destroy();
    this.#resetLinks();
  }

  // --- From the client ---

  /** Passes on what can be passed on now. While something waits for an answer, the client is not read. */
  #advance(): void {
    this.#isHeld = false;
    while (this.#pending.length > 0 && !this.#isHeld) {
      const link = this.#linkForPending();
      if (link === undefined) break;
      this.#pass(link);
    }
    if (this.#isRefused) this.#pending = NO_BYTES;
    if (this.#hasEnded && this.#pending.length === 0) this.#endLinks();
    this.#readOrWait();
    this.#watchTheClock();
  }

  #pass(link: Link): void {
    const used = link.conversation.readFromClient(this.#pending);
    if (!link.write(this.#pending.subarray(0, used))) this.#isServerFull = true;
    this.#pending = this.#pending.subarray(used);
  }

  /** The link that the pending bytes belong to; undefined if they have to wait. */
  #linkForPending(): Link | undefined {
    if (this.#isRefused) return undefined;
    // The server has ended its side and answers no more requests; it may still take what comes.
    if (this.#socket.writableEnded) return this.#current;
    const phase = this.#current?.conversation.phase ?? "between requests";
    if (phase === "upgrade asked") return this.#hold();
    if (phase !== "between requests") return this.#current;
    const route = readRoute(this.#pending, this.#hasEnded);
    return route && this.#follow(route);
  }

  #hold(): undefined {
    this.#isHeld = true;
  }

  /** A request to the same server as the one before passes at once; to another, once all before it are answered. */
  #follow(route: Route): Link | undefined {
    const destination = (this.#found ??= this.#find(route, this));
    const link = destination && this.#links.get(destination);
    const isSame = link !== undefined && link === this.#current;
    if (!isSame && this.#current?.conversation.isIdle === false) return this.#hold();
    if (destination === undefined) return this.#refuse(route);
    const rewrite = destination.rewriteHead;
    if (rewrite !== undefined && !hasHead(this.#pending, this.#hasEnded)) return undefined;
    this.#found = undefined;
    if (!isSame) this.#isServerFull = false;
    this.#current = link ?? this.#open(destination);
    this.#pending = without(this.#pending, route.targetIndex, destination.prefix.length);
    if (rewrite !== undefined) this.#pending = rewriteHead(this.#pending, rewrite);
    this.#current.conversation.beginRequest();
    return this.#current;
  }

  #open(destination: Destination): Link {
    const link = new Link(destination, this);
    this.#links.set(destination, link);
    return link;
  }

  /** Answers a request to an attempt that was closed, or never opened. What follows on the connection is not read. */
  #refuse({ method }: Route): undefined {
    const body = method === "HEAD" ? "" : "There is no such attempt, or no longer.\n";
    const headers = `Content-Type: text/plain\r\nContent-Length: ${body.length}\r\nConnection: close`;
    this.#isRefused = true;
    this.#socket.end(`HTTP/1.1 404 Not Found\r\n${headers}\r\n\r\n${body}`);
  }

  #readOrWait(): void {
    if (this.#isServerFull || this.#isHeld) this.#socket.pause();
    else this.#socket.resume();
  }

  // --- The clock ---

  // A server bounds how long it waits for the rest of a request, and for the next one on a connection that it has open. The
  // wire bounds what no server knows of: a connection that asks for nothing, or for half a line, or that never closes.
  #watchTheClock(): void {
    if (!this.#isWaitedForHere()) this.#stopTheClock();
    else this.#timer ??= setTimeout(() => this.#giveUp(), this.#patienceMs).unref();
  }

  #stopTheClock(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #isWaitedForHere(): boolean {
    if (this.#socket.destroyed || this.#isHeld) return false;
    if (this.#socket.writableEnded) return true;
    return this.#current === undefined || this.#isInALine;
  }

  /** Some of the first line of a request is there, and not all of it. */
  get #isInALine(): boolean {
    const phase = this.#current?.conversation.phase ?? "between requests";
    return phase === "between requests" && this.#pending.length > 0;
  }

  #giveUp(): void {
    this.#timer = undefined;
    if (this.#socket.writableEnded) return this.destroy();
    this.#isRefused = true;
    this.#socket.end(this.#isInALine ? TOO_LATE : "");
    this.#advance();
  }

  // --- From the servers ---

  data(link: Link, bytes: Buffer): boolean {
    // What a server sends unasked, on a connection that is not in use, would mix with the answer of another server.
    if (link !== this.#current || !this.#socket.writable) return true;
    const hasRoom = this.#socket.write(bytes);
    this.#advance();
    return hasRoom;
  }

  drain(link: Link): void {
    if (link !== this.#current) return;
    this.#isServerFull = false;
    this.#readOrWait();
  }

  end(link: Link): void {
    // A server that the client does not use just now may close a connection that is idle.
    if (link !== this.#current) return this.#forgetLink(link);
    this.#socket.end();
    this.#watchTheClock();
  }

  reset(link: Link): void {
    if (link === this.#current) resetSocket(this.#socket);
    else this.#forgetLink(link);
  }

  #forgetLink(link: Link): void {
    for (const [destination, known] of this.#links)
      if (known === link) this.#forget(destination, link);
    link.close();
  }

  #forget(destination: Destination, link: Link): void {
    this.#links.delete(destination);
    if (link === this.#current) this.#current = undefined;
  }

  #endLinks(): void {
    for (const link of this.#links.values()) link.end();
    if (this.#current === undefined) this.#socket.end();
  }

  #resetLinks(): void {
    for (const link of this.#links.values()) link.reset();
  }
}
