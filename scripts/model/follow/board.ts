// What a page shows of a trace: the clients and the latest steps of each, within bounds, as long as the trace goes on. Pure.
import type { RequestStep, SeenToken, Step } from "../trace.ts";
import type { Client } from "./clients.ts";
import { Follow, type FoundTrouble, type Sum, type Watched } from "./follow.ts";
import type { Topic } from "./line.ts";

/** A step, and what its lines are about. */
export interface TracedStep {
  step: Step;
  topics: Topic[];
}

/** A client in the list. */
export interface ClientRow {
  /** As in the terminal; 0 for what is not of Socket.IO. */
  number: number;
  /** The latest that it has shown. */
  token: SeenToken | undefined;
  /** Of its handshake. */
  headers: RequestStep["headers"];
  isConnected: boolean;
  /** What came of it last. */
  end: { text: string; isGood: boolean } | undefined;
  troubles: FoundTrouble[];
  /** What its lines are about. */
  topics: Topic[];
  firstAtMs: number;
  lastAtMs: number;
  /** How many steps it has made, those included that are not kept. */
  count: number;
}

export interface BoardQuestion {
  /** The revision that the page has. */
  since: number;
  /** The client whose steps are asked for; null for none. */
  client: number | null;
  /** How many of its steps the page has, or has seen go. */
  after: number;
}

export interface BoardNews {
  revision: number;
  /** Milliseconds since 1970; undefined as long as nothing has come. */
  beganAt: number | undefined;
  /** Those that have changed. */
  clients: ClientRow[];
  /** The numbers of all that are kept. */
  kept: number[];
  /** How many clients are not kept, as too many came after them. */
  forgotten: number;
  /** How many were refused the same way as one that is listed. */
  folded: number;
  /** Of the client that was asked for; `before` counts those before the first of them. */
  steps: { before: number; steps: TracedStep[] } | undefined;
  sum: Sum;
  isOver: boolean;
}

interface Entry extends Pick<ClientRow, "end" | "firstAtMs" | "lastAtMs" | "count"> {
  client: Client | undefined;
  steps: TracedStep[];
  topics: Set<Topic>;
  troubles: Set<FoundTrouble>;
  connections: Set<number>;
  revision: number;
}

/** How many steps of one client are kept, here and on the page. */
export const KEPT_OF_CLIENT = 300;
const MOST_STEPS = 4000;
const MOST_CLIENTS = 200;
const MOST_UNNUMBERED = 100;
const MOST_TROUBLES_OF_CLIENT = 10;
/** So that an answer stays below what may wait for a page that reads slowly. */
const MOST_STEPS_AT_ONCE = 100;
/** The number of what is not of Socket.IO. */
export const OTHERS = 0;

const NOTHING: Sum = { ends: [], troubles: [], heartbeats: 0, others: 0 };

export class Board {
  /** By their numbers; the one that was active last is the last. */
  readonly #listed = new Map<number, Entry>();
  /** Those that have no number yet, or will never have one. */
  readonly #unnumbered = new Map<Client, Entry>();
  #follow: Follow | undefined;
  #beganAt: number | undefined;
  #revision = 0;
  #steps = 0;
  #forgotten = 0;
  #folded = 0;
  #isOver = false;

