// Stores what was seen of an attempt, and describes it as a trace.
import { decide, findChecked } from "./checks.ts";
import { ConnectionRecording } from "./connection-recording.ts";
import { markCookies } from "../../model/mark-cookies.ts";
import { markExpiry } from "../../model/mark-expiry.ts";
import type { Step, Trace } from "../../model/trace.ts";
import type { Whereabouts } from "./trace-steps.ts";

export type Described = Step extends infer Kind
  ? Kind extends Step
    ? Omit<Kind, Whereabouts>
    : never
  : never;

export interface Seen {
  from: Step["from"];
  /** Undefined if there is nothing to say yet. */
  describe: () => Described | undefined;
  /** Whether its description is final; until then each trace describes it again. */
  isFinal: () => boolean;
}

export interface Entry extends Seen {
  id: number;
  at: number;
  connection: number;
  /** The final description, stored so that following an attempt costs little. */
  described?: Described | undefined;
}

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
    const entry: Entry = { ...seen, id: (this.#ids += 1), at: performance.now(), connection };
    this.#keep(entry);
    return entry;
  }

  /** Whether a listener waits for each step. */
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
    const describe = (): Described => ({
      kind: "check",
      what,
      ...(about && { about: about.id }),
      decision: "open",
      ...(reason !== undefined && { reason }),
    });
    const seen: Seen = { from: "server", describe, isFinal: () => false };
    const entry: Entry = { ...seen, id: (this.#ids += 1), at, connection: on };
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
