// Faults that show where several servers share their users.
import { type Fault, inFile, listFaults } from "./fault.ts";

const SEND = "io.to(userRoom(userId)).emit(event, message);";
const COUNT = 'await askOthers<number>(io, "countConnections", userId)';
const LIST = 'await askOthers<User[]>(io, "listConnectedUsers")';

export const NODES_FAULTS: Fault[] = listFaults({
  "nodes-no-adapter": {
    sentence: "The servers have the adapter in memory, whatever was asked for.",
    changes: inFile("server", "    ...adapter,\n"),
    caughtBy: ["nodes.is-connected", "nodes.list", "nodes.note", "nodes.disconnect-user"],
  },
  "nodes-own-secrets": {
    sentence: "Each server signs with a secret of its own.",
    changes: inFile("settings", "  if (secret === undefined) return", "  return"),
    caughtBy: ["nodes.token"],
  },
  "nodes-note-here": {
    sentence: "A note reaches the clients of one server alone.",
    changes: inFile("user-rooms", SEND, SEND.replace("io.to", "io.local.to")),
    caughtBy: ["nodes.note"],
  },
  "nodes-note-twice": {
    sentence: "A note is sent to all servers, and once more to the clients of this one.",
    changes: inFile("user-rooms", SEND, `${SEND}\n  ${SEND.replace("io.to", "io.local.to")}`),
    caughtBy: ["nodes.note"],
  },
  "nodes-note-to-all": {
    sentence: "A note reaches everybody who is connected to another server.",
    changes: inFile(
      "user-rooms",
      SEND,
      "io.local.to(userRoom(userId)).emit(event, message);\n  io.except([...io.sockets.adapter.sids.keys()]).emit(event, message);",
    ),
    caughtBy: ["nodes.note-to-others"],
  },
  "nodes-count-here": {
    sentence: "Only the connections to one server are counted.",
    changes: inFile("user-rooms", COUNT, "[] as number[]"),
    caughtBy: ["nodes.is-connected", "nodes.note"],
  },
  "nodes-count-kept": {
    sentence: "What another server has answered once is not asked again.",
    changes: inFile(
      "user-rooms",
      COUNT,
      `await ((io as any).kept ??= new Map<number, Promise<number[]>>()).set(userId, (io as any).kept.get(userId) ?? askOthers<number>(io, "countConnections", userId)).get(userId)`,
    ),
    caughtBy: ["nodes.left"],
  },
  "nodes-list-here": {
    sentence: "Only the users of one server are listed.",
    changes: inFile("user-rooms", LIST, "[] as User[][]"),
    caughtBy: ["nodes.list"],
  },
  "nodes-list-first": {
    sentence: "Of the other servers, only the first one that answers is listened to.",
    changes: inFile("user-rooms", "...others.flat()", "...(others[0] ?? [])"),
    caughtBy: ["nodes.list"],
  },
  "nodes-list-twice": {
    sentence: "A user of two servers is listed twice.",
    changes: inFile("user-rooms", "users.map((user) => [user.id, user])", "users.entries()"),
    caughtBy: ["nodes.list"],
  },
  "nodes-disconnect-here": {
    sentence: "A user is disconnected from one server alone.",
    changes: inFile(
      "rights",
      'askOthers<number>(io, "disconnectUser", userId)',
      "Promise.resolve([] as number[])",
    ),
    caughtBy: ["nodes.disconnect-user"],
  },
  "nodes-logout-here": {
    sentence: "Only one server knows of a logout.",
    changes: inFile("logout", '      await askOthers(io, "logOut", logout);\n'),
    caughtBy: ["nodes.logout"],
  },
  "nodes-reuse-here": {
    sentence: "Only one server ends the login whose used refresh token came again.",
    changes: inFile(
      "logout",
      '  askOthers(io, "logOut", logout).catch',
      "  Promise.reject(new MissingAnswer()).catch",
    ),
    caughtBy: ["nodes.reuse"],
  },
  "nodes-session-taken": {
    sentence: "A server opens a new session for one that it does not know.",
    changes: inFile(
      "server",
      '  io.engine.on("connection", limitSession);',
      '  httpServer.prependListener("request", (req) => { req.url = req.url?.replace(/&sid=([^&]*)/, (given, sid) => (sid in (io.engine as any).clients ? given : "")); });\n  io.engine.on("connection", limitSession);',
    ),
    caughtBy: ["nodes.session-unknown"],
  },
}).map((fault) => ({ ...fault, auth: "passport", isShared: true }));
