// Ends the connection of a page that does not read: what is sent to it waits in the memory of this process.
import type { Socket } from "socket.io";

const MOST_UNREAD_PACKETS = 500;
const LONGEST_UNREAD_MS = 1_000;

/**
 * Watches one connection. How much comes at once says nothing: a server may print many lines, and a page that reads takes
 * them in a moment. One that took nothing for a second does not read.
 */
export function endIfUnread(connection: Socket["conn"]): void {
  let unread = 0;
  let since = 0;
  connection.on("packetCreate", () => {
    if (unread === 0) since = performance.now();
    unread += 1;
    const isLate = performance.now() - since > LONGEST_UNREAD_MS;
    if (isLate && unread > MOST_UNREAD_PACKETS) connection.close(true);
  });
  connection.on("flush", () => {
    unread = 0;
  });
}
