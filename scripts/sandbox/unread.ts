// Ends the connection of a page that does not read: what is sent to it waits in the memory of this process.
import type { Socket } from "socket.io";

/** Many times what a page that reads has before it: 64 answers of 30 kB. */
const MOST_UNREAD_BYTES = 8 * 1024 * 1024;
const BYTES_AROUND_PACKET = 200;

/** Watches one connection, as the demo servers do. */
export function endIfUnread(connection: Socket["conn"]): void {
  let unreadBytes = 0;
  connection.on("packetCreate", ({ data = "" }: { data?: string | Buffer }) => {
    unreadBytes += data.length + BYTES_AROUND_PACKET;
    if (unreadBytes > MOST_UNREAD_BYTES) connection.close(true);
  });
  connection.on("flush", () => {
    unreadBytes = 0;
  });
}
