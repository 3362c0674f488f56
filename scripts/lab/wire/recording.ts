// Keeps what was seen of an attempt, and describes it as a trace.
import { decide, findChecked } from "./checks.ts";
import type { MessageReader } from "./http-message.ts";
import { markCookies } from "../../model/mark-cookies.ts";
import { markExpiry } from "../../model/mark-expiry.ts";
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
  id: number;
  at: number;
  connection: number;
  /** The last word: kept, so that following an attempt costs little. */
  described?: Described | undefined;
}

const isFinal = (): boolean => true;

export interface RecordingOptions {
  /** A client that retries for ever must not fill the memory. */
  mostSteps?: number;
  /** Which steps stay where there are more: the first, or, of what is followed for long, the last. */
  keeps?: "first" | "last";
  /** Called with each step once it is complete; those of a connection come in their order. */
  onStep?: (step: Step) => void;
}

/** All connections of one attempt. */
export class Recording {
  readonly #mostSteps: number;
  readonly #keeps: "first" | "last";
  readonly #onStep: RecordingOptions["onStep"];
  readonly #entries: Entry[] = [];
  readonly #listeners = new Set<() => void>();
  #connections = 0;
  /** The numbers of the servers, by connection, where there are several. */
  readonly #servers = new Map<number, number>();
  #ids = 0;
  #beganAt: number | undefined;
  #lost = 0;
  #isOver = false;

  constructor({ mostSteps = 500, keeps = "first", onStep }: RecordingOptions = {}) {
    this.#onStep = onStep;
    this.#mostSteps = mostSteps;
    this.#keeps = keeps;
  }

