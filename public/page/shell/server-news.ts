// What the server sends without being asked, and what the page asks for first.
import { CallError, type Channel, type ChannelEvents } from "./channel.ts";
import { storePass } from "./key.ts";
import { MOST_LOG_LINES, type LogEntry, type Welcome } from "../../../scripts/model/protocol.ts";
import type { Store } from "./state.ts";

interface NewsOptions {
  /** Called each time the server has let this page in (again). */
  onConnected: (welcome: Welcome) => void;
  /** Called when it does not. */
  onRefused: () => void;
}

/** Puts the news into the store. */
export function listenTo(store: Store, { onConnected, onRefused }: NewsOptions): ChannelEvents {
  function addToLog(entries: readonly LogEntry[]): void {
    const known = new Set(store.state.log.map(({ id }) => id));
    const added = entries.filter(({ id }) => !known.has(id));
    store.update({ log: [...store.state.log, ...added].slice(-MOST_LOG_LINES) });
  }

  return {
    connected(welcome) {
      if (welcome.pass !== null) storePass(welcome.pass);
      const { command, trace } = welcome;
      store.update({ connection: "connected", refusal: undefined, command, trace });
      onConnected(welcome);
    },
    lost(reason) {
      const { connection, lessons } = store.state;
      // Before the first connection, nothing was lost yet.
      if (connection !== "connecting" || lessons !== undefined || reason !== undefined)
        store.update({ connection: "lost", refusal: reason });
    },
    refused(refusal) {
      store.update({ connection: "locked", refusal });
      onRefused();
    },
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

/** A key for another tab; undefined if the server is away or refuses. */
export async function askForKey(channel: Channel): Promise<string | undefined> {
  try {
    return (await channel.call("key")).key;
  } catch (error) {
    if (error instanceof CallError) return undefined;
    throw error;
  }
}

/** `Node 20` from `v20.20.2`. */
function nodeName(version: string): string {
  return `Node ${/\d+/.exec(version)?.[0] ?? ""}`.trim();
}
