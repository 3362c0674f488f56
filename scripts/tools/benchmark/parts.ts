// The parts of `npm run benchmark`, by their names. Each is loaded only when it is run.
import type { Measuring } from "./measuring.ts";

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
  wire: {
    title: "CPU of a handshake through npm run trace; ratio to one without",
    isLong: false,
    load: async () => (await import("./wire-cost.ts")).measureWire,
  },
  flip: {
    title: "a flipped switch until its outcome; ratio to one without a flip",
    isLong: false,
    load: async () => (await import("./flip.ts")).measureFlips,
  },
  exercise: {
    title: "a save in an exercise until its first row; ratio to a respawn",
    isLong: false,
    load: async () => (await import("./save.ts")).measureSaves,
  },
  memory: {
    title: "kept by idle servers after a lesson",
    isLong: false,
    load: async () => (await import("./memory.ts")).measureMemory,
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
    title: "the suite on all variants; ratio to a bare server's start",
    isLong: true,
    load: async () => (await import("./suite-time.ts")).measureSuite,
  },
  tests: {
    title: "all tests; ratio to a bare server's start",
    isLong: true,
    load: async () => (await import("./suite-time.ts")).measureTests,
  },
};
