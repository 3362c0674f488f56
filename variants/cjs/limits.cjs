// What one client may cost the others: limits for each session, which is what carries the packets of
// one client on either transport.

// Every message takes time from all clients, and a note goes into somebody else's queue. A person sends
// a few in a second; a client that was offline sends all that it has stored. If yours stream positions
// or pieces of files, the limit must be higher.
const MOST_MESSAGES_PER_SECOND = 100;

// What a client does not read waits in the memory of this process. Bytes fill it, so bytes count: a burst
// of two thousand short packets, from others, must not end a client that reads. A single sender of the
// longest notes needs 24 seconds to write this much.
const MOST_UNREAD_BYTES = 8 * 1024 * 1024;
const BYTES_AROUND_PACKET = 200;

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

  let unreadBytes = 0;
  session.on("packetCreate", ({ data = "" }) => {
    unreadBytes += data.length + BYTES_AROUND_PACKET;
    if (unreadBytes > MOST_UNREAD_BYTES) session.close(true);
  });
  session.on("flush", () => {
    unreadBytes = 0;
  });
}

// --- A client that connects many times ---

const connected = new WeakMap();

// A session has one socket in a namespace. Socket.IO 4.8 closes a session that asks for a second one, but not one that
// asks many times at once, before the first is connected: each would be a socket in the room of its user.
const limitSockets = (socket, next) => {
  const namespaces = connected.get(socket.conn) ?? new Set();
  connected.set(socket.conn, namespaces);
  if (namespaces.has(socket.nsp)) {
    socket.conn.close(true);
    // Without an answer, Socket.IO would store the socket for ever.
    return next(new Error("Connected already"));
  }
  namespaces.add(socket.nsp);
  socket.on("disconnect", () => namespaces.delete(socket.nsp));
  next();
};

module.exports = { limitSession, limitSockets };
