// The start of an exercise, do not copy it: whoever has a token may moderate.
import { watchExpiry } from "./expiry.ts";
import type { SocketGuard } from "./handshake.ts";
import type { Settings } from "./settings.ts";
import {
  answer,
  disconnectUser,
  isUserId,
  joinUserRoom,
  registerHandlers,
  type UserServer,
} from "./user-rooms.ts";

export function openModeration(
  io: UserServer,
  guard: SocketGuard,
  atExpiry: Settings["atExpiry"],
): void {
  const moderation = io.of("/moderation");
  // The guard first: `io.use` does not reach this namespace.
  moderation.use(guard);

  moderation.on("connection", (socket) => {
    watchExpiry(socket, atExpiry);
    joinUserRoom(socket);
    registerHandlers(io, socket);

    socket.on("disconnectUser", (...args) => {
      const [userId] = args;
      if (!isUserId(userId))
        return answer(args, { error: "The first argument must be a user id." });
      answer(args, { connections: disconnectUser([io.sockets, moderation], userId) });
    });
  });
}
