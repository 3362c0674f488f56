// What is known about one client of a trace: its row in the list, and its latest steps. Pure.
import type { RequestStep, ResponseStep, SeenToken, Step } from "../trace.ts";
import type { Client, Followed } from "./clients.ts";
import type { FoundTrouble, Watched } from "./follow.ts";
import type { Topic } from "./line.ts";

/** A step, and what its lines are about. */
export interface TracedStep {
  step: Step;
  topics: Topic[];
}

/** `polls`: it may have no connection at the moment. */
type ClientState = "connected" | "polls" | "gone";

/** A client in the list. */
export interface ClientRow {
  /** As in the terminal; 0 for what is not of Socket.IO. */
  number: number;
  /** The latest that it has shown. */
  token: SeenToken | undefined;
  /** Of its handshake, `authorization` alone. */
  headers: RequestStep["headers"];
  state: ClientState;
  /** What came of it last. */
  end: { text: string; isGood: boolean } | undefined;
  troubles: FoundTrouble[];
  /** What its lines are about. */
  topics: Topic[];
  firstAtMs: number;
  lastAtMs: number;
  /** How many steps it has made, including those that are not stored. */
  count: number;
}

/** Some steps of a client; `before` counts those before the first of them. */
export interface LaterSteps {
  before: number;
  steps: TracedStep[];
}

export interface Entry extends Pick<
  ClientRow,
  "state" | "end" | "firstAtMs" | "lastAtMs" | "count"
> {
  client: Client | undefined;
  steps: TracedStep[];
  topics: Set<Topic>;
  troubles: Set<FoundTrouble>;
  revision: number;
}

const MOST_TROUBLES = 10;
/** So that an answer stays below what may wait for a page that reads slowly. */
const MOST_STEPS_AT_ONCE = 100;

export function newEntry(client: Client | undefined, atMs: number): Entry {
  return {
    client,
    steps: [],
    topics: new Set(),
    troubles: new Set(),
    state: "gone",
    end: undefined,
    firstAtMs: atMs,
    lastAtMs: atMs,
    count: 0,
    revision: 0,
  };
}

export function noteStep(entry: Entry, { followed, lines, troubles }: Watched): void {
  entry.lastAtMs = followed.step.atMs;
  entry.state = stateAfter(followed, entry.state);
  for (const trouble of troubles)
    if (entry.troubles.size < MOST_TROUBLES) entry.troubles.add(trouble);
  for (const { text, tone, topic } of lines) {
    entry.topics.add(topic);
    if (tone === "good" || topic === "refused") entry.end = { text, isGood: tone === "good" };
  }
}

function stateAfter({ step, client, request }: Followed, before: ClientState): ClientState {
  switch (step.kind) {
    case "request":
      return closes(step) ? "gone" : before === "connected" ? before : "polls";
    case "frame":
      return "connected";
    case "response":
      return closes(step) || (step.status >= 300 && !client?.hasOpened) ? "gone" : before;
    case "closed":
      // One that polls has another connection for the next poll.
      return request === undefined || !client?.hasOpened ? "gone" : before;
    case "check":
      return before;
  }
}

function closes({ packets }: RequestStep | ResponseStep): boolean {
  return packets.some(({ engine }) => engine === "close");
}

export function rowOf(number: number, entry: Entry): ClientRow {
  const { client, state, end, troubles, topics, firstAtMs, lastAtMs, count } = entry;
  const { authorization } = client?.first.headers ?? {};
  return {
    number,
    token: client?.tokens.at(-1),
    headers: authorization === undefined ? {} : { authorization },
    state,
    end,
    troubles: [...troubles],
    topics: [...topics],
    firstAtMs,
    lastAtMs,
    count,
  };
}

export function stepsAfter({ steps, count }: Entry, after: number): LaterSteps {
  const gone = count - steps.length;
  const before = Math.max(gone, after);
  return { before, steps: steps.slice(before - gone, before - gone + MOST_STEPS_AT_ONCE) };
}
