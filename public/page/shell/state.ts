// What the shell knows, in one value; what only one page knows is in a store of its own. What is on the screen follows from both.
import type { Address } from "../../../scripts/model/address.ts";
import type { LessonSummary, LogEntry, TracePlace } from "../../../scripts/model/protocol.ts";
import { OWN } from "../../../scripts/model/own-attempt.ts";
import {
  type LessonRules,
  OWN_SWITCH_NAMES,
  type SwitchName,
  type Switches,
  switchesFor,
} from "../../../scripts/model/switches.ts";
import type { Client } from "../../../scripts/model/vocabulary.ts";

export interface State {
  /** `locked`: there is no key, or not the right one. */
  connection: "connecting" | "connected" | "lost" | "locked";
  /** Why the server did not let us in, or does not answer; undefined if there is nothing to add. */
  refusal: string | undefined;
  /** What a person types to start the sandbox again. */
  command: string;
  /** What is traced; null for nothing. */
  trace: TracePlace | null;
  address: Address;
  lessons: LessonSummary[] | undefined;
  /** What each client is called. */
  columns: Record<Client, string>;
  /** What the page on the screen starts the switches with, and what it fixes; undefined if it leaves them alone. */
  rules: LessonRules | undefined;
  areSwitchesOpen: boolean;
  isLogOpen: boolean;
  log: LogEntry[];
  /** Said to screen readers. */
  announcement: string;
  /** Something that the person should know, in a sentence. */
  notice: string | undefined;
}

export interface Store<Known = State> {
  readonly state: Known;
  readonly update: (change: Partial<Known>) => void;
  /** @param listener called after each change, with the state of before */
  watch(listener: (before: Known) => void): void;
}

export function createStore<Known>(first: Known): Store<Known> {
  let state = first;
  const listeners: ((before: Known) => void)[] = [];
  return {
    get state() {
      return state;
    },
    update(change) {
      const before = state;
      state = { ...state, ...change };
      for (const listener of listeners) listener(before);
    },
    watch: (listener) => void listeners.push(listener),
  };
}

/** The state before anything is known. @param browser what this browser is called */
export function firstState(browser: string, hasKey: boolean): State {
  return {
    connection: hasKey ? "connecting" : "locked",
    refusal: undefined,
    command: "npm run sandbox",
    trace: null,
    address: { view: { page: "unknown", path: "" }, chosen: {}, cell: undefined },
    lessons: undefined,
    columns: { browser, node: "Node" },
    rules: undefined,
    areSwitchesOpen: false,
    isLogOpen: false,
    log: [],
    announcement: "",
    notice: undefined,
  };
}

/**
 * Whether the person's own attempt is there: in a lesson only once the person opened it, by "More", by one of its switches,
 * or by a link.
 */
export function hasOwnAttempt({
  address: { view, chosen, cell },
  areSwitchesOpen,
}: State): boolean {
  if (view.page !== "lesson" || areSwitchesOpen || cell?.attempt === OWN) return true;
  return OWN_SWITCH_NAMES.some((name) => chosen[name] !== undefined);
}

/** Of the switches that count on the page, in a lesson those that are worth flipping. */
export function switchesInSight(state: State, names: readonly SwitchName[]): SwitchName[] {
  return names.filter((name) => hasOwnAttempt(state) || state.rules?.flips?.includes(name));
}

/** What the switches are set to on this page. */
export function currentSwitches({ address, rules }: State): Switches {
  return switchesFor(address.chosen, rules);
}
