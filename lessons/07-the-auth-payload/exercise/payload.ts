// The start of an exercise, do not copy it: the client says who it is, and a refused client gets the
// message of a library.
import { checked, refused } from "./checks.ts";
import type { Tokens } from "./tokens.ts";
import type { UserServer } from "./user-rooms.ts";

// --- What the client is told ---

function describeRefusal(error: unknown): string {
  return (error as Error).message;
}

// --- The check ---

export function checkPayloads(io: UserServer, tokens: Tokens): void {
  // Runs once for each socket of the main namespace. Another namespace needs a guard of its own.
  // Nothing checks again later: see `expiry`.
  io.use((socket, next) => {
    // Where no token is stored, `localStorage.getItem` returns null.
    const token: unknown = socket.handshake.auth.token ?? undefined;
    checked(socket.request, "CONNECT packet");
    try {
      const { user, exp } = tokens.verifyToken(token);
      socket.data.exp = exp;
      // A client that sends its user is that user: its token is valid.
      socket.data.user = socket.handshake.auth.user ?? user;
    } catch (error) {
      refused(socket.request, error);
      return next(new Error(describeRefusal(error)));
    }
    next();
  });
}
