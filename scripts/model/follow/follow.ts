// Follows the steps of a trace as they come: the lines for each, the troubles in it, and a summary at the end. Pure.
import type { Step } from "../trace.ts";
import { readPurpose } from "../words/purpose.ts";
import { type Client, Clients, type Followed } from "./clients.ts";
import { credentialOf } from "./credential.ts";
import type { Trouble } from "./evidence.ts";
import { Fold } from "./fold.ts";
import type { StepLine } from "./line.ts";
import { StepLines } from "./step-lines.ts";
import { TROUBLES } from "./troubles.ts";

/** A trouble, and what it was seen at. */
export interface FoundTrouble extends Trouble {
  name: string;
  count: number;
}

/** What is known of a step once it was followed. */
export interface Watched {
  followed: Followed;
  lines: readonly StepLine[];
  /** Those in which it takes part, whether they were shown before or not. */
  troubles: readonly FoundTrouble[];
}

/** A line, or a trouble. */
export type News = StepLine & { trouble?: FoundTrouble };

export interface Sum {
  /** With which credential clients came, and what came of it. */
  ends: { credential: string; end: string; isGood: boolean; count: number }[];
  troubles: FoundTrouble[];
  /** What was counted and not shown. */
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
  readonly #stepLines: StepLines;
  readonly #secondsAt: (atMs: number) => number;
  readonly #onStep: ((watched: Watched) => void) | undefined;
  readonly #recent: Followed[] = [];
  readonly #troubles = new Map<string, FoundTrouble>();
  readonly #ends = new Map<string, Sum["ends"][number]>();

  /** @param beganAt milliseconds since 1970 @param onStep called with what is known of each step */
  constructor(beganAt: number, onStep?: (watched: Watched) => void) {
    this.#onStep = onStep;
    this.#secondsAt = (atMs) => (beganAt + atMs) / 1000;
    this.#stepLines = new StepLines(this.#secondsAt);
  }

  add(step: Step): News[] {
    const followed = this.#clients.follow(step);
    const lines = this.#stepLines.linesOf(followed);
    for (const line of lines) this.#count(line);
    const news = [...this.tick(step.atMs), ...lines.flatMap((line) => this.#fold.add(line))];
    const troubles = this.#findTroubles(followed);
    this.#onStep?.({ followed, lines, troubles });
    const newTroubles = troubles.filter(({ count }) => count === 1);
    return [...news, ...newTroubles.map((trouble) => troubleNews(trouble, followed))];
  }

  /** What is to be shown as time goes by. */
  tick(atMs: number): News[] {
    return this.#fold.tick(atMs);
  }

  end(atMs: number): News[] {
    return this.#fold.tick(atMs, true);
  }

  sum(): Sum {
    const { heartbeats, others } = this.#stepLines;
    const ends = [...this.#ends.values()];
    return { ends, troubles: [...this.#troubles.values()], heartbeats, others };
  }

  /** Those in which a step takes part; one that is seen for the first time has the count 1. */
  #findTroubles(at: Followed): FoundTrouble[] {
    if (decides(at)) this.#recent.push(at);
    if (this.#recent.length > MOST_RECENT) this.#recent.shift();
    const seen = { at, recent: this.#recent, now: this.#secondsAt(at.step.atMs) };
    const troubles: FoundTrouble[] = [];
    for (const [name, find] of TROUBLES) {
      const found = find(seen);
      if (found === undefined) continue;
      // The same trouble with other times is the same.
      const key = `${name} ${found.sentence.replaceAll(/\d+ \w+/g, "")}`;
      const known = this.#troubles.get(key);
      if (known === undefined && this.#troubles.size >= MOST_TROUBLES) continue;
      const trouble = known ?? { name, ...found, count: 0 };
      trouble.count += 1;
      this.#troubles.set(key, trouble);
      troubles.push(trouble);
    }
    return troubles;
  }

  #count({ client, text, alike, topic, tone, atMs }: StepLine): void {
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

function troubleNews(trouble: FoundTrouble, { step: { atMs }, client }: Followed): News {
  const { sentence: text } = trouble;
  return { atMs, client, sign: "!", text, alike: text, tone: "bad", topic: "troubles", trouble };
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
