// Resets a TCP connection, so that the other side learns that it was cut.
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";

/** Resets the connection; closes it, if it is too late for a reset. */
export function resetSocket(socket: Socket): void {
  // Node resets nothing but plain TCP.
  if (isShuttingDown(socket) || socket instanceof TLSSocket) socket.destroy();
  else if (!socket.destroyed) socket.resetAndDestroy();
}

/** While its last bytes leave, Node 20 cannot reset a socket: it reports EINVAL, and leaves the connection open for ever. */
function isShuttingDown({ writableEnded, writableFinished, writableLength }: Socket): boolean {
  return writableEnded && !writableFinished && writableLength === 0;
}
