// What the servers of a sandbox have printed: told to the pages that are open, and kept for those that open later.
import { randomUUID } from "node:crypto";
import { nameServer } from "../variants/server-name.ts";
import type { ServerChoice } from "../variants/pool.ts";
import { KEPT_LOG_LINES, type LogEntry } from "./protocol.ts";

export interface ServerLog {
  /** The last entries, oldest first. */
  entries(): readonly LogEntry[];
  /** Takes a line of a server. */
  line(line: string, choice: ServerChoice): void;
  /** Takes what is said of a crash: the sentence about it, and below that what the server printed last. */
  crash(message: string, choice: ServerChoice): void;
}

/** Begins now. @param onEntry called with each entry as it comes */
export function openServerLog(onEntry: (entry: LogEntry) => void): ServerLog {
  const startedAt = performance.now();
  const kept: LogEntry[] = [];

  function note(line: string, choice: ServerChoice, isCrash: boolean): void {
    const atMs = Math.round(performance.now() - startedAt);
    const entry = { id: randomUUID(), atMs, server: nameServer(choice), line, isCrash };
    kept.push(entry);
    if (kept.length > KEPT_LOG_LINES) kept.shift();
    onEntry(entry);
  }

  return {
    entries: () => kept,
    line: (line, choice) => note(line, choice, false),
    crash: (message, choice) => {
      const [sentence = "", ...printed] = message.split("\n");
      // Of a server that was used, each line has been told as it came.
      const told = new Set(
        kept.filter(({ server }) => server === nameServer(choice)).map(({ line }) => line),
      );
      const untold = printed.filter((line) => !told.has(line));
      note(untold.length > 0 ? sentence : sentence.replace(/ It printed:$/, ""), choice, true);
      for (const line of untold) note(line, choice, false);
    },
  };
}
