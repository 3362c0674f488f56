// The events that a connected client may send. No handler trusts its arguments: a client can send
// anything, or leave the acknowledgement out.
import {
  countConnections,
  listConnectedUsers,
  sendToUser,
  type UserServer,
  type UserSocket,
} from "./user-rooms.ts";

// Room for a sentence or two; whoever may write to others needs a limit.
const LONGEST_NOTE_CHARACTERS = 500;

// --- Reading arguments ---

// The acknowledgement, if there is one, is the last argument.
function answer(args: unknown[], reply: unknown): void {
  const acknowledge = args.at(-1);
  if (typeof acknowledge === "function") acknowledge(reply);
}

function isUserId(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}

function isNote(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= LONGEST_NOTE_CHARACTERS;
}

// --- The events ---

export function registerHandlers(io: UserServer, socket: UserSocket): void {
  const { user } = socket.data;

  socket.on("whoami", (...args) => answer(args, user));

  // Every user may see who else is connected, and write to them: the lessons need no more. An app
  // decides here who may.
  socket.on("listConnected", (...args) => answer(args, { users: listConnectedUsers(io) }));

  socket.on("isConnected", (...args) => {
    const [userId] = args;
    if (!isUserId(userId)) return answer(args, { error: "The first argument must be a user id." });
    answer(args, { isConnected: countConnections(io, userId) > 0 });
  });

  socket.on("sendNote", (...args) => {
    const [userId, text] = args;
    if (!isUserId(userId)) return answer(args, { error: "The first argument must be a user id." });
    if (!isNote(text))
      return answer(args, {
        error: `The second argument must be a text of 1 to ${LONGEST_NOTE_CHARACTERS} characters.`,
      });
    // The sender is who the token says, never who the message says.
    sendToUser(io, userId, "note", { from: user, text });
    answer(args, { connections: countConnections(io, userId) });
  });
}
