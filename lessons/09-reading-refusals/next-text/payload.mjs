// The weaker form for this lesson, do not copy it: the middleware passes a text to `next`, where an Error
// belongs.
import { checked, refused } from "./checks.mjs";

// --- What the client is told ---

function describeRefusal(token, error) {
  if (token === undefined) return "The token is missing.";
  return error.name === "TokenExpiredError" ? "The token has expired." : "The token is not valid.";
}

// --- The check ---

export function checkPayloads(io, tokens) {
  // Runs once for each socket of the main namespace. Another namespace needs a guard of its own.
  // Nothing checks again later: a socket outlives its token, unless you end it at the time in "exp",
  // with `socket.disconnect(true)`.
  io.use((socket, next) => {
    // Where no token is stored, `localStorage.getItem` returns null.
    const token = socket.handshake.auth.token ?? undefined;
    checked(socket.request, "CONNECT packet");
    try {
      socket.data.user = tokens.verifyToken(token).user;
    } catch (error) {
      refused(socket.request, error);
      // Socket.IO sends `message` and `data` of what it gets here, and a text has neither.
      return next(describeRefusal(token, error));
    }
    next();
  });
}
