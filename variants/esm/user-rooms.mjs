// The user id as a room: every connection of a user is in it, so that all of them can be reached at
// once; and the events by which clients use it.

// --- The room of a user ---

export function userRoom(userId) {
  return `user:${userId}`;
}

/** The room of all sockets whose tokens are of one login. */
export function loginRoom(sid) {
  return `login:${sid}`;
}

export function joinUserRoom(socket) {
  // The id comes from the verified token, never from what a client sends. Left out: a limit for the
  // connections of one user, since in the lessons everybody is john. It would stand here.
  // Takes effect at once with the adapter in memory; another adapter returns a promise to wait for.
  void socket.join(userRoom(socket.data.user.id));
  const { sid } = socket.data;
  if (sid !== undefined) void socket.join(loginRoom(sid));
}

// --- All connections of a user ---

function sendToUser(io, userId, event, message) {
  io.to(userRoom(userId)).emit(event, message);
}

// The size of the room, and not `fetchSockets()`, which makes an object for every socket only to be
// counted. Both functions below know this server alone; with several servers behind one address,
// ask the adapter.
function countConnections({ adapter }, userId) {
  return adapter.rooms.get(userRoom(userId))?.size ?? 0;
}

/** Ends all connections of a user, and says how many there were. Nothing keeps the client from coming back. */
export function disconnectUser(namespaces, userId) {
  let connections = 0;
  // Each namespace has rooms of its own, and a client may be in one namespace alone.
  for (const namespace of namespaces) {
    connections += countConnections(namespace, userId);
    // `true` ends the session, and with it the sockets that the client has in the namespaces that follow.
    namespace.in(userRoom(userId)).disconnectSockets(true);
  }
  return connections;
}

function listConnectedUsers(io) {
  const users = new Map();
  for (const socket of io.sockets.sockets.values())
    users.set(socket.data.user.id, socket.data.user);
  return [...users.values()];
}

// --- Reading arguments ---

// No handler trusts its arguments: a client can send anything, or leave the acknowledgement out. If
// there is one, it is the last argument.
export function answer(args, reply) {
  const acknowledge = args.at(-1);
  if (typeof acknowledge === "function") acknowledge(reply);
}

export function isUserId(value) {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}

// Room for a sentence or two; what one user sends to others needs a limit.
const LONGEST_NOTE_CHARACTERS = 500;

function isNote(value) {
  return typeof value === "string" && value !== "" && value.length <= LONGEST_NOTE_CHARACTERS;
}

// --- The events ---

export function registerHandlers(io, socket) {
  const { user } = socket.data;

  socket.on("whoami", (...args) => answer(args, user));

  // Every user may see who else is connected, and write to them: the lessons need no more. An app
  // decides here who may.
  socket.on("listConnected", (...args) => answer(args, { users: listConnectedUsers(io) }));

  socket.on("isConnected", (...args) => {
    const [userId] = args;
    if (!isUserId(userId)) return answer(args, { error: "The first argument must be a user id." });
    answer(args, { isConnected: countConnections(io.sockets, userId) > 0 });
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
    answer(args, { connections: countConnections(io.sockets, userId) });
  });
}
