// What the server says by itself, and what the page asks it for first.
import { CallError, type Channel, type ChannelEvents } from "./channel.ts";
import { KEPT_LOG_LINES, type LogEntry } from "../../../scripts/model/protocol.ts";
import type { Store } from "./state.ts";

/** Puts the news into the store. @param onConnected called each time the server is there (again) */
export function listenTo(store: Store, onConnected: () => void): ChannelEvents {
  function addToLog(entries: readonly LogEntry[]): void {
    const known = new Set(store.state.log.map(({ id }) => id));
    const added = entries.filter(({ id }) => !known.has(id));
    store.update({ log: [...store.state.log, ...added].slice(-KEPT_LOG_LINES) });
  }

  return {
    connected() {
      store.update({ connection: "connected", refusal: undefined });
      onConnected();
    },
    lost() {
      // Before the first connection, nothing was lost yet.
      if (store.state.connection !== "connecting" || store.state.lessons !== undefined)
        store.update({ connection: "lost" });
    },
    refused: (refusal) => store.update({ connection: "locked", refusal }),
    log(entry) {
      addToLog([entry]);
      if (entry.isCrash) store.update({ announcement: `Crash: ${entry.line}` });
    },
    earlierLog: addToLog,
    progress: (lessons) => store.update({ lessons }),
  };
}

/** Asks for what every page needs: the lessons, and which Node runs here. */
export async function loadLists(store: Store, channel: Channel): Promise<void> {
  try {
    const { lessons, problem, node } = await channel.call("lessons");
    const columns = { ...store.state.columns, node: nodeName(node) };
    store.update({ lessons, columns });
    if (problem !== undefined) store.update({ notice: problem });
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    // Lost: asked again as soon as the server is back.
    if (error.code === "REFUSED") store.update({ notice: error.message });
  }
}

/** `Node 20` from `v20.20.2`. */
function nodeName(version: string): string {
  return `Node ${/\d+/.exec(version)?.[0] ?? ""}`.trim();
}
