// The weaker form for this lesson, do not copy it: the middleware passes a text to `next`, where an Error
// belongs.
import { checked, refused } from "./checks.ts";
import type { SocketGuard } from "./handshake.ts";
import type { Tokens } from "./tokens.ts";

// --- What the client learns ---

function describeRefusal(token: unknown, error: unknown): string {
  if (token === undefined) return "The token is missing.";
  return (error as Error).name === "TokenExpiredError"
    ? "The token has expired."
    : "The token is not valid.";
}

// --- The check ---

export function checkPayloads(tokens: Tokens): SocketGuard {
  // Runs once for each socket. Each namespace needs this guard: `use` applies to one alone, and a client
  // sends the token with the CONNECT packet of each. Nothing checks again later: see `expiry`
  // and `logout`.
  return (socket, next) => {
    // Where no token is stored, `localStorage.getItem` returns null.
    const token: unknown = socket.handshake.auth.token ?? undefined;
    checked(socket.request, "CONNECT packet");
    try {
      Object.assign(socket.data, tokens.verifyToken(token));
    } catch (error) {
      refused(socket.request, error);
      // Socket.IO sends `message` and `data` of what it gets here, and a text has neither.
      return next(describeRefusal(token, error) as unknown as Error);
    }
    next();
  };
}
