// The weaker form for this lesson, do not copy it: every socket connects, and the server disconnects those
// without a good token afterwards.
import { checked, refused } from "./checks.mjs";

// --- The check ---

export function checkPayloads(tokens) {
  // Runs once for each socket. Each namespace needs this guard: `use` applies to one alone, and a client
  // sends the token with the CONNECT packet of each. Nothing checks again later: see `expiry`
  // and `logout`.
  return (socket, next) => {
    // Where no token is stored, `localStorage.getItem` returns null.
    const token = socket.handshake.auth.token ?? undefined;
    checked(socket.request, "CONNECT packet");
    try {
      Object.assign(socket.data, tokens.verifyToken(token));
    } catch (error) {
      refused(socket.request, error);
      // The handlers need a user.
      socket.data.user = { id: 0, username: "nobody" };
      socket.data.exp = Infinity;
    }
    next();
  };
}
