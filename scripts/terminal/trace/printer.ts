// Prints lines to a stream whose reader may be slow: then lines are left out and counted, so that nothing fills the memory.
import type { Writable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";

const MOST_WAITING_CHARACTERS = 1_048_576;
/** Shorter than anybody sees. */
const TOGETHER_MS = 30;
/** A reader who has stopped reading must not keep the process. */
const FLUSH_MS = 1000;

interface Printer {
  print: (lines: readonly string[]) => void;
  /** Waits until all is written, or the reader takes nothing. */
  flush: () => Promise<void>;
}

export function openPrinter(output: Writable): Printer {
  let waiting: string[] = [];
  let characters = 0;
  let leftOut = 0;
  // What comes together is written at once.
  const write = (): void => {
    if (waiting.length > 0) output.write(`${waiting.join("\n")}\n`);
    waiting = [];
    characters = 0;
  };
  output.on("drain", () => {
    if (leftOut > 0) output.write(`… ${leftOut} lines are left out: they are read too slowly.\n`);
    leftOut = 0;
  });
  return {
    print(lines) {
      if (output.writableLength + characters > MOST_WAITING_CHARACTERS) {
        leftOut += lines.length;
        return;
      }
      if (waiting.length === 0) setTimeout(write, TOGETHER_MS);
      waiting.push(...lines);
      for (const { length } of lines) characters += length;
    },
    async flush() {
      write();
      const written = new Promise<void>((resolve) => {
        output.write("", () => resolve());
      });
      await Promise.race([written, wait(FLUSH_MS, undefined, { ref: false })]);
    },
  };
}