  /** @param server its number, where there are several */
  openConnection(server?: number): ConnectionRecording {
    this.#connections += 1;
    if (server !== undefined) this.#servers.set(this.#connections, server);
    return new ConnectionRecording(this.#connections, this);
  }

  /** When the first byte came, by the clock of `performance`; undefined before. */
  get beganAt(): number | undefined {
    return this.#beganAt;
  }

  /** From now on nothing is added. */
  end(): void {
    this.#isOver = true;
  }

  /**
   * Calls back each time when the trace may have changed.
   * @returns what ends that
   */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What is known of a step may have changed: more of it has come. */
  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  trace(): Trace {
    const seen = this.#entries.flatMap((entry) => this.#stepOf(entry) ?? []);
    const decided = seen.map((step) =>
      step.kind === "check" ? { ...step, ...decide(seen, step) } : step,
    );
    const beganAgoMs = performance.now() - (this.#beganAt ?? 0);
    const steps = markCookies(markExpiry(decided, Date.now() - beganAgoMs));
    if (this.#lost === 0) return { steps };
    return { steps, [this.#keeps === "first" ? "omittedSteps" : "droppedSteps"]: this.#lost };
  }

  add(connection: number, seen: Seen): Entry {
    const { from, describe, isFinal: isLast } = seen;
    const at = performance.now();
    const entry: Entry = { id: (this.#ids += 1), at, connection, from, describe, isFinal: isLast };
    this.#keep(entry);
    return entry;
  }

  /** Whether somebody wants to be told of each step. */
  get isFollowed(): boolean {
    return this.#onStep !== undefined;
  }

  tell(entry: Entry): void {
    if (this.#isOver) return;
    const step = this.#stepOf(entry);
    if (step !== undefined) this.#onStep?.(step);
  }

  /**
   * Adds a check that the server reports, after the step that it checked; at the end, if that was not seen.
   * @returns adds the reason why it refused
   */
  addCheck(connection: number, what: string): (reason: string) => void {
    const steps = this.#entries.flatMap((entry) => this.#stepOf(entry) ?? []);
    const about = findChecked(steps, { connection, what });
    const checked = this.#entries.findIndex(({ id }) => id === about?.id);
    const { at = performance.now(), connection: on = connection } = this.#entries[checked] ?? {};
    let reason: string | undefined;
    const entry: Entry = {
      id: (this.#ids += 1),
      at,
      connection: on,
      from: "server",
      describe: () => ({
        kind: "check",
        what,
        ...(about && { about: about.id }),
        decision: "open",
        ...(reason !== undefined && { reason }),
      }),
      isFinal: () => false,
    };
    const earlier = steps.filter(
      (step) => step.kind === "check" && step.about === about?.id,
    ).length;
    this.#keep(entry, checked === -1 ? this.#entries.length : checked + 1 + earlier);
    this.changed();
    return (given) => {
      if (this.#isOver) return;
      reason = given;
      this.changed();
    };
  }

  #keep(entry: Entry, position = this.#entries.length): void {
    if (this.#isOver) return;
    this.#beganAt ??= entry.at;
    const isFull = this.#entries.length >= this.#mostSteps;
    if (isFull) this.#lost += 1;
    if (isFull && (this.#keeps === "first" || this.#mostSteps === 0)) return;
    this.#entries.splice(position, 0, entry);
    if (isFull) this.#entries.shift();
  }

  #stepOf(entry: Entry): Step | undefined {
    const described = entry.described ?? entry.describe();
    if (entry.isFinal()) entry.described = described;
    const { id, at, connection, from } = entry;
    const atMs = Math.round((at - this.#beganAt!) * 100) / 100;
    const server = this.#servers.get(connection);
    const numbered = server === undefined ? {} : { server };
    return described && { id, atMs, connection, ...numbered, from, ...described };
  }
}

/** One TCP connection of an attempt. */
export class ConnectionRecording {
  /** Counted from 1. */
  readonly connection: number;
  readonly #recording: Recording;
  readonly #messages = { client: new MessageAssembly(), server: new MessageAssembly() };
  readonly #requestIds = new WeakMap<MessageReader, number>();
  /** Those that nobody has been told of yet, as one of them is not complete. */
  #untold: Entry[] = [];
  #isOver = (): boolean => false;
  /** Adds a reason to the last check of its kind. */
  readonly #explain = new Map<string, (reason: string) => void>();

  constructor(connection: number, recording: Recording) {
    this.connection = connection;
    this.#recording = recording;
  }

  addRequest(request: MessageReader): void {
    const { id } = this.#add({
      from: "client",
      describe: () => describeRequest(request),
      isFinal: () => request.state === "complete",
    });
    this.#requestIds.set(request, id);
  }

  addResponse(response: MessageReader, request: MessageReader | undefined): void {
    const answers = request && this.#requestIds.get(request);
    this.#add({
      from: "server",
      describe: () => describeResponse(response, { request, answers }),
      isFinal: () => response.state === "complete",
    });
  }

  addFrame(from: From, frame: Frame): void {
    const message = this.#messages[from].add(frame);
    this.#add({ from, describe: () => describeFrame(frame, message), isFinal });
  }

  /** @param isCut asked each time, as a response may still come after the client has closed its side */
  addClosed(from: From, isCut: () => boolean, isOver: () => boolean): void {
    const describe = (): Described => ({ kind: "closed", isCut: isCut() });
    this.#add({ from, describe, isFinal: isOver });
    this.#isOver = isOver;
  }

  addCheck(what: string): void {
    this.#explain.set(what, this.#recording.addCheck(this.connection, what));
  }

  /** Adds why a check refused. */
  addReason(what: string, reason: string): void {
    this.#explain.get(what)?.(reason);
  }

  /** More has come, or the connection has ended. */
  changed(): void {
    this.#recording.changed();
    const open = this.#isOver() ? -1 : this.#untold.findIndex((entry) => !entry.isFinal());
    const told = this.#untold.splice(0, open === -1 ? this.#untold.length : open);
    for (const entry of told) this.#recording.tell(entry);
  }

  #add(seen: Seen): Entry {
    const entry = this.#recording.add(this.connection, seen);
    if (this.#recording.isFollowed) this.#untold.push(entry);
    return entry;
  }
}
