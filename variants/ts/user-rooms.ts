// The user id as a room: every connection of one user is in it, so that all of them can be reached
// at once.

import type { DefaultEventsMap as Events, Server, Socket } from "socket.io";
import type { User } from "./settings.ts";

/** TypeScript: what `socket.data` holds once a socket has passed the check. */
type SocketData = { user: User };
export type UserServer = Server<Events, Events, Events, SocketData>;
export type UserSocket = Socket<Events, Events, Events, SocketData>;

// --- The room of a user ---

function userRoom(userId: number): string {
  return `user:${userId}`;
}

export function joinUserRoom(socket: UserSocket): void {
  // The id comes from the verified token, never from what a client sends.
  // Done at once with the adapter in memory; another adapter returns a promise to wait for.
  void socket.join(userRoom(socket.data.user.id));
}

// --- All connections of a user ---

export function sendToUser(io: UserServer, userId: number, event: string, message: unknown): void {
  io.to(userRoom(userId)).emit(event, message);
}

// The size of the room, and not `fetchSockets()`, which makes an object for every socket only to be
// counted. Both functions below know this server alone; with several servers behind one address,
// ask the adapter.
export function countConnections(io: UserServer, userId: number): number {
  return io.sockets.adapter.rooms.get(userRoom(userId))?.size ?? 0;
}

export function listConnectedUsers(io: UserServer): User[] {
  const users = new Map<number, User>();
  for (const socket of io.sockets.sockets.values())
    users.set(socket.data.user.id, socket.data.user);
  return [...users.values()];
}
