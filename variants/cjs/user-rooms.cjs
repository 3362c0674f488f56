// The user id as a room: every connection of a user is in it, so that all of them can be reached at
// once; and the events by which clients use it.
const { answer, answerLater, isNote, isUserId, LONGEST_NOTE_CHARACTERS } = require("./answers.cjs");
const { answerOthers, askOthers } = require("./other-servers.cjs");

// --- The room of a user ---

function userRoom(userId) {
  return `user:${userId}`;
}

/** The room of all sockets whose tokens are of one login. */
function loginRoom(sid) {
  return `login:${sid}`;
}

function joinUserRoom(socket) {
  // The id comes from the verified token, never from what a client sends. Left out: a limit for the
  // connections of one user, since in the lessons everybody is john. It would go here.
  // With the adapter in memory this takes effect at once; another adapter returns a promise to wait for.
  void socket.join(userRoom(socket.data.user.id));
  const { sid } = socket.data;
  if (sid !== undefined) void socket.join(loginRoom(sid));
}

// --- All connections of a user ---

function sendToUser(io, userId, event, message) {
  io.to(userRoom(userId)).emit(event, message);
}

// The functions below know only the connections of this server.

function countConnections({ adapter }, userId) {
  return adapter.rooms.get(userRoom(userId))?.size ?? 0;
}

/** Ends the connections of a user. Nothing keeps the client from coming back. @returns how many there were */
function disconnectUser(namespaces, userId) {
  let connections = 0;
  // Each namespace has rooms of its own, and a client may be in one namespace only.
  for (const namespace of namespaces) {
    connections += countConnections(namespace, userId);
    // `true` ends the session, and with it the sockets that the client has in the namespaces that follow.
    namespace.local.in(userRoom(userId)).disconnectSockets(true);
  }
  return connections;
}

function listConnectedUsers(io) {
  const users = new Map();
  for (const socket of io.sockets.sockets.values())
    users.set(socket.data.user.id, socket.data.user);
  return [...users.values()];
}

// --- All servers ---

/** Lets this server answer the questions of the others; call it once. */
function answerForUsers(io) {
  answerOthers(io, "countConnections", (id) => countConnections(io.sockets, id));
  answerOthers(io, "listConnectedUsers", () => listConnectedUsers(io));
}

async function countEverywhere(io, userId) {
  const others = await askOthers(io, "countConnections", userId);
  return others.reduce((sum, each) => sum + each, countConnections(io.sockets, userId));
}

async function listEverywhere(io) {
  const others = await askOthers(io, "listConnectedUsers");
  const users = [...listConnectedUsers(io), ...others.flat()];
  return [...new Map(users.map((user) => [user.id, user])).values()];
}

// --- The events ---

function registerHandlers(io, socket) {
  const { user } = socket.data;

  socket.on("whoami", (...args) => answer(args, user));

  // Every user may see who else is connected and write to them, which is all that the lessons need. An app
  // decides here who may.
  socket.on("listConnected", (...args) =>
    answerLater(socket, args, async () => ({ users: await listEverywhere(io) })),
  );

  socket.on("isConnected", (...args) => {
    const [userId] = args;
    if (!isUserId(userId)) return answer(args, { error: "The first argument must be a user id." });
    return answerLater(socket, args, async () => ({
      isConnected: (await countEverywhere(io, userId)) > 0,
    }));
  });

  socket.on("sendNote", (...args) => {
    const [userId, text] = args;
    if (!isUserId(userId)) return answer(args, { error: "The first argument must be a user id." });
    if (!isNote(text))
      return answer(args, {
        error: `The second argument must be a text of 1 to ${LONGEST_NOTE_CHARACTERS} characters.`,
      });
    // The sender is the user of the token, never one that the message names.
    sendToUser(io, userId, "note", { from: user, text });
    return answerLater(socket, args, async () => ({
      connections: await countEverywhere(io, userId),
    }));
  });
}

module.exports = {
  userRoom,
  loginRoom,
  joinUserRoom,
  disconnectUser,
  answerForUsers,
  registerHandlers,
};
