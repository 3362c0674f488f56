// The token in the payload of the Socket.IO CONNECT packet, `auth: { token }`: works on every
// transport and in every client.
import { checked, refused } from "./checks.mjs";

// --- What the client learns ---

function describeRefusal(token, error) {
  if (token === undefined) return "The token is missing.";
  return error.name === "TokenExpiredError" ? "The token has expired." : "The token is not valid.";
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
      Object.assign(socket.data, tokens.verifyToken(token));
    } catch (error) {
      refused(socket.request, error);
      // Unlike a refused handshake, this reaches the client as it is: the message and `data`, with
      // the error code of RFC 6750 §3.1.
      const refusal = new Error(describeRefusal(token, error));
      refusal.data = { error: token === undefined ? "invalid_request" : "invalid_token" };
      return next(refusal);
    }
    next();
  };
}
