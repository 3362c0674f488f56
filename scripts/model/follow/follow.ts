// Follows the steps of a trace as they come: what is told of each, the troubles in it, and the sum of all at the end. Pure.
import type { Step } from "../trace.ts";
import { readPurpose } from "../words/purpose.ts";
import { type Client, Clients, type Followed } from "./clients.ts";
import { credentialOf } from "./credential.ts";
import type { Trouble } from "./evidence.ts";
import { Fold } from "./fold.ts";
import type { Told } from "./line.ts";
import { Teller } from "./told.ts";
import { TROUBLES } from "./troubles.ts";

/** A trouble, and what it was seen at. */
export interface FoundTrouble extends Trouble {
  name: string;
  count: number;
}

/** A line, or a trouble. */
export type News = Told & { trouble?: FoundTrouble };

export interface Sum {
  /** With which credential clients came, and what came of it. */
  ends: { credential: string; end: string; isGood: boolean; count: number }[];
  troubles: FoundTrouble[];
  /** What was counted and not told. */
  heartbeats: number;
  others: number;
}

/** More than these are counted together. */
const MOST_ENDS = 100;
const MOST_TROUBLES = 100;
const MOST_RECENT = 300;

export class Follow {
  readonly #clients = new Clients();
  readonly #fold = new Fold();
  readonly #teller: Teller;
  readonly #secondsAt: (atMs: number) => number;
  readonly #recent: Followed[] = [];
  readonly #troubles = new Map<string, FoundTrouble>();
  readonly #ends = new Map<string, Sum["ends"][number]>();

  /** @param beganAt milliseconds since 1970 */
  constructor(beganAt: number) {
    this.#secondsAt = (atMs) => (beganAt + atMs) / 1000;
    this.#teller = new Teller(this.#secondsAt);
  }

  add(step: Step): News[] {
    const followed = this.#clients.follow(step);
    const told = this.#teller.tell(followed);
    for (const line of told) this.#count(line);
    return [
      ...this.tick(step.atMs),
      ...told.flatMap((line) => this.#fold.add(line)),
      ...this.#findTroubles(followed),
    ];
  }

  /** What is told as time goes by. */
  tick(atMs: number): News[] {
    return this.#fold.tick(atMs);
  }

  end(atMs: number): News[] {
    return this.#fold.tick(atMs, true);
  }

  sum(): Sum {
    const { heartbeats, others } = this.#teller;
    const ends = [...this.#ends.values()];
    return { ends, troubles: [...this.#troubles.values()], heartbeats, others };
  }

  #findTroubles(at: Followed): News[] {
    if (decides(at)) this.#recent.push(at);
    if (this.#recent.length > MOST_RECENT) this.#recent.shift();
    const { step, client } = at;
    const seen = { at, recent: this.#recent, now: this.#secondsAt(step.atMs) };
    return TROUBLES.flatMap(([name, find]) => {
      const found = find(seen);
      if (found === undefined) return [];
      // The same trouble with other times is the same.
      const key = `${name} ${found.sentence.replaceAll(/\d+ \w+/g, "")}`;
      const known = this.#troubles.get(key);
      if (known !== undefined) known.count += 1;
      if (known !== undefined || this.#troubles.size >= MOST_TROUBLES) return [];
      const trouble = { name, ...found, count: 1 };
      this.#troubles.set(key, trouble);
      const { sentence: text } = found;
      return [
        {
          atMs: step.atMs,
          client,
          sign: "!",
          text,
          alike: text,
          tone: "bad",
          topic: "troubles",
          trouble,
        },
      ];
    });
  }

  #count({ client, text, alike, topic, tone, atMs }: Told): void {
    const isGood = tone === "good";
    if (client === undefined || !(isGood || topic === "refused")) return;
    const credential = nameOf(client, this.#secondsAt(atMs));
    const own = `${credential} ${alike}`;
    const isListed = this.#ends.has(own) || this.#ends.size < MOST_ENDS;
    const key = isListed ? own : `others ${isGood}`;
    const names = isListed ? { credential, end: text } : { credential: "others", end: "various" };
    const known = this.#ends.get(key) ?? { ...names, isGood, count: 0 };
    known.count += 1;
    this.#ends.set(key, known);
  }
}

function nameOf({ tokens, first }: Client, now: number): string {
  return credentialOf(tokens.slice(-1), now, first.headers).text.replace(
    /, [^,]* left$|(?<=, expired) [^,]* ago$/,
    "",
  );
}

/** Whether a step may be looked at later: for what it asks, or for what it answers. */
function decides({ step, request }: Followed): boolean {
  if ("packets" in step && step.packets.some(({ socket }) => /CONNECT/.test(socket ?? "")))
    return true;
  if (request === undefined) return false;
  return (
    step.kind === "closed" ||
    readPurpose(request).purpose === "handshake" ||
    (step.kind === "response" && step.status >= 300)
  );
}
