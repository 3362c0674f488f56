// What one client may cost the others: limits for each session, which is what carries the packets of
// one client on either transport.

// Every message takes time from all clients, and a note goes into somebody else's queue. A person sends
// a few in a second; a client that was offline sends all that it has stored. If yours stream positions
// or pieces of files, the limit must be higher.
const MOST_MESSAGES_PER_SECOND = 100;

// What a client does not read waits in the memory of this process.
const MOST_UNREAD_PACKETS = 1000;
const LONGEST_UNREAD_MS = 1000;

function limitSession(session) {
  // --- A client that sends too much ---

  let second = 0;
  let received = 0;
  // Events, acknowledgements and CONNECT packets, but not heartbeats.
  session.on("message", () => {
    const now = Math.floor(Date.now() / 1000);
    if (now !== second) received = 0;
    second = now;
    received += 1;
    // Socket.IO's own client connects again after a pause, which slows it down; for any other, a hundred
    // messages cost a handshake.
    if (received > MOST_MESSAGES_PER_SECOND) session.close(true);
  });

  // --- A client that does not read ---

  let unread = 0;
  let since = 0;
  session.on("packetCreate", () => {
    if (unread === 0) since = Date.now();
    unread += 1;
    // Both, since a thousand packets can come at once, from others: they must not end a client that
    // fetches them.
    const isLate = Date.now() - since > LONGEST_UNREAD_MS;
    if (isLate && unread > MOST_UNREAD_PACKETS) session.close(true);
  });
  session.on("flush", () => {
    unread = 0;
  });
}

module.exports = { limitSession };
