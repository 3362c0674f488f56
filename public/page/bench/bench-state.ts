// What the token bench shows. Its token is only in this state: not in an address and not in a storage.
import type { TokenChoice } from "../../../scripts/model/schema-pieces.ts";
import type { BenchReport } from "../../../scripts/model/protocol.ts";
import { type Draft, EMPTY_DRAFT } from "./draft.ts";
import type { Mark } from "./encoded-view.ts";
import type { KeyCheck } from "./public-key.ts";

/** What undo and redo go back and forth between. */
export interface BenchStep {
  choice: TokenChoice;
  draft: Draft;
}

export interface BenchState {
  /** Seconds since 1970; goes on while the bench is open. */
  now: number;
  /** The token on the bench: what the page's token switch is set to. Undefined before the first one. */
  choice: TokenChoice | undefined;
  /** Its text; null for "none". */
  text: string | null;
  /** What the server said of it; of the token before, while `isJudging`. */
  report: BenchReport | undefined;
  isJudging: boolean;
  /** What is being typed in place of the token, which is read when the person is done. */
  typed: string | undefined;
  /** Counted up with each token that is judged; the result of an earlier one is not shown. */
  round: number;
  /** Why it could not be judged, or made, in a sentence. */
  problem: string | undefined;
  /** Whether the demo server signed it, or its maker made it: then it is no secret of the person's. */
  isDemo: boolean;
  /** Whether the token itself is to be seen; undefined as long as the person has not said so. */
  isShown: boolean | undefined;
  /** What the person points at. */
  marked: Mark | undefined;
  /** What came of the last public key that was tried on this token; not the key. */
  keyCheck: KeyCheck | undefined;
  draft: Draft;
  past: BenchStep[];
  future: BenchStep[];
}

export const FIRST_BENCH: BenchState = {
  now: 0,
  choice: undefined,
  text: null,
  report: undefined,
  isJudging: false,
  typed: undefined,
  round: 0,
  problem: undefined,
  isDemo: false,
  isShown: undefined,
  marked: undefined,
  keyCheck: undefined,
  draft: EMPTY_DRAFT,
  past: [],
  future: [],
};

const MOST_STEPS = 50;

/** The state with where one is now as a step to go back to. */
export function withStep({ choice, draft, past }: BenchState): Pick<BenchState, "past" | "future"> {
  if (choice === undefined) return { past, future: [] };
  return { past: [...past, { choice, draft }].slice(-MOST_STEPS), future: [] };
}

/** A token that may be a secret of the person's is masked until the person asks for it. */
export function isTokenShown({ isShown, isDemo }: BenchState): boolean {
  return isShown ?? isDemo;
}

export function isSameToken(one: TokenChoice | undefined, other: TokenChoice): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
