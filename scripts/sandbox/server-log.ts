// What the servers of a sandbox have printed: sent to the pages that are open, and stored for those that open later.
import { randomUUID } from "node:crypto";
import { nameServer } from "../lab/servers/server-name.ts";
import { maskText } from "../lab/wire/masking.ts";
import type { Crash } from "../lab/servers/crash.ts";
import type { ServerChoice } from "../lab/servers/pool.ts";
import { MOST_LOG_LINES, type LogEntry, type LogSource } from "../model/protocol.ts";

interface ServerLog {
  /** The last entries, oldest first. */
  entries(): readonly LogEntry[];
  /** Takes a line of a server. @param source the attempt that it is about */
  line(line: string, choice: ServerChoice, source?: LogSource): void;
  /** Takes the sentence about a crash, and what the server printed last. */
  crash(crash: Crash, choice: ServerChoice): void;
}

/** @param onEntry called with each entry as it comes */
export function openServerLog(onEntry: (entry: LogEntry) => void): ServerLog {
  const stored: LogEntry[] = [];

  function note(
    line: string,
    choice: ServerChoice,
    more: Pick<LogEntry, "isCrash" | "source">,
  ): void {
    // An access log holds every token that came in a URL.
    const shown = { server: nameServer(choice), line: maskText(line) };
    const entry = { id: randomUUID(), atMs: Date.now(), ...shown, ...more };
    stored.push(entry);
    if (stored.length > MOST_LOG_LINES) stored.shift();
    onEntry(entry);
  }

  return {
    entries: () => stored,
    line: (line, choice, source) => note(line, choice, { source, isCrash: false }),
    crash: ({ sentence, printed }, choice) => {
      const name = nameServer(choice);
      // Each line of a server that was used was sent as it came.
      const known = new Set(
        stored.filter((entry) => entry.server === name).map(({ line }) => line),
      );
      note(sentence, choice, { isCrash: true });
      for (const line of printed) if (!known.has(line)) note(line, choice, { isCrash: false });
    },
  };
}
