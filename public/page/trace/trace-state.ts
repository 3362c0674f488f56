// What the page knows of a trace, and what of it is shown. Pure.
import {
  type BoardNews,
  type BoardQuestion,
  MOST_STEPS_OF_CLIENT,
  OTHERS,
} from "../../../scripts/model/follow/board.ts";
import type { ClientRow, TracedStep } from "../../../scripts/model/follow/board-entry.ts";
import { credentialOf, userOf } from "../../../scripts/model/follow/credential.ts";
import type { Step } from "../../../scripts/model/trace.ts";

/** As `--only` in the terminal. */
export const ONLY = ["all", "handshakes", "refused", "events"] as const;
export type Only = (typeof ONLY)[number];

/** The steps of the client that was chosen. */
export interface Chosen {
  number: number;
  /** How many came before those. */
  before: number;
  /** What is shown stays as it is: what does not fit is counted, until somebody asks for it. */
  steps: readonly TracedStep[];
  /** Whether the page has requested them. */
  isRead: boolean;
}

export interface TraceState extends Pick<
  BoardNews,
  "revision" | "beganAt" | "forgotten" | "folded" | "isOver"
> {
  /** In the order in which they came. */
  clients: readonly ClientRow[];
  sum: BoardNews["sum"] | undefined;
  only: Only;
  chosen: Chosen | undefined;
}

export const FIRST_TRACE: TraceState = {
  revision: 0,
  beganAt: undefined,
  clients: [],
  forgotten: 0,
  folded: 0,
  isOver: false,
  sum: undefined,
  only: "all",
  chosen: undefined,
};

/** What is not known yet. */
export function questionOf({ revision, chosen }: TraceState): BoardQuestion {
  const hasRoom = chosen !== undefined && chosen.steps.length < MOST_STEPS_OF_CLIENT;
  const after = chosen === undefined ? 0 : chosen.before + chosen.steps.length;
  return { since: revision, client: hasRoom ? chosen.number : null, after };
}

export function withNews(state: TraceState, asked: BoardQuestion, news: BoardNews): TraceState {
  const { clients, kept, steps, ...facts } = news;
  const changed = new Map(clients.map((row) => [row.number, row]));
  const isKept = new Set(kept);
  const known = state.clients.filter(({ number }) => !changed.has(number) && isKept.has(number));
  const sorted = [...known, ...changed.values()].toSorted((one, two) => one.number - two.number);
  const { chosen } = state;
  return {
    ...state,
    ...facts,
    clients: sorted,
    chosen: chosen && withSteps(chosen, asked, steps),
  };
}

/** Added only at the end, and only where nothing is missing before them. */
function withSteps(
  chosen: Chosen,
  { client, after }: BoardQuestion,
  news: BoardNews["steps"],
): Chosen {
  if (news === undefined || chosen.number !== client) return chosen;
  const { before, steps } = news;
  const isFirst = chosen.steps.length === 0;
  const isNext = after === chosen.before + chosen.steps.length && (isFirst || before === after);
  if (!isNext) return chosen;
  if (steps.length === 0) return chosen.isRead ? chosen : { ...chosen, isRead: true };
  const all = [...chosen.steps, ...steps].slice(0, MOST_STEPS_OF_CLIENT);
  return { ...chosen, isRead: true, before: isFirst ? before : chosen.before, steps: all };
}

export function chosenRow({ clients, chosen }: TraceState): ClientRow | undefined {
  return clients.find(({ number }) => number === chosen?.number);
}

/** How many steps of the chosen client came after those that are shown. */
export function newerSteps(state: TraceState): number {
  const { count = 0 } = chosenRow(state) ?? {};
  const { before, steps } = state.chosen ?? { before: 0, steps: [] };
  return Math.max(0, count - before - steps.length);
}

/** Those that have such lines, or a trouble; the chosen one stays in sight. */
export function shownClients({ clients, only, chosen }: TraceState): readonly ClientRow[] {
  if (only === "all") return clients;
  return clients.filter(
    ({ number, topics, troubles }) =>
      topics.includes(only) || troubles.length > 0 || number === chosen?.number,
  );
}

/** Those with such lines, each request with its answer; times and connections are counted from the client's first. */
export function shownSteps({ steps }: Chosen, only: Only, beganAtMs: number): Step[] {
  const own = steps.filter(({ topics }) => only === "all" || topics.includes(only));
  const ids = new Set(own.map(({ step }) => step.id));
  const answered = new Set(
    own.map(({ step }) => (step.kind === "response" ? step.answers : undefined)),
  );
  const belongs = ({ step }: TracedStep): boolean =>
    ids.has(step.id) ||
    answered.has(step.id) ||
    (step.kind === "response" && ids.has(step.answers ?? -1));
  const connections = [...new Set(steps.map(({ step }) => step.connection))];
  return steps.filter(belongs).map(({ step }) => ({
    ...step,
    atMs: Math.round((step.atMs - beganAtMs) * 100) / 100,
    connection: connections.indexOf(step.connection) + 1,
  }));
}

/** `ann`, `client 3`. */
export function nameOf({ number, token }: ClientRow): string {
  if (number === OTHERS) return "Requests outside Socket.IO";
  return (token && userOf(token)) ?? "no user";
}

/** Longer than any client waits for a heartbeat. */
const SILENT_MS = 60_000;

/** Of one that polls, nobody sees that it goes. @param now milliseconds since 1970 */
export function stateIn(
  { state, lastAtMs }: ClientRow,
  { beganAt = 0, isOver }: TraceState,
  now: number,
): "connected" | "silent" | "gone" {
  if (isOver || state === "gone") return "gone";
  return state === "polls" && now - beganAt - lastAtMs > SILENT_MS ? "silent" : "connected";
}

/** At the time of the client's latest step. */
export function credentialIn(
  { token, headers, lastAtMs }: ClientRow,
  beganAt: number,
): ReturnType<typeof credentialOf> {
  return credentialOf(token ? [token] : [], (beganAt + lastAtMs) / 1000, headers);
}