  /** Begins. @param beganAt milliseconds since 1970 */
  follow(beganAt: number): Follow {
    this.#beganAt = beganAt;
    return (this.#follow = new Follow(beganAt, (watched) => this.#add(watched)));
  }

  end(): void {
    this.#isOver = true;
  }

  read({ since, client, after }: BoardQuestion): BoardNews {
    this.#listNumbered();
    const changed = [...this.#listed].filter(([, { revision }]) => revision > since);
    const chosen = client === null ? undefined : this.#listed.get(client);
    return {
      revision: this.#revision,
      beganAt: this.#beganAt,
      clients: changed.map(([number, entry]) => rowOf(number, entry)),
      kept: [...this.#listed.keys()],
      forgotten: this.#forgotten,
      folded: this.#folded,
      steps: chosen && stepsAfter(chosen, after),
      sum: this.#follow?.sum() ?? NOTHING,
      isOver: this.#isOver,
    };
  }

  #add({ followed, told, troubles }: Watched): void {
    const { step, client, request } = followed;
    const isOther = client === undefined;
    if (isOther && told.length + troubles.length === 0) return;
    const entry = this.#entryOf(client, step.atMs);
    const topics = new Set(told.map(({ topic }) => topic));
    if (troubles.length > 0) topics.add("troubles");
    if (isOther && request !== undefined) this.#keep(entry, { step: request, topics: [...topics] });
    this.#keep(entry, { step, topics: [...topics] });
    note(entry, { topics, told, troubles });
    entry.lastAtMs = step.atMs;
    if (step.kind === "closed") entry.connections.delete(step.connection);
    else entry.connections.add(step.connection);
    entry.revision = this.#revision += 1;
    this.#list(entry);
    while (this.#steps > MOST_STEPS) this.#forgetSteps();
  }

  #entryOf(client: Client | undefined, atMs: number): Entry {
    const number = client === undefined ? OTHERS : client.number;
    const known =
      (number === undefined ? undefined : this.#listed.get(number)) ??
      (client && this.#unnumbered.get(client));
    return known ?? newEntry(client, atMs);
  }

  #keep(entry: Entry, traced: TracedStep): void {
    entry.steps.push(traced);
    entry.count += 1;
    this.#steps += 1;
    if (entry.steps.length <= KEPT_OF_CLIENT) return;
    entry.steps.shift();
    this.#steps -= 1;
  }

  /** Puts it last. A client gets its number when it is first told. */
  #list(entry: Entry): void {
    const { client } = entry;
    const number = client === undefined ? OTHERS : client.number;
    if (client !== undefined) this.#unnumbered.delete(client);
    if (number !== undefined) {
      this.#listed.delete(number);
      this.#listed.set(number, entry);
      this.#forgetOldest();
    } else if (entry.connections.size === 0) this.#drop(entry);
    else {
      this.#unnumbered.set(client!, entry);
      if (this.#unnumbered.size > MOST_UNNUMBERED) this.#drop(first(this.#unnumbered));
    }
  }

  /** It went the way of one that is listed. */
  #drop(entry: Entry): void {
    this.#unnumbered.delete(entry.client!);
    this.#steps -= entry.steps.length;
    this.#folded += 1;
  }

  #forgetOldest(): void {
    if (this.#listed.size <= MOST_CLIENTS) return;
    const [number, entry] = [...this.#listed].find(([each]) => each !== OTHERS)!;
    this.#listed.delete(number);
    this.#steps -= entry.steps.length;
    this.#forgotten += 1;
  }

  /** Those of the client that was active the longest ago. */
  #forgetSteps(): void {
    const all = [...this.#unnumbered.values(), ...this.#listed.values()];
    const entry = all.find(({ steps }) => steps.length > 0)!;
    this.#steps -= entry.steps.length;
    entry.steps = [];
  }

  /** Some were held back for a moment, and then told. */
  #listNumbered(): void {
    for (const entry of this.#unnumbered.values())
      if (entry.client?.number !== undefined) {
        entry.revision = this.#revision += 1;
        this.#list(entry);
      }
  }
}

function first<Value>(map: Map<unknown, Value>): Value {
  return [...map.values()][0]!;
}

function newEntry(client: Client | undefined, atMs: number): Entry {
  return {
    client,
    steps: [],
    topics: new Set(),
    troubles: new Set(),
    connections: new Set(),
    end: undefined,
    firstAtMs: atMs,
    lastAtMs: atMs,
    count: 0,
    revision: 0,
  };
}

function note(
  entry: Entry,
  { topics, told, troubles }: { topics: Set<Topic> } & Omit<Watched, "followed">,
): void {
  for (const topic of topics) entry.topics.add(topic);
  for (const trouble of troubles)
    if (entry.troubles.size < MOST_TROUBLES_OF_CLIENT) entry.troubles.add(trouble);
  for (const { text, tone, topic } of told)
    if (tone === "good" || topic === "refused") entry.end = { text, isGood: tone === "good" };
}

function rowOf(number: number, entry: Entry): ClientRow {
  const { client, connections, end, troubles, topics, firstAtMs, lastAtMs, count } = entry;
  return {
    number,
    token: client?.tokens.at(-1),
    headers: client?.first.headers ?? {},
    isConnected: connections.size > 0,
    end,
    troubles: [...troubles],
    topics: [...topics],
    firstAtMs,
    lastAtMs,
    count,
  };
}

function stepsAfter({ steps, count }: Entry, after: number): BoardNews["steps"] {
  const gone = count - steps.length;
  const before = Math.max(gone, after);
  return { before, steps: steps.slice(before - gone, before - gone + MOST_STEPS_AT_ONCE) };
}
