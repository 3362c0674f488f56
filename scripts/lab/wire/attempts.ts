// The attempts that are open on the wire: their prefixes, their traces, and the checks that servers report.
import { randomBytes } from "node:crypto";
import { Balancer } from "./balancer.ts";
import { readCheckLine } from "./check-lines.ts";
import { connectPlainly, type Destination } from "./link.ts";
import type { ConnectionRecording } from "./connection-recording.ts";
import { Recording, type RecordingOptions } from "./recording.ts";
import { prefixOf, type Route } from "./request-route.ts";
import type { Trace } from "../../model/trace.ts";
import type { Sticky } from "../../model/vocabulary.ts";

/** A server, or several at one address, and how to record what goes to them. */
export interface Target extends RecordingOptions {
  /** 127.0.0.1, if left out. */
  host?: string;
  port: number;
  /** Those of the further servers: each request goes to the next one. */
  furtherPorts?: readonly number[];
  /** Which requests go to a server that was chosen before; without it, none. */
  sticky?: Sticky | undefined;
  /** Ends one of them by force, as a client asked; the number is counted from 1. */
  onKill?: (server: number) => Promise<void>;
}

/** The part of the wire that belongs to one attempt. */
export interface WireAttempt {
  readonly id: string;
  /** The path of Socket.IO at the wire's origin: `/attempt/<id>/socket.io/`. */
  readonly path: string;
  /** What stands before every path of the attempt's server: `/attempt/<id>`. */
  readonly prefix: string;
  /** Everything seen so far; also after `close`. */
  trace(): Trace;
  /** Calls back each time when the trace may have changed. @returns what ends that */
  onChange(listener: () => void): () => void;
  /** Cuts the attempt's connections. From now on its prefix gets 404. */
  close(): void;
}

type Kill = (server: number) => Promise<boolean>;

export class WireAttempts {
  readonly #open = new Map<string, { balancer: Balancer; kill: Kill }>();
  /** By the ports of both ends, as servers name them in their logs. A pair of ports that comes again is the later one's. */
  readonly #connections = new Map<string, { of: Destination; connection: ConnectionRecording }>();
  readonly #onClose: (destination: Destination) => void;

  /** @param onClose called with what no request may go to any longer */
  constructor(onClose: (destination: Destination) => void) {
    this.#onClose = onClose;
  }

  /** @param client the TCP connection that the request comes on */
  find(route: Route, client: object): Destination | undefined {
    return this.#open.get(route.attemptId ?? "")?.balancer.choose(route, client);
  }

  /** Ends a server of an attempt by force. No request goes there any more. @returns whether there is such a server */
  async kill(attemptId: string, server: number): Promise<boolean> {
    return (await this.#open.get(attemptId)?.kill(server)) ?? false;
  }

  open(target: Target): WireAttempt {
    const { host = "127.0.0.1", port, furtherPorts = [], sticky, onKill, ...options } = target;
    // No counter: a page of an earlier sandbox that still tries to reconnect must not get into a new attempt.
    const id = randomBytes(6).toString("hex");
    const prefix = prefixOf(id);
    const recording = new Recording(options);
    const balancer = new Balancer(sticky);
    const servers = [port, ...furtherPorts].map((at, index) => {
      const server: Destination = {
        connect: () => connectPlainly(at, host),
        prefix,
        recording,
        ...(furtherPorts.length > 0 && { number: index + 1 }),
        onAnswer: (response) => balancer.noteAnswer(server, response),
        onConnected: (localPort, connection) => {
          if (this.#open.has(id))
            this.#connections.set(`${at} ${localPort}`, { of: server, connection });
        },
      };
      balancer.add(server);
      return server;
    });
    const kill: Kill = async (number) => {
      const server = servers[number - 1];
      if (server === undefined || onKill === undefined) return false;
      balancer.remove(server);
      await onKill(number);
      return true;
    };
    this.#open.set(id, { balancer, kill });
    return {
      id,
      path: `${prefix}/socket.io/`,
      prefix,
      trace: () => recording.trace(),
      onChange: (listener) => recording.onChange(listener),
      close: () => {
        recording.end();
        this.#open.delete(id);
        for (const server of servers) this.#forget(server);
      },
    };
  }

  #forget(server: Destination): void {
    for (const [ports, { of }] of this.#connections)
      if (of === server) this.#connections.delete(ports);
    this.#onClose(server);
  }

  /**
   * Adds the check that a server's log line reports, if it reports one, to the attempt whose connection it names.
   * @returns the prefix of that attempt
   */
  noteServerLine(line: string, serverPort: number): string | undefined {
    const report = readCheckLine(line);
    if (report === undefined) return undefined;
    const { of, connection } = this.#connections.get(`${serverPort} ${report.port}`) ?? {};
    if (report.reason === undefined) connection?.addCheck(report.what);
    else connection?.addReason(report.what, report.reason);
    return of?.prefix;
  }
}
