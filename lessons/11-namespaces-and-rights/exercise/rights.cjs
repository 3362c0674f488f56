// The start of an exercise, do not copy it: anybody who has a token may moderate.
const { answer, answerLater, isUserId } = require("./answers.cjs");
const { watchExpiry } = require("./expiry.cjs");
const { answerOthers, askOthers } = require("./other-servers.cjs");
const { disconnectUser, joinUserRoom, registerHandlers } = require("./user-rooms.cjs");

function openModeration(io, guard, atExpiry) {
  const moderation = io.of("/moderation");
  // The guard first: `io.use` does not reach this namespace.
  moderation.use(guard);

  const disconnectHere = (userId) => disconnectUser([io.sockets, moderation], userId);
  answerOthers(io, "disconnectUser", disconnectHere);

  moderation.on("connection", (socket) => {
    watchExpiry(socket, atExpiry);
    joinUserRoom(socket);
    registerHandlers(io, socket);

    socket.on("disconnectUser", (...args) => {
      const [userId] = args;
      if (!isUserId(userId))
        return answer(args, { error: "The first argument must be a user id." });
      return answerLater(socket, args, async () => {
        const others = askOthers(io, "disconnectUser", userId);
        // Here at once, before the others have answered.
        const here = disconnectHere(userId);
        return { connections: (await others).reduce((sum, each) => sum + each, here) };
      });
    });
  });
}

module.exports = { openModeration };
