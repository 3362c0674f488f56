// What the pages learn of a trace: that there is news, and no more often than they can read it.
import { setTimeout } from "node:timers/promises";
import type { Board } from "../model/follow/board.ts";
import type { TracePlace } from "../model/protocol.ts";
import { onceMore } from "./once-more.ts";
import { openSandbox, type Sandbox, type SandboxOptions } from "./sandbox.ts";

/** What a sandbox shows of a trace. */
export interface TraceFeed {
  readonly place: TracePlace;
  /** What a person types to trace the same again. */
  readonly command: string;
  readonly board: Board;
  /** @param tell sends to all pages, and resolves once they have read */
  listen(tell: () => Promise<void>): void;
}

export interface TracePage extends Pick<Sandbox, "close"> {
  /** Where it is, with a key that works once. */
  address(): string;
  /** The same, with a key of its own. */
  newAddress(): string;
  /** The board has changed. Resolves once the pages know. */
  changed(): Promise<void>;
}

interface TracePageOptions
  extends Pick<SandboxOptions, "onAddressUsed" | "onMistake">, Omit<TraceFeed, "listen"> {}

const PAUSE_MS = 250;

/** Opens a sandbox, at any free port, whose page shows the trace as well. */
export async function openTracePage(options: TracePageOptions): Promise<TracePage> {
  let tell: (() => Promise<void>) | undefined;
  const changed = onceMore(async () => {
    // A page that does not read in time reads with the next news.
    await tell?.().catch(() => undefined);
    await setTimeout(PAUSE_MS);
  });
  const { onAddressUsed, onMistake, ...feed } = options;
  const sandbox = await openSandbox({
    startsAhead: false,
    ...(onAddressUsed && { onAddressUsed }),
    onMistake,
    trace: { ...feed, listen: (listener) => void (tell = listener) },
  });
  return {
    address: () => sandbox.address("/trace"),
    newAddress: () => sandbox.newAddress("/trace"),
    changed,
    close: () => sandbox.close(),
  };
}
