// The weaker form for this lesson, do not copy it: every socket connects, and the server disconnects those
// without a good token afterwards.
const { checked, refused } = require("./checks.cjs");

// The handlers that run next need a user.
const NOBODY = { id: 0, username: "nobody" };

// --- The check ---

function checkPayloads(io, tokens) {
  // When this runs, the client has been sent that it is connected.
  io.on("connection", (socket) => {
    // Where no token is stored, `localStorage.getItem` returns null.
    const token = socket.handshake.auth.token ?? undefined;
    checked(socket.request, "CONNECT packet");
    try {
      socket.data.user = tokens.verifyToken(token).user;
    } catch (error) {
      refused(socket.request, error);
      socket.data.user = NOBODY;
      socket.disconnect();
    }
  });
}

module.exports = { checkPayloads };
