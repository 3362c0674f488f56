// The weaker form for this lesson, do not copy it: the middleware passes a text to `next`, where an Error
// belongs.
const { checked, refused } = require("./checks.cjs");

// --- What the client learns ---

function describeRefusal(token, error) {
  if (token === undefined) return "The token is missing.";
  return error.name === "TokenExpiredError" ? "The token has expired." : "The token is not valid.";
}

// --- The check ---

function checkPayloads(tokens) {
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
      // Socket.IO sends `message` and `data` of what it gets here, and a text has neither.
      return next(describeRefusal(token, error));
    }
    next();
  };
}

module.exports = { checkPayloads };
