// Passes on what the servers of one machine send to each other: the cluster adapter of Socket.IO sends to its parent process.
import type { ChildProcess, Serializable } from "node:child_process";
import { EventEmitter, once } from "node:events";

export interface Relay {
  /** From now on this server reaches the others, and they reach it. It needs an IPC channel (`stdio` with "ipc"). */
  join(server: ChildProcess): void;
  /** Resolves once each knows of all others. Before that, one may answer a question without asking them. */
  met(signal?: AbortSignal): Promise<void>;
}

/** What the adapter marks its messages with; a server may tell its parent other things. */
const SOURCE = "_sio_adapter";

export function openRelay(): Relay {
  /** Of each server those that have spoken since it did so itself: before that, it does not listen. */
  const servers = new Map<ChildProcess, Set<ChildProcess> | undefined>();
  const news = new EventEmitter();

  function pass(message: Serializable, server: ChildProcess): void {
    servers.set(server, servers.get(server) ?? new Set());
    for (const [other, heard] of servers) {
      if (other === server) continue;
      heard?.add(server);
      // One that ends at this moment does not get it: it has no clients any more.
      other.send(message, () => {});
    }
    news.emit("change");
  }

  function haveMet(): boolean {
    const all = [...servers.keys()];
    return all.every((one) =>
      all.every((other) => other === one || servers.get(one)?.has(other) === true),
    );
  }

  return {
    join(server) {
      servers.set(server, undefined);
      server.once("disconnect", () => {
        servers.delete(server);
        news.emit("change");
      });
      server.on("message", (message) => {
        if ((message as { source?: unknown } | null)?.source === SOURCE) pass(message, server);
      });
    },
    async met(signal) {
      while (!haveMet()) await once(news, "change", { signal });
    },
  };
}
