// Keeps the browser willing to open websockets, though many of them fail here on purpose.
import type { ActOutcome, ClientTask } from "../../../scripts/model/acts.ts";

type Acts = ClientTask["acts"];

// Chromium 147 delays each new websocket of a page, up to seconds, by how many have failed for each that opened. After 30
// failures in a row one waits for 100 ms, after 40 for a second. As long as every fourth one opens, nobody waits.
const MOST_FAILURES_IN_A_ROW = 3;

/** Whether an act opened a websocket or failed to; undefined if it tried none. */
function websocketEnd(act: Acts[number], outcome: ActOutcome): "opened" | "failed" | undefined {
  if (act.do !== "connect" || !act.transports.includes("websocket")) return undefined;
  if (outcome.result === "connected")
    return outcome.lastTransport === "websocket" ? "opened" : "failed";
  if (act.transports[0] !== "websocket") return undefined;
  return outcome.result === "refused" && outcome.refusedBy === "namespace" ? "opened" : "failed";
}

/** Counts what this page does; makes up for failures with a websocket that opens. */
export function createBalance(openOne: () => Promise<void>): {
  note(acts: Acts, outcomes: readonly ActOutcome[]): Promise<void>;
} {
  let failures = 0;
  return {
    async note(acts, outcomes) {
      for (const [at, act] of acts.entries()) {
        const end = websocketEnd(act, outcomes[at]!);
        if (end === "opened") failures = 0;
        if (end === "failed") failures += 1;
      }
      if (failures < MOST_FAILURES_IN_A_ROW) return;
      failures = 0;
      await openOne();
    },
  };
}

/** Opens a websocket that the sandbox accepts, and closes it again. Resolves also if the sandbox is away. */
export function openOneWebSocket(): Promise<void> {
  const url = new URL("/control/socket.io/?EIO=4&transport=websocket", location.href);
  url.protocol = url.protocol.replace("http", "ws");
  const socket = new WebSocket(url);
  return new Promise((resolve) => {
    socket.addEventListener("open", () => {
      socket.close();
      resolve();
    });
    socket.addEventListener("error", () => resolve());
  });
}
