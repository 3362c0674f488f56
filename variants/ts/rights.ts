// Rights: what a user may do, once the server knows who the user is. A namespace that needs one, and an
// event that needs another.
import { answer, answerLater, isUserId } from "./answers.ts";
import { checked, refused } from "./checks.ts";
import { watchExpiry } from "./expiry.ts";
import type { SocketGuard } from "./handshake.ts";
import { answerOthers, askOthers } from "./other-servers.ts";
import type { Settings } from "./settings.ts";
import { disconnectUser, joinUserRoom, registerHandlers, type UserServer } from "./user-rooms.ts";

// --- A namespace that needs a right ---

// Runs after the guard, which has read the rights from the token.
function requireRight(right: string): SocketGuard {
  return (socket, next) => {
    if (socket.data.rights.includes(right)) return next();
    // Logged only where it refuses: the guard had a line of its own.
    checked(socket.request, `right "${right}"`);
    refused(socket.request, new Error("not in the token's scope"));
    // The refusal names what is missing (RFC 6750 §3.1): with another token the client may try again.
    const refusal: Error & { data?: unknown } = new Error("Forbidden");
    refusal.data = { error: "insufficient_scope", scope: right };
    next(refusal);
  };
}

// --- An event that needs a right ---

export function openModeration(
  io: UserServer,
  guard: SocketGuard,
  atExpiry: Settings["atExpiry"],
): void {
  const moderation = io.of("/moderation");
  // The guard first: `io.use` does not reach this namespace.
  moderation.use(guard).use(requireRight("moderation"));

  const disconnectHere = (userId: number) => disconnectUser([io.sockets, moderation], userId);
  answerOthers(io, "disconnectUser", disconnectHere);

  moderation.on("connection", (socket) => {
    watchExpiry(socket, atExpiry);
    joinUserRoom(socket);
    registerHandlers(io, socket);

    socket.on("disconnectUser", (...args) => {
      // Checked for each event: a user who may enter this namespace may not do everything in it.
      if (!socket.data.rights.includes("disconnect")) return answer(args, { error: "Forbidden" });
      const [userId] = args;
      if (!isUserId(userId))
        return answer(args, { error: "The first argument must be a user id." });
      return answerLater(socket, args, async () => {
        const others = askOthers<number>(io, "disconnectUser", userId);
        // Here at once, before the others have answered.
        const here = disconnectHere(userId);
        return { connections: (await others).reduce((sum, each) => sum + each, here) };
      });
    });
  });
}
