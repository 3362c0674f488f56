// The part of an app that answers refusals, with a count of the connections that its client tries. Runs in Node and in a page alike.
import type { Socket } from "socket.io-client";
import type { GivenAct } from "../model/acts.ts";
import type { Refusal } from "./refusal.ts";

/** A client with the default, 1000, does the same twenty times slower. */
export const RETRY_OPTIONS = { reconnectionDelay: 50 };

/** Enough to see that a client goes on. */
const MOST_TRIED = 4;

/** Longer than any first delay (at most 75 ms): a client that goes on would have tried again. */
export const QUIET_MS = 200;

interface Counts {
  tried: number;
  freshTokens: number;
  seenByOnAny: number;
}

export interface App {
  /** Answers a refusal. @returns whether enough was seen */
  refused(refusal: Refusal): boolean;
  accepted(): void;
  /** Empty for an attempt that ends with the first answer. */
  counts(): Partial<Counts>;
}

/** @param take gives the client another token and lets it try again */
export function createApp(
  { afterRefusal }: GivenAct<"connect">,
  socket: Socket,
  take: (token: string | null) => void,
): App {
  const counts: Counts = { tried: 0, freshTokens: 0, seenByOnAny: 0 };
  socket.onAny(() => (counts.seenByOnAny += 1));
  return {
    refused(refusal) {
      counts.tried += 1;
      const isOver = afterRefusal === undefined || counts.tried === MOST_TRIED;
      if (isOver || !isOfToken(refusal)) return isOver;
      if (afterRefusal === "stop") socket.disconnect();
      if (typeof afterRefusal === "object" && counts.freshTokens === 0) {
        counts.freshTokens += 1;
        take(afterRefusal.freshToken as string);
      }
      return false;
    },
    accepted: () => void (counts.tried += 1),
    counts: () => (afterRefusal === undefined ? {} : { ...counts }),
  };
}

/** Whether the client can read that its token is the reason. */
function isOfToken({ status, data }: Refusal): boolean {
  return status === 401 || (data as { error?: unknown } | undefined)?.error === "invalid_token";
}
