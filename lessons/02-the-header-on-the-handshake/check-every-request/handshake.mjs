// The weaker form for this lesson, do not copy it: every request of a session is checked for a bearer
// token, and not only the one that opens it.

export function checkHandshakes(io, requireBearer, log) {
  // --- Before a session opens: the HTTP request ---

  io.engine.use((req, res, next) => {
    // A browser sends the header with polling requests only. So its upgrade to websocket is refused
    // here, although the session was checked when it opened.
    const transport = req.headers.upgrade === undefined ? "polling" : "websocket";
    log(`checked port ${req.socket.remotePort}: ${req.method} ${transport} request`);
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
