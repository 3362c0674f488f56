// A cell of a lesson's matrix: the outcome of one attempt with one client, and how it compares with the lesson.
import type { Outcome } from "./acts.ts";
import type { Trace } from "./trace.ts";
import type { Client } from "./vocabulary.ts";

/**
 * How a cell compares with the lesson. "no expectation": a switch was flipped that the lesson says nothing about, or it is
 * the person's own attempt; "no browser": there was none to try it in; "too busy": the machine was, so that
 * what is missing may only have been late.
 */
export type Verdict = "as expected" | "surprise" | "no expectation" | "no browser" | "too busy";

/**
 * A field that was not as expected; `wire.checks` is a field of the trace, `acts.0` an act before the last one. Where only
 * one part of a field differs, that part: `reply.connections`.
 */
export interface Difference {
  field: string;
  expected: unknown;
  seen: unknown;
}

export interface FilledCell {
  client: Client;
  /** Empty where there was no browser, or no room in time. */
  outcome: Outcome;
  trace: Trace;
  verdict: Verdict;
  /** Empty unless the verdict is "surprise". */
  differences: Difference[];
  /** What ran: the variant and its settings, for example `cjs · passport · polling+websocket`. */
  server: string;
}
