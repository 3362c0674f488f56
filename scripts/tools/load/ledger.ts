// Counts notes one by one: each is to come once to every connection of a user, and to nobody else. Pure.

/** From when until when a client was connected; not yet ended, if `toMs` is undefined. */
export interface Presence {
  fromMs: number;
  toMs?: number;
}

export interface Client {
  userId: number;
  /** In the order of time. */
  presences: readonly Presence[];
}

export interface Note {
  from: number;
  to: number;
  sentMs: number;
  /** The sender's connection broke before there was an answer, so that the sender cannot take it for sent. */
  isUnanswered?: boolean;
}

/** What became of the notes of one part of a run: of each, once for every connection of its receiver. */
export interface Tally {
  notes: number;
  delivered: number;
  /** Not received by a client that was connected. */
  lost: number;
  /** Not received by a client that was not connected, or not for long enough. */
  away: number;
  /** Not received, and the sender has no answer either. */
  unanswered: number;
  doubled: number;
  /** Received by another user, or with another sender. */
  misdelivered: number;
}

/** A note that was sent so shortly before a connection broke may still have been under way. */
const UNDER_WAY_MS = 2_000;

export class Ledger {
  readonly #notes = new Map<string, Note>();
  /** By note and client. */
  readonly #received = new Map<string, number>();
  #misdelivered = 0;

  send(id: string, note: Note): void {
    this.#notes.set(id, note);
  }

  receive(id: string, from: number, { client, userId }: { client: number; userId: number }): void {
    const note = this.#notes.get(id);
    if (note === undefined || note.to !== userId || note.from !== from) this.#misdelivered += 1;
    const key = `${id} ${client}`;
    this.#received.set(key, (this.#received.get(key) ?? 0) + 1);
  }

  tally(clients: readonly Client[]): Tally {
    const tally: Tally = {
      notes: this.#notes.size,
      delivered: 0,
      lost: 0,
      away: 0,
      unanswered: 0,
      doubled: 0,
      misdelivered: this.#misdelivered,
    };
    const numbersOf = groupByUser(clients);
    for (const [id, note] of this.#notes)
      for (const number of numbersOf.get(note.to) ?? []) {
        const times = this.#received.get(`${id} ${number}`) ?? 0;
        if (times > 0) tally.delivered += 1;
        else if (note.isUnanswered) tally.unanswered += 1;
        else if (wasThere(clients[number]!, note)) tally.lost += 1;
        else tally.away += 1;
        if (times > 1) tally.doubled += times - 1;
      }
    return tally;
  }
}

function groupByUser(clients: readonly Client[]): Map<number, number[]> {
  const numbers = new Map<number, number[]>();
  for (const [number, { userId }] of clients.entries())
    numbers.set(userId, [...(numbers.get(userId) ?? []), number]);
  return numbers;
}

function wasThere({ presences }: Client, { sentMs }: Note): boolean {
  return presences.some(
    ({ fromMs, toMs = Infinity }) => fromMs <= sentMs && toMs >= sentMs + UNDER_WAY_MS,
  );
}
