// Waits for the answer that a client gets when it connects: the first one, or several where an app tries again. Runs in Node and in a page alike.
import type { Socket } from "socket.io-client";
import { type App, QUIET_MS } from "./app.ts";
import { readRefusal, type Refusal } from "./refusal.ts";

export type Opened =
  | { result: "connected" }
  | ({ result: "refused"; willRetry: boolean } & Refusal);

/** Once it has resolved, a client that was refused tries nothing more. */
export function untilAnswered(socket: Socket, app: App): Promise<Opened> {
  return new Promise((resolve) => {
    let quiet: ReturnType<typeof setTimeout> | undefined;
    const settle = (end: Opened): void => {
      clearTimeout(quiet);
      socket.off("connect", accept).off("connect_error", refuse).off("disconnect", endEarly);
      resolve(end);
    };
    const accept = (): void => {
      app.accepted();
      settle({ result: "connected" });
    };
    const refuse = (error: Error): void => {
      clearTimeout(quiet);
      const refusal = readRefusal(error);
      const hasSeenEnough = app.refused(refusal);
      // Read before anything else happens.
      const willRetry = socket.active;
      const end = (): void => {
        socket.disconnect();
        settle({ result: "refused", ...refusal, willRetry });
      };
      if (hasSeenEnough) end();
      else if (!willRetry) quiet = setTimeout(end, QUIET_MS);
    };
    // The session ended before the namespace answered.
    const endEarly = (reason: string): void => refuse(new Error(reason));
    socket.on("connect", accept).on("connect_error", refuse).on("disconnect", endEarly);
  });
}
