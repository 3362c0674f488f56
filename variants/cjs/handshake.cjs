// The header on the handshake: which requests are checked for a bearer token, and how the user
// reaches the socket.

function checkHandshakes(io, requireBearer, log) {
  // --- Before a session opens: the HTTP request ---

  io.engine.use((req, res, next) => {
    // Engine.IO opens a new session for every request whose sid is falsy, an empty one included; a
    // comparison with undefined misses that one. A request with a sid belongs to a session that was
    // checked when it opened, and a browser could not send the header again on the upgrade.
    if (req._query.sid) return next();
    const transport = req.headers.upgrade === undefined ? "polling" : "websocket";
    log(`checked port ${req.socket.remotePort}: ${req.method} ${transport} handshake`);
    requireBearer(req, res, next);
  });

  // --- Before a socket connects: the namespace ---

  // Should a session ever open unchecked, no socket gets further than this. Nor once its token has
  // expired: a session can let its socket go and ask for another one. Another namespace needs a guard of
  // its own. Nobody looks again later: a socket that is connected outlives its token, unless you end it
  // at the time in "exp", with `socket.disconnect(true)`.
  io.use((socket, next) => {
    const { user, exp = Infinity } = socket.request;
    if (!user || exp <= Date.now() / 1000) {
      // Told only where it refuses: the handshake has had a line of its own.
      const { remotePort } = socket.request.socket;
      log(`checked port ${remotePort}: CONNECT packet`);
      log(`refused port ${remotePort}: "${user ? "jwt expired" : "no user"}"`);
      return next(new Error("Unauthorized"));
    }
    socket.data.user = user;
    next();
  });
}

module.exports = { checkHandshakes };
