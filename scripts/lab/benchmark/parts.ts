// The parts of `npm run benchmark`, by their names. Each is loaded only when it is run.
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

export interface Part {
  /** What is measured, and what the ratio compares it with. */
  title: string;
  /** Only run when it is asked for, or with `--all`. */
  isLong: boolean;
  load(): Promise<(measuring: Measuring) => Promise<void>>;
}

export const PARTS: Record<string, Part> = {
  handshakes: {
    title: "CPU of a handshake with a token; ratio to one without",
    isLong: false,
    load: async () => (await import("./handshake-cost.ts")).measureHandshakes,
  },
  flip: {
    title: "a flipped switch until its outcome; ratio to the same without",
    isLong: false,
    load: async () => (await import("./flip.ts")).measureFlips,
  },
  lesson: {
    title: "the lesson's first outcome; ratio to a bare server's start",
    isLong: false,
    load: async () => (await import("./first-outcome.ts")).measureFirstOutcome,
  },
  page: {
    title: "first load, and until it is usable; ratio to a blank page",
    isLong: false,
    load: async () => (await import("./page-load.ts")).measurePage,
  },
  conformance: {
    title: "the whole suite on all variants and auth modes",
    isLong: true,
    load: async () => (await import("./suite-time.ts")).measureSuite,
  },
};
