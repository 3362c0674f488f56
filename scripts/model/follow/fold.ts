// Folds what clients repeat: a client that does the same as one that was refused is counted and not shown. Pure.
import type { Client } from "./clients.ts";
import type { StepLine } from "./line.ts";

interface Way {
  steps: string[];
  /** Clients that went it again. */
  count: number;
  firstAtMs: number;
  lastAtMs: number;
  shown: { count: number; atMs: number };
}

interface Progress {
  /** Since the beginning, or since the client was last refused; no more than are compared. */
  steps: string[];
  /** They go a known way, as far as they have come. */
  held: StepLine[];
  state: "new" | "shown" | "refused again";
}

/** A client that does nothing more for so long is shown, though it has gone a known way so far. */
const HOLD_MS = 1000;
const SHOW_AGAIN_MS = 5000;
/** A thousand clients that are held are not looked at with each step. */
const LOOK_AGAIN_MS = 50;
const MOST_WAYS = 50;
const LONGEST_WAY = 12;

export class Fold {
  #ways: Way[] = [];
  readonly #progress = new WeakMap<Client, Progress>();
  readonly #holding = new Set<Progress>();
  #number = 0;
  #lookedAtMs = -Infinity;

  /** @returns what is to be shown now */
  add(line: StepLine): StepLine[] {
    const { client } = line;
    if (client === undefined) return [line];
    const progress = this.#progress.get(client) ?? { steps: [], held: [], state: "new" };
    this.#progress.set(client, progress);
    const isLeaving = line.sign === "·" || /^(?:closes|DISCONNECT)/.test(line.text);
    if (progress.state === "refused again" && isLeaving) return [];
    if (progress.steps.length < LONGEST_WAY) progress.steps.push(line.alike);
    if (progress.state === "shown") return this.#show(progress, [line]);
    const way = this.#ways.find(({ steps }) =>
      progress.steps.every((step, at) => step === steps[at]),
    );
    if (way === undefined) return this.#show(progress, [...progress.held, line]);
    this.#hold(progress, way, line);
    return [];
  }

  #hold(progress: Progress, way: Way, line: StepLine): void {
    progress.state = "new";
    progress.held.push(line);
    this.#holding.add(progress);
    if (progress.steps.length < way.steps.length) return;
    way.count += 1;
    way.lastAtMs = line.atMs;
    this.#begin(progress, "refused again");
  }

  #begin(progress: Progress, state: Progress["state"]): void {
    Object.assign(progress, { steps: [], held: [], state });
    this.#holding.delete(progress);
  }

  #show(progress: Progress, lines: readonly StepLine[]): StepLine[] {
    progress.held = [];
    progress.state = "shown";
    this.#holding.delete(progress);
    for (const { client } of lines) client!.number ??= this.#number += 1;
    const last = lines.at(-1)!;
    if (last.topic === "refused") {
      if (progress.steps.length < LONGEST_WAY) this.#remember(progress.steps, last.atMs);
      this.#begin(progress, "new");
    }
    return [...lines];
  }

  #remember(steps: string[], atMs: number): void {
    const way = { steps, count: 0, firstAtMs: atMs, lastAtMs: atMs, shown: { count: 0, atMs } };
    this.#ways = [...this.#ways, way].slice(-MOST_WAYS);
  }

  /** What has been held or counted for long enough. @param isLast everything is */
  tick(atMs: number, isLast = false): StepLine[] {
    if (!isLast && atMs - this.#lookedAtMs < LOOK_AGAIN_MS) return [];
    this.#lookedAtMs = atMs;
    const late = [...this.#holding].filter(({ held }) => isLast || atMs - held[0]!.atMs > HOLD_MS);
    const released = late.flatMap((progress) => this.#show(progress, progress.held));
    const again = this.#ways.filter(
      ({ count, shown }) => count > shown.count && (isLast || atMs - shown.atMs > SHOW_AGAIN_MS),
    );
    return [...released, ...again.map((way) => showAgain(way, atMs))];
  }
}

function showAgain(way: Way, atMs: number): StepLine {
  way.shown = { count: way.count, atMs };
  const seconds = ((way.lastAtMs - way.firstAtMs) / 1000).toFixed(1);
  const text = `the same again, ×${way.count} in ${seconds} s: ${way.steps[0]!}`;
  return { atMs, client: undefined, sign: "·", text, alike: text, tone: "bad", topic: "refused" };
}
