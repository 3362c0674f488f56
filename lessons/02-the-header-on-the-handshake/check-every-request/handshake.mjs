// The weaker form for this lesson, do not copy it: every request of a session is checked for a bearer
// token, and not only the one that opens it.
import { checked, refused } from "./checks.mjs";

export function checkHandshakes(io, requireBearer, revoked) {
  // --- Before a session opens: the HTTP request ---

  io.engine.use((req, res, next) => {
    // A browser sends the header with polling requests only. So its upgrade to websocket is refused
    // here, although the session was checked when it opened.
    const transport = req.headers.upgrade === undefined ? "polling" : "websocket";
    checked(req, `${req.method} ${transport} request`);
    requireBearer(req, res, next);
  });

  // --- Before a socket connects: the namespace ---

  // If a session ever opens unchecked, its socket gets no further than this. Neither does one whose
  // token has expired or was revoked meanwhile: a session can close its socket and ask for another one.
  // Each namespace needs this guard: `use` applies to one alone. Nothing checks again later: see `expiry`
  // and `logout`.
  return (socket, next) => {
    const { user, exp = Infinity, iat, sid, rights = [] } = socket.request;
    if (!user || exp <= Date.now() / 1000 || revoked.isRevoked({ user, iat, sid })) {
      // Logged only where it refuses: the handshake had a line of its own.
      checked(socket.request, "CONNECT packet");
      refused(socket.request, new Error(user ? "jwt expired or revoked" : "no user"));
      return next(new Error("Unauthorized"));
    }
    Object.assign(socket.data, { user, exp, iat, sid, rights });
    next();
  };
}
