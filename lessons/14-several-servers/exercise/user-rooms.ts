// The start of an exercise, do not copy it: each server counts the connections that it has itself.
import type { DefaultEventsMap as Events, Server, Socket } from "socket.io";
import { answer, answerLater, isNote, isUserId, LONGEST_NOTE_CHARACTERS } from "./answers.ts";
import { answerOthers, askOthers } from "./other-servers.ts";
import type { User } from "./settings.ts";
import type { Bearer } from "./tokens.ts";

/** TypeScript: `socket.data` is the bearer once a socket has passed the check. */
export type UserServer = Server<Events, Events, Events, Bearer>;
type UserNamespace = UserServer["sockets"];
export type UserSocket = Socket<Events, Events, Events, Bearer>;

// --- The room of a user ---

export function userRoom(userId: number): string {
  return `user:${userId}`;
}

/** The room of all sockets whose tokens are of one login. */
export function loginRoom(sid: string): string {
  return `login:${sid}`;
}

export function joinUserRoom(socket: UserSocket): void {
  // The id comes from the verified token, never from what a client sends. Left out: a limit for the
  // connections of one user, since in the lessons everybody is john. It would go here.
  // With the adapter in memory this takes effect at once; another adapter returns a promise to wait for.
  void socket.join(userRoom(socket.data.user.id));
  const { sid } = socket.data;
  if (sid !== undefined) void socket.join(loginRoom(sid));
}

// --- All connections of a user ---

function sendToUser(io: UserServer, userId: number, event: string, message: unknown): void {
  io.to(userRoom(userId)).emit(event, message);
}

// The functions below know only the connections of this server.

function countConnections({ adapter }: UserNamespace, userId: number): number {
  return adapter.rooms.get(userRoom(userId))?.size ?? 0;
}

/** Ends the connections of a user. Nothing keeps the client from coming back. @returns how many there were */
export function disconnectUser(namespaces: UserNamespace[], userId: number): number {
  let connections = 0;
  // Each namespace has rooms of its own, and a client may be in one namespace only.
  for (const namespace of namespaces) {
    connections += countConnections(namespace, userId);
    // `true` ends the session, and with it the sockets that the client has in the namespaces that follow.
    namespace.local.in(userRoom(userId)).disconnectSockets(true);
  }
  return connections;
}

function listConnectedUsers(io: UserServer): User[] {
  const users = new Map<number, User>();
  for (const socket of io.sockets.sockets.values())
    users.set(socket.data.user.id, socket.data.user);
  return [...users.values()];
}

// --- All servers ---

/** Lets this server answer the questions of the others; call it once. */
export function answerForUsers(io: UserServer): void {
  answerOthers(io, "countConnections", (id: number) => countConnections(io.sockets, id));
  answerOthers(io, "listConnectedUsers", () => listConnectedUsers(io));
}

async function countEverywhere(io: UserServer, userId: number): Promise<number> {
  return countConnections(io.sockets, userId);
}

async function listEverywhere(io: UserServer): Promise<User[]> {
  const others = await askOthers<User[]>(io, "listConnectedUsers");
  const users = [...listConnectedUsers(io), ...others.flat()];
  return [...new Map(users.map((user) => [user.id, user])).values()];
}

// --- The events ---

export function registerHandlers(io: UserServer, socket: UserSocket): void {
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
