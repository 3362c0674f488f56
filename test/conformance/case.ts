// A case: one rule, where it comes from, and a small function that looks whether a target keeps it.
import type { Probe } from "./probe.ts";
import type { Capability, Target } from "./target.ts";

export const GROUPS = [
  "http",
  "token",
  "header",
  "handshake",
  "transports",
  "payload",
  "cookie",
  "refresh",
  "user-rooms",
  "rights",
  "nodes",
  "logout",
  "robustness",
] as const;
/** What a case protects; the part of its id before the dot. */
export type Group = (typeof GROUPS)[number];

export interface Case {
  /** Stable: reports, faults and people refer to it. */
  id: `${Group}.${string}`;
  /** A sentence in the present tense, outcome first. */
  title: string;
  /** The section of the RFC or of the docs that the rule comes from. */
  source: string;
  /** What a target must claim for the case to make sense. */
  needs: readonly Capability[];
  /** What helps a server that fails it, in a sentence, where that is known. */
  remedy?: string;
  run: (probe: Probe) => Promise<void>;
}

/** The group of a case. */
export function groupOf(testCase: Pick<Case, "id">): Group {
  return testCase.id.slice(0, testCase.id.indexOf(".")) as Group;
}

/** What a case needs and a target does not claim; empty if the case can run. */
export function unclaimed(testCase: Case, claims: Target["claims"]): Capability[] {
  return testCase.needs.filter((need) => !claims.has(need));
}

/**
 * Whether a case is among those asked for.
 * @param wanted groups or beginnings of ids; empty means all
 */
export function isWanted(testCase: Case, wanted: readonly string[]): boolean {
  if (wanted.length === 0) return true;
  return wanted.some((start) => testCase.id === start || testCase.id.startsWith(start));
}
