// What an exercise is, and what a check of a person's solution says; plain data, for the terminal and for the page.
import type { FilledCell } from "./cell.ts";
import type { Change } from "./change.ts";
import type { AuthMode, Variant } from "./vocabulary.ts";

/** A solution that looks right and is not. */
interface WrongSolution {
  /** `Any blank is taken for a space.` */
  what: string;
  /** Of the variant, as those of the start. */
  changes: readonly Change[];
  /** Rows or cases, each of which fails; `starts`, if the server does not. */
  caughtBy: readonly string[];
}

/** An exercise of a lesson: its facts (exercise.json) and its words (exercise.md). */
export interface Exercise {
  /** As a person types it: `4`, and `4b` for the second one of the lesson. */
  id: string;
  lesson: number;
  /** That of its lesson, with the letter of a second one: `passport-or-manual-b`. */
  slug: string;
  /** The number and the slug: the folder of the working copies. */
  name: string;
  /** The printed files of the start, in all formats; absolute. */
  folder: string;
  title: string;
  /** What a person writes: a part of the server, or what a client opens its connection with. */
  side: "server" | "client";
  auth: AuthMode;
  /** In which it can be solved. */
  formats: readonly Variant[];
  /** What a person edits, without the extension. */
  files: readonly string[];
  changes: readonly Change[];
  /** Ids of the lesson's attempts, made in Node; on the client's side each with who makes it: `payload.browser`. */
  rows: readonly string[];
  /** Ids of conformance cases, or beginnings of ids such as a group. */
  cases: readonly string[];
  /** The rows and cases that fail in the start, all of them; `starts` and `types` for what comes before and after those. */
  failsAtStart: readonly string[];
  wrong: readonly WrongSolution[];
  /** Markdown. */
  task: string;
  /** The first is a question, the last is nearly the answer. */
  hints: readonly string[];
  /** What helps where that row or case fails, by its id. */
  rowHints: ReadonlyMap<string, string>;
  /** What the solution does and why, shown once the exercise is solved. */
  solved: string;
}

/** Where the code of the working copy went wrong. */
export interface Problem {
  /** In the words of Node or of the compiler, or ours for a server that had to be stopped. */
  message: string;
  /** A file of the working copy: `manual.cjs`. */
  file?: string;
  /** Counted from 1. */
  line?: number;
}

/** One row of the check: an attempt of the lesson, or a conformance case. */
export interface CheckRow {
  id: string;
  title: string;
  failedAtStart: boolean;
  /** "too busy": the machine was, so that what is missing may only have been late. */
  result: "waits" | "passed" | "failed" | "too busy";
  expected?: string;
  seen?: string;
  /** Why the server refused, in the words of its own log. */
  reason?: string;
  /** Set where "reason" is not a refusal: the code threw. */
  threw?: Problem;
  /** Of an attempt: what the client experienced, and the trace. */
  cell?: Pick<FilledCell, "client" | "outcome" | "trace"> & {
    server: string;
    /** What was the browser, where the client is one: `Chrome 147`; Node, where there is none. */
    browser?: string;
  };
  /** Of a case: what was sent and received, line by line. */
  sent?: readonly string[];
}

/** How far a check is, and what it has found. */
export interface Check {
  variant: Variant;
  /** What prevents the server from starting, or has stopped it. */
  problem?: Problem;
  /** What runs now, or ran last, after the rows. */
  next?: "types" | "suite";
  /** First those that failed at the start. */
  rows: readonly CheckRow[];
  /** TypeScript: what the compiler says; empty if it has nothing to say, undefined if it was not asked. */
  types?: readonly Problem[];
  /** The whole suite of the mode, in a fresh process: asked only of a server, and if everything else passes. */
  suite?: { passed: number; total: number; failed: readonly CheckRow[] };
  /** What a person must know of how it was checked. */
  remark?: string;
  isOver: boolean;
  isSolved: boolean;
}
