// One connection of an attempt: how it opened, what it asked and what it received. Runs in Node and in the page alike.
import type { ManagerOptions, Socket, SocketOptions } from "socket.io-client";
import type { Attempt } from "../model/attempt.ts";
import type { Refused, Unanswered } from "../model/outcome.ts";
import { type ConnectError, readRefusal } from "./refusal.ts";
import type { TimeLimit } from "./time-limit.ts";
import type { Transport } from "../model/vocabulary.ts";

type Options = Partial<ManagerOptions & SocketOptions>;

/** `io` of socket.io-client. */
export type Connector = (origin: string, options: Options) => Socket;

type Engine = Socket["io"]["engine"];

export interface Connection {
  /** Resolves once the client is connected (undefined) or knows that it is not. */
  opened: Promise<Refused | Unanswered | undefined>;
  /** The transport when the session opened. */
  readonly firstTransport: Transport;
  /** From the start until the client was connected. */
  readonly durationMs: number;
  /** The events that came, as `[name, ...args]`. */
  readonly received: readonly unknown[][];
  /** Resolves with the transport once no upgrade is under way any more. */
  settledTransport(): Promise<Transport>;
  /** Sends an event; resolves with its acknowledgement, or undefined if none came. */
  ask(name: string, ...args: unknown[]): Promise<unknown>;
  close(): void;
}

/**
 * A server may know nothing of an event, and then no acknowledgement ever comes. An answer takes a few milliseconds, on a
 * machine with much else to do a second; given up too early, the outcome would say that the client is connected as nobody.
 */
const ACKNOWLEDGEMENT_TIMEOUT_MS = 3_000;
const UPGRADE_TIMEOUT_MS = 2_000;

/** Opens a connection that shares nothing with any other. @param limit of the whole attempt */
export function openConnection(connect: Connector, attempt: Attempt, limit: TimeLimit): Connection {
  const startedAt = performance.now();
  const socket = connect(attempt.origin, optionsOf(attempt));
  const transports = watchTransports(socket.io.engine, attempt.transports);
  const received: unknown[][] = [];
  // A function among the arguments is the server's wish for an acknowledgement.
  socket.onAny((...args: unknown[]) =>
    received.push(args.filter((each) => typeof each !== "function")),
  );
  let durationMs = 0;
  const opened = waitUntilOpen(socket, limit).then((end): Refused | Unanswered | undefined => {
    durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
    if (end === "connected") return undefined;
    if (end === "unanswered") return { result: "unanswered", durationMs };
    const refusedBy = transports.first() === undefined ? "handshake" : "namespace";
    return { result: "refused", refusedBy, ...end, durationMs };
  });
  return {
    opened,
    received,
    get firstTransport() {
      return transports.first()!;
    },
    get durationMs() {
      return durationMs;
    },
    settledTransport: () =>
      limit.within(UPGRADE_TIMEOUT_MS, transports.settled, () => transports.now()),
    ask: (name, ...args) => ask(socket, [name, ...args], limit),
    close: () => void socket.disconnect(),
  };
}

function optionsOf({
  path,
  transports,
  tryAllTransports,
  credential,
  scheme,
  token,
}: Attempt): Options {
  const options: Options = { path, transports, tryAllTransports, forceNew: true };
  if (token === undefined || credential === "none") return options;
  if (credential === "payload") return { ...options, auth: { token } };
  return { ...options, extraHeaders: { authorization: `${scheme} ${token}` } };
}

type Failure = Omit<Refused, "result" | "refusedBy" | "durationMs">;

// `active` is read before anything else happens; the first answer is the outcome, so the client is not let go on.
function waitUntilOpen(
  socket: Socket,
  limit: TimeLimit,
): Promise<"connected" | "unanswered" | Failure> {
  const end = new Promise<"connected" | Failure>((resolve) => {
    const refuse = (error: ConnectError): void => {
      const willRetry = socket.active;
      socket.disconnect();
      resolve({ ...readRefusal(error), willRetry });
    };
    socket.once("connect", () => resolve("connected"));
    socket.once("connect_error", refuse);
    // The session ended before the namespace answered.
    socket.once("disconnect", (reason) => refuse(new Error(reason)));
  });
  return limit.within(Infinity, end, () => "unanswered" as const);
}

interface TransportWatch {
  /** Undefined until a session opened. */
  first(): Transport | undefined;
  now(): Transport;
  settled: Promise<Transport>;
}

// Listens to the engine's "handshake": by the time the socket says "connect", the upgrade may be over already.
function watchTransports(engine: Engine, wanted: Transport[]): TransportWatch {
  let first: Transport | undefined;
  const now = (): Transport => engine.transport.name as Transport;
  const settled = new Promise<Transport>((resolve) => {
    const settle = (): void => resolve(now());
    engine.once("handshake", ({ upgrades }) => {
      first = now();
      // With `tryAllTransports` those before the first one that worked are out of the game.
      const left = wanted.slice(wanted.indexOf(first));
      if (!left.some((transport) => upgrades.includes(transport))) settle();
    });
    for (const event of ["upgrade", "upgradeError", "close"] as const) engine.once(event, settle);
  });
  return { first: () => first, now, settled };
}

function ask(socket: Socket, message: [string, ...unknown[]], limit: TimeLimit): Promise<unknown> {
  if (!socket.connected) return Promise.resolve(undefined);
  const reply = new Promise<unknown>((resolve) => {
    socket.emit(...message, resolve);
    socket.once("disconnect", () => resolve(undefined));
  });
  return limit.within(ACKNOWLEDGEMENT_TIMEOUT_MS, reply, () => undefined);
}
