// Passes on what the servers of one machine tell each other: the cluster adapter of Socket.IO sends to its parent process.
import type { ChildProcess } from "node:child_process";

export interface Relay {
  /** From now on this server reaches the others, and they reach it. It needs an IPC channel (`stdio` with "ipc"). */
  join(server: ChildProcess): void;
}

/** What the adapter marks its messages with; a server may tell its parent other things. */
const SOURCE = "_sio_adapter";

export function openRelay(): Relay {
  const servers = new Set<ChildProcess>();
  return {
    join(server) {
      servers.add(server);
      server.once("disconnect", () => servers.delete(server));
      server.on("message", (message) => {
        if ((message as { source?: unknown } | null)?.source !== SOURCE) return;
        // One that ends at this moment does not get it: it has no clients any more.
        for (const other of servers) if (other !== server) other.send(message, () => {});
      });
    },
  };
}
