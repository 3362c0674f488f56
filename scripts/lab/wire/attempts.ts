// The attempts that are open on the wire: their prefixes, their traces, and the checks that servers report.
import { randomBytes } from "node:crypto";
import { readCheckLine } from "./check-lines.ts";
import type { Destination } from "./link.ts";
import { Recording } from "./recording.ts";
import { prefixOf } from "./request-route.ts";
import type { Trace } from "../../model/trace.ts";

/** The part of the wire that belongs to one attempt. */
export interface WireAttempt {
  readonly id: string;
  /** The path of Socket.IO at the wire's origin: `/attempt/<id>/socket.io/`. */
  readonly path: string;
  /** What stands before every path of the attempt's server: `/attempt/<id>`. */
  readonly prefix: string;
  /** Everything seen so far; also after `close`. */
  trace(): Trace;
  /** Cuts the attempt's connections. From now on its prefix is answered with 404. */
  close(): void;
}

export class WireAttempts {
  readonly #open = new Map<string, Destination>();
  #connected: { localPort: number; to: Destination; connection: number }[] = [];
  readonly #onClose: (destination: Destination) => void;

  /** @param onClose called with what no request may go to any longer */
  constructor(onClose: (destination: Destination) => void) {
    this.#onClose = onClose;
  }

  find(id: string): Destination | undefined {
    return this.#open.get(id);
  }

  /** @param port of the attempt's server, on 127.0.0.1 */
  open(port: number): WireAttempt {
    // No counter: a page of an earlier sandbox that still tries to reconnect must not get into a new attempt.
    const id = randomBytes(6).toString("hex");
    const prefix = prefixOf(id);
    const recording = new Recording(() => performance.now());
    const destination: Destination = {
      port,
      prefix,
      recording,
      onConnected: (localPort, connection) => {
        if (this.#open.has(id)) this.#connected.push({ localPort, to: destination, connection });
      },
    };
    this.#open.set(id, destination);
    const close = (): void => this.#close(id, destination);
    return { id, path: `${prefix}/socket.io/`, prefix, trace: () => recording.trace(), close };
  }

  #close(id: string, destination: Destination): void {
    this.#open.delete(id);
    this.#connected = this.#connected.filter(({ to }) => to !== destination);
    destination.recording?.end();
    this.#onClose(destination);
  }

  /** Adds what a line of a server tells of a check, if it does, to the attempt whose connection the line names. */
  noteServerLine(line: string, serverPort: number | undefined): void {
    const told = readCheckLine(line);
    if (told === undefined) return;
    const from = this.#connected.findLast(
      ({ localPort, to }) => localPort === told.port && to.port === (serverPort ?? to.port),
    );
    if ("what" in told) from?.to.recording?.addCheck(from.connection, told.what);
    else from?.to.recording?.addReason(from.connection, told.reason);
  }
}
