// What a part of the benchmark is given: how much to measure, and whom to tell.
import type { Row } from "./row.ts";

/** What a part is given. */
export interface Measuring {
  /** How often each thing is measured. */
  rounds: number;
  /** Handshakes in one measurement of CPU time. */
  handshakes: number;
  /** Takes each row as soon as it is measured. */
  onRow: (row: Row) => void;
  /** Takes what is under way, in a few words, since most things here take seconds. */
  onProgress: (what: string) => void;
  /** Takes a sentence about what could not be measured. */
  onRemark: (sentence: string) => void;
}
