// What a page shows of a trace: the clients and the latest steps of each, within bounds, as long as the trace goes on. Pure.
import {
  type ClientRow,
  type Entry,
  type LaterSteps,
  newEntry,
  noteStep,
  rowOf,
  stepsAfter,
  type TracedStep,
} from "./board-entry.ts";
import type { Client } from "./clients.ts";
import { Follow, type Sum, type Watched } from "./follow.ts";

export interface BoardQuestion {
  /** The revision that the page has. */
  since: number;
  /** The client whose steps are wanted; null for none. */
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
  /** The numbers of all that are stored. */
  kept: number[];
  /** How many clients are no longer stored, since too many came after them. */
  forgotten: number;
  /** How many were refused the same way as one that is listed. */
  folded: number;
  /** Of the client whose steps were wanted. */
  steps: LaterSteps | undefined;
  sum: Sum;
  isOver: boolean;
}

/** How many steps of one client are stored, here and on the page. */
export const MOST_STEPS_OF_CLIENT = 300;
const MOST_STEPS = 4000;
const MOST_CLIENTS = 200;
const MOST_UNNUMBERED = 100;
/** The number of what is not of Socket.IO. */
export const OTHERS = 0;

const NOTHING: Sum = { ends: [], troubles: [], heartbeats: 0, others: 0 };

export class Board {
  /** By their numbers; the one that was active last is the last. */
  readonly #listed = new Map<number, Entry>();
  /** Those that have no number yet, or will never have one. */
  readonly #unnumbered = new Map<Client, Entry>();
  /** Their steps were dropped with them; more may come, such as the answer to their good-bye. */
  readonly #dropped = new WeakSet<Client>();
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

  #add({ followed, lines, troubles }: Watched): void {
    const { step, client, request } = followed;
    const isOther = client === undefined;
    if (isOther ? lines.length + troubles.length === 0 : this.#dropped.has(client)) return;
    // Its request comes along.
    const earliest = isOther && request !== undefined ? request : step;
    const entry = this.#entryOf(client, earliest.atMs);
    const topics = [...new Set(lines.map(({ topic }) => topic))];
    if (isOther && request !== undefined) this.#keep(entry, { step: request, topics });
    this.#keep(entry, { step, topics });
    noteStep(entry, { followed, lines, troubles });
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
    if (entry.steps.length <= MOST_STEPS_OF_CLIENT) return;
    entry.steps.shift();
    this.#steps -= 1;
  }

  /** Puts it last. A client gets its number when it is first shown. */
  #list(entry: Entry): void {
    const { client } = entry;
    const number = client === undefined ? OTHERS : client.number;
    if (client !== undefined) this.#unnumbered.delete(client);
    if (number !== undefined) {
      this.#listed.delete(number);
      this.#listed.set(number, entry);
      this.#forgetOldest();
    } else if (entry.state === "gone") this.#drop(entry);
    else {
      this.#unnumbered.set(client!, entry);
      if (this.#unnumbered.size > MOST_UNNUMBERED) this.#drop(first(this.#unnumbered));
    }
  }

  /** It went the way of one that is listed. */
  #drop(entry: Entry): void {
    this.#unnumbered.delete(entry.client!);
    this.#dropped.add(entry.client!);
    this.#steps -= entry.steps.length;
    this.#folded += 1;
  }

  #forgetOldest(): void {
    if (this.#listed.size <= MOST_CLIENTS) return;
    const clients = [...this.#listed].filter(([number]) => number !== OTHERS);
    const [number, entry] = clients.find(([, { state }]) => state === "gone") ?? clients[0]!;
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

  /** Some were held back for a moment and then shown. */
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
