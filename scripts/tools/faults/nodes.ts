// Faults that show where several servers share their users.
import type { Change } from "../../model/change.ts";
import { type Fault, inFile } from "./fault.ts";

function nodesFault(
  id: string,
  sentence: string,
  changes: readonly Change[],
  caughtBy: Fault["caughtBy"],
): Fault {
  return { id, sentence, auth: "passport", isShared: true, changes, caughtBy };
}

const SEND = "io.to(userRoom(userId)).emit(event, message);";
const COUNT = 'await askOthers<number>(io, "countConnections", userId)';
const LIST = 'await askOthers<User[]>(io, "listConnectedUsers")';

export const NODES_FAULTS: Fault[] = [
  nodesFault(
    "nodes-no-adapter",
    "The servers have the adapter in memory, whatever was asked for.",
    inFile("server", "    ...adapter,\n"),
    ["nodes.is-connected", "nodes.list", "nodes.note", "nodes.disconnect-user"],
  ),
  nodesFault(
    "nodes-own-secrets",
    "Each server signs with a secret of its own.",
    inFile("settings", "  if (secret === undefined) return", "  return"),
    ["nodes.token"],
  ),
  nodesFault(
    "nodes-note-here",
    "A note reaches the clients of one server alone.",
    inFile("user-rooms", SEND, SEND.replace("io.to", "io.local.to")),
    ["nodes.note"],
  ),
  nodesFault(
    "nodes-note-twice",
    "A note is sent to all servers, and once more to the clients of this one.",
    inFile("user-rooms", SEND, `${SEND}\n  ${SEND.replace("io.to", "io.local.to")}`),
    ["nodes.note"],
  ),
  nodesFault(
    "nodes-note-to-all",
    "A note reaches everybody who is connected to another server.",
    inFile(
      "user-rooms",
      SEND,
      "io.local.to(userRoom(userId)).emit(event, message);\n  io.except([...io.sockets.adapter.sids.keys()]).emit(event, message);",
    ),
    ["nodes.note-to-others"],
  ),
  nodesFault(
    "nodes-count-here",
    "Only the connections to one server are counted.",
    inFile("user-rooms", COUNT, "[] as number[]"),
    ["nodes.is-connected", "nodes.note"],
  ),
  nodesFault(
    "nodes-count-kept",
    "What another server has answered once is not asked again.",
    inFile(
      "user-rooms",
      COUNT,
      `await ((io as any).kept ??= new Map<number, Promise<number[]>>()).set(userId, (io as any).kept.get(userId) ?? askOthers<number>(io, "countConnections", userId)).get(userId)`,
    ),
    ["nodes.left"],
  ),
  nodesFault(
    "nodes-list-here",
    "Only the users of one server are listed.",
    inFile("user-rooms", LIST, "[] as User[][]"),
    ["nodes.list"],
  ),
  nodesFault(
    "nodes-list-first",
    "Of the other servers, only the first one that answers is listened to.",
    inFile("user-rooms", "...others.flat()", "...(others[0] ?? [])"),
    ["nodes.list"],
  ),
  nodesFault(
    "nodes-list-twice",
    "A user of two servers is listed twice.",
    inFile("user-rooms", "users.map((user) => [user.id, user])", "users.entries()"),
    ["nodes.list"],
  ),
  nodesFault(
    "nodes-disconnect-here",
    "A user is disconnected from one server alone.",
    inFile(
      "rights",
      'askOthers<number>(io, "disconnectUser", userId)',
      "Promise.resolve([] as number[])",
    ),
    ["nodes.disconnect-user"],
  ),
  nodesFault(
    "nodes-logout-here",
    "Only one server knows of a logout.",
    inFile("logout", '      await askOthers(io, "logOut", logout);\n'),
    ["nodes.logout"],
  ),
  nodesFault(
    "nodes-reuse-here",
    "Only one server ends the login whose used refresh token came again.",
    inFile(
      "logout",
      '  askOthers(io, "logOut", logout).catch',
      "  Promise.reject(new MissingAnswer()).catch",
    ),
    ["nodes.reuse"],
  ),
  nodesFault(
    "nodes-session-taken",
    "A server opens a new session for one that it does not know.",
    inFile(
      "server",
      '  io.engine.on("connection", limitSession);',
      '  httpServer.prependListener("request", (req) => { req.url = req.url?.replace(/&sid=([^&]*)/, (given, sid) => (sid in (io.engine as any).clients ? given : "")); });\n  io.engine.on("connection", limitSession);',
    ),
    ["nodes.session-unknown"],
  ),
];
