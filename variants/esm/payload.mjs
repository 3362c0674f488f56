// The token in the payload of the Socket.IO CONNECT packet, `auth: { token }`: works on every
// transport and in every client.

// --- What the client is told ---

function describeRefusal(token, error) {
  if (token === undefined) return "The token is missing.";
  return error.name === "TokenExpiredError" ? "The token has expired." : "The token is not valid.";
}

// --- The check ---

export function checkPayloads(io, tokens, log) {
  // Runs once for each socket of the main namespace. Another namespace needs a guard of its own.
  // Nobody looks again later: a socket outlives its token, unless you end it at the time in "exp",
  // with `socket.disconnect(true)`.
  io.use((socket, next) => {
    // Where none is kept, `localStorage.getItem` answers null.
    const token = socket.handshake.auth.token ?? undefined;
    log(`checked port ${socket.request.socket.remotePort}: CONNECT packet`);
    try {
      socket.data.user = tokens.verifyToken(token).user;
    } catch (error) {
      // For whoever runs the server alone. Quoted, since it may repeat what a client has sent.
      log(`refused port ${socket.request.socket.remotePort}: ${JSON.stringify(error.message)}`);
      // Unlike a refused handshake, this reaches the client as it is: the message and `data`, with
      // the error code of RFC 6750 §3.1.
      const refusal = new Error(describeRefusal(token, error));
      refusal.data = { error: token === undefined ? "invalid_request" : "invalid_token" };
      return next(refusal);
    }
    next();
  });
}
