// The start of an exercise, do not copy it: whoever has a token may moderate.
const { watchExpiry } = require("./expiry.cjs");
const {
  answer,
  disconnectUser,
  isUserId,
  joinUserRoom,
  registerHandlers,
} = require("./user-rooms.cjs");

function openModeration(io, guard, atExpiry) {
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

module.exports = { openModeration };
