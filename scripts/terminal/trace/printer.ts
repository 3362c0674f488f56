// Prints lines to a stream whose reader may be slow: then lines are left out and counted, so that nothing fills the memory.
import type { Writable } from "node:stream";
import { setTimeout } from "node:timers/promises";

const MOST_WAITING_CHARACTERS = 1_048_576;
/** A reader who has stopped reading must not keep the process. */
const FLUSH_MS = 1000;

interface Printer {
  print: (lines: readonly string[]) => void;
  /** Waits until all is written, or the reader takes nothing. */
  flush: () => Promise<void>;
}

export function openPrinter(output: Writable): Printer {
  let leftOut = 0;
  const write = (lines: readonly string[]): boolean =>
    output.write(lines.map((line) => `${line}\n`).join(""));
  output.on("drain", () => {
    if (leftOut > 0) write([`… ${leftOut} lines are left out: whoever reads is too slow.`]);
    leftOut = 0;
  });
  return {
    print(lines) {
      if (output.writableLength > MOST_WAITING_CHARACTERS) leftOut += lines.length;
      else write(lines);
    },
    async flush() {
      const written = new Promise<void>((resolve) => output.write("", () => resolve()));
      await Promise.race([written, setTimeout(FLUSH_MS, undefined, { ref: false })]);
    },
  };
}
