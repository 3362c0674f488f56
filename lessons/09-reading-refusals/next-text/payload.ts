// The weaker form for this lesson, do not copy it: the middleware passes a text to `next`, where an Error
// belongs.
import { checked, refused } from "./checks.ts";
import type { Tokens } from "./tokens.ts";
import type { UserServer } from "./user-rooms.ts";

// --- What the client is told ---

function describeRefusal(token: unknown, error: unknown): string {
  if (token === undefined) return "The token is missing.";
  return (error as Error).name === "TokenExpiredError"
    ? "The token has expired."
    : "The token is not valid.";
}

// --- The check ---

export function checkPayloads(io: UserServer, tokens: Tokens): void {
  // Runs once for each socket of the main namespace. Another namespace needs a guard of its own.
  // Nothing checks again later: a socket outlives its token, unless you end it at the time in "exp",
  // with `socket.disconnect(true)`.
  io.use((socket, next) => {
    // Where no token is stored, `localStorage.getItem` returns null.
    const token: unknown = socket.handshake.auth.token ?? undefined;
    checked(socket.request, "CONNECT packet");
    try {
      socket.data.user = tokens.verifyToken(token).user;
    } catch (error) {
      refused(socket.request, error);
      // Socket.IO sends `message` and `data` of what it gets here, and a text has neither.
      return next(describeRefusal(token, error) as unknown as Error);
    }
    next();
  });
}
