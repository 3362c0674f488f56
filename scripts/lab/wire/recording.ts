// Keeps what was seen of an attempt, and tells it as a trace.
import { findChecked } from "./check-lines.ts";
import type { MessageReader } from "./http-message.ts";
import type { Step, Trace } from "../../model/trace.ts";
import {
  describeFrame,
  describeRequest,
  describeResponse,
  type Whereabouts,
} from "./trace-steps.ts";
import type { Frame } from "./websocket-frames.ts";
import { MessageAssembly } from "./websocket-messages.ts";

type From = Step["from"];
type Described = Step extends infer Kind
  ? Kind extends Step
    ? Omit<Kind, Whereabouts>
    : never
  : never;

interface Seen {
  from: From;
  /** Undefined if there is nothing to say yet. */
  describe: () => Described | undefined;
  /** Whether it will be described the same for ever; until then it is asked each time a trace is made. */
  isFinal: () => boolean;
}

interface Entry extends Seen {
  at: number;
  connection: number;
  /** The last word: kept, so that following an attempt costs little. */
  described?: Described | undefined;
}

const isFinal = (): boolean => true;

// A client that retries for ever must not fill the memory.
const MOST_STEPS = 500;

/** All connections of one attempt. */
export class Recording {
  #entries: Entry[] = [];
  /** The last check that was told of each connection. */
  readonly #checks = new Map<number, Entry>();
  #connections = 0;
  #omitted = 0;
  #isOver = false;
  readonly #now: () => number;

  /** @param now the time in milliseconds, since any moment */
  constructor(now: () => number) {
    this.#now = now;
  }

  openConnection(): ConnectionRecording {
    this.#connections += 1;
    const connection = this.#connections;
    return new ConnectionRecording(connection, (seen) => {
      if (this.#hasRoom()) this.#entries.push({ at: this.#now(), connection, ...seen });
    });
  }

  /** From now on nothing is added. */
  end(): void {
    this.#isOver = true;
  }

  #hasRoom(): boolean {
    if (this.#isOver) return false;
    if (this.#entries.length < MOST_STEPS) return true;
    this.#omitted += 1;
    return false;
  }

  /** Adds a check that the server reports, behind what it checked. */
  addCheck(connection: number, what: string): void {
    // What refuses now is no earlier check.
    this.#checks.delete(connection);
    if (!this.#hasRoom()) return;
    const steps = this.#entries.map((entry) => this.#stepOf(entry));
    const index = findChecked(steps, { connection, what });
    const checked = this.#entries[index];
    const entry: Entry = {
      at: checked?.at ?? this.#now(),
      connection: checked?.connection ?? connection,
      from: "server",
      describe: () => ({ kind: "check", what }),
      isFinal,
    };
    // At the end, if nothing is to be seen of what was checked.
    this.#entries.splice(checked === undefined ? steps.length : index + 1, 0, entry);
    this.#checks.set(connection, entry);
  }

  /** Adds why the last check of a connection refused. */
  addReason(connection: number, reason: string): void {
    const entry = this.#checks.get(connection);
    if (entry === undefined || this.#isOver) return;
    const described = entry.describe();
    entry.described = undefined;
    entry.describe = () => described && { ...described, reason };
  }

  trace(): Trace {
    const steps = this.#entries.flatMap((entry) => this.#stepOf(entry) ?? []);
    return this.#omitted > 0 ? { steps, omittedSteps: this.#omitted } : { steps };
  }

  #stepOf(entry: Entry): Step | undefined {
    const described = entry.described ?? entry.describe();
    if (entry.isFinal()) entry.described = described;
    const { at, connection, from } = entry;
    const sinceFirst = at - (this.#entries[0]?.at ?? at);
    const atMs = Math.round(sinceFirst * 100) / 100;
    return described && { atMs, connection, from, ...described };
  }
}

/** One TCP connection of an attempt. */
export class ConnectionRecording {
  /** Counted from 1. */
  readonly connection: number;
  readonly #add: (seen: Seen) => void;
  readonly #messages = { client: new MessageAssembly(), server: new MessageAssembly() };

  constructor(connection: number, add: (seen: Seen) => void) {
    this.connection = connection;
    this.#add = add;
  }

  addRequest(request: MessageReader): void {
    this.#add({
      from: "client",
      describe: () => describeRequest(request),
      isFinal: () => request.state === "complete",
    });
  }

  addResponse(response: MessageReader, request: MessageReader | undefined): void {
    this.#add({
      from: "server",
      describe: () => describeResponse(response, request),
      isFinal: () => response.state === "complete",
    });
  }

  addFrame(from: From, frame: Frame): void {
    const message = this.#messages[from].add(frame);
    this.#add({ from, describe: () => describeFrame(frame, message), isFinal });
  }

  /** @param isCut asked each time, as a response may still come after the client has closed its side */
  addClosed(from: From, isCut: () => boolean): void {
    this.#add({ from, describe: () => ({ kind: "closed", isCut: isCut() }), isFinal: () => false });
  }
}
