// The attempts that are open on the wire: their prefixes, their traces, and the checks that servers report.
import { randomBytes } from "node:crypto";
import { readCheckLine } from "./check-lines.ts";
import { connectPlainly, type Destination } from "./link.ts";
import { type ConnectionRecording, Recording, type RecordingOptions } from "./recording.ts";
import { prefixOf } from "./request-route.ts";
import type { Trace } from "../../model/trace.ts";

/** A server, and how to record what goes to it. */
export interface Target extends RecordingOptions {
  /** 127.0.0.1, if left out. */
  host?: string;
  port: number;
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
  /** Cuts the attempt's connections. From now on its prefix is answered with 404. */
  close(): void;
}

export class WireAttempts {
  readonly #open = new Map<string, Destination>();
  /** By the ports of both ends, as servers name them in their logs. A pair of ports that comes again is the later one's. */
  readonly #connections = new Map<string, { of: Destination; connection: ConnectionRecording }>();
  readonly #onClose: (destination: Destination) => void;

  /** @param onClose called with what no request may go to any longer */
  constructor(onClose: (destination: Destination) => void) {
    this.#onClose = onClose;
  }

  find(id: string): Destination | undefined {
    return this.#open.get(id);
  }

  open({ host = "127.0.0.1", port, ...options }: Target): WireAttempt {
    // No counter: a page of an earlier sandbox that still tries to reconnect must not get into a new attempt.
    const id = randomBytes(6).toString("hex");
    const prefix = prefixOf(id);
    const recording = new Recording(options);
    const destination: Destination = {
      connect: () => connectPlainly(port, host),
      prefix,
      recording,
      onConnected: (localPort, connection) => {
        if (this.#open.has(id))
          this.#connections.set(`${port} ${localPort}`, { of: destination, connection });
      },
    };
    this.#open.set(id, destination);
    return {
      id,
      path: `${prefix}/socket.io/`,
      prefix,
      trace: () => recording.trace(),
      onChange: (listener) => recording.onChange(listener),
      close: () => {
        recording.end();
        this.#close(id, destination);
      },
    };
  }

  #close(id: string, destination: Destination): void {
    this.#open.delete(id);
    for (const [ports, { of }] of this.#connections)
      if (of === destination) this.#connections.delete(ports);
    this.#onClose(destination);
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
