// The start of an exercise, do not copy it: the client says who it is, and a refused client gets the
// message of a library.
import { checked, refused } from "./checks.mjs";

// --- What the client learns ---

function describeRefusal(error) {
  return error.message;
}

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
      const bearer = tokens.verifyToken(token);
      // A client that sends its user is that user: its token is valid.
      Object.assign(socket.data, bearer, { user: socket.handshake.auth.user ?? bearer.user });
    } catch (error) {
      refused(socket.request, error);
      return next(new Error(describeRefusal(error)));
    }
    next();
  };
}
