// Faults in the payload mode, in the rooms of users and in the handlers.
import { type Fault, inFile, listFaults } from "./fault.ts";

const payload = listFaults({
  "payload-data-missing": {
    sentence: "A refusal in the payload mode has no data.",
    auth: "payload",
    changes: inFile(
      "payload",
      'refusal.data = { error: token === undefined ? "invalid_request" : "invalid_token" };',
      "",
    ),
    caughtBy: ["payload.error-code-invalid", "payload.error-code-missing"],
  },
  "payload-reason-missing": {
    sentence: "A refusal in the payload mode does not tell expired from never good.",
    auth: "payload",
    changes: inFile("payload", '? "The token has expired."', '? "The token is not valid."'),
    caughtBy: ["payload.expired-differs"],
  },
  "payload-token-in-message": {
    sentence: "A refusal in the payload mode repeats what the library says.",
    auth: "payload",
    changes: inFile(
      "payload",
      "new Error(describeRefusal(token, error))",
      "new Error(error.stack)",
    ),
    caughtBy: ["payload.error-tells-nothing"],
  },
  "payload-null-invalid": {
    sentence: "A token that is null, as localStorage answers, is told as one that is not valid.",
    auth: "payload",
    changes: inFile("payload", "auth.token ?? undefined;", "auth.token;"),
    caughtBy: ["payload.null-is-missing"],
  },
  "payload-verdict-kept": {
    sentence: "Once a token was good, its session needs none any more.",
    auth: "payload",
    changes: inFile(
      "payload",
      "Object.assign(socket.data, tokens.verifyToken(token));",
      "Object.assign(socket.data, (socket.conn.bearer ??= tokens.verifyToken(token)));",
    ),
    caughtBy: ["payload.verdict-not-kept"],
  },
  "payload-other-namespace": {
    sentence: "Another namespace has no guard.",
    auth: "payload",
    changes: inFile("server", "  io.use(guard);", '  io.of("/admin");\n  io.use(guard);'),
    caughtBy: ["payload.namespace-admin"],
  },
  "payload-missing-accepted": {
    sentence: "A socket without a token is let in as a guest.",
    auth: "payload",
    changes: inFile(
      "payload",
      "    try {\n",
      '    if (token === undefined) { socket.data.user = { id: 1, username: "guest" }; return next(); }\n    try {\n',
    ),
    caughtBy: ["payload.missing", "payload.empty"],
  },
  "payload-header": {
    sentence: "The payload mode reads the header as well.",
    auth: "payload",
    changes: inFile(
      "payload",
      "socket.handshake.auth.token ?? undefined;",
      "socket.handshake.auth.token ?? socket.handshake.headers.authorization?.slice(7);",
    ),
    caughtBy: ["payload.header-ignored"],
  },
  "payload-cut": {
    sentence: "A refusal in the payload mode ends the session without a word.",
    auth: "payload",
    changes: inFile("payload", "return next(refusal);", "return socket.conn.close();"),
    caughtBy: ["handshake.refusal-in-words"],
  },
});

const rooms = listFaults({
  "room-by-client": {
    sentence: "The client says which user's room it joins.",
    auth: "payload",
    changes: inFile(
      "user-rooms",
      "userRoom(socket.data.user.id));",
      "userRoom(socket.handshake.auth.userId ?? socket.data.user.id));",
    ),
    caughtBy: ["user-rooms.room-by-payload"],
  },
  "room-by-query": {
    sentence: "The query says which user's room a socket joins.",
    changes: inFile(
      "user-rooms",
      "userRoom(socket.data.user.id));",
      "userRoom(socket.handshake.query.userId ?? socket.data.user.id));",
    ),
    caughtBy: ["user-rooms.room-by-query"],
  },
  "connects-many-times": {
    sentence: "CONNECT packets that come at once are a socket each, in one session.",
    auth: "payload",
    changes: inFile("server", "  io.use(limitSockets);"),
    caughtBy: ["user-rooms.connects-once"],
  },
  "note-to-all": {
    sentence: "A note reaches everybody.",
    auth: "passport",
    changes: inFile(
      "user-rooms",
      "io.to(userRoom(userId)).emit(event, message);",
      "io.emit(event, message);",
    ),
    caughtBy: ["user-rooms.note-to-others"],
  },
  "sender-by-client": {
    sentence: "The message says who sent a note.",
    changes: inFile(
      "user-rooms",
      '"note", { from: user, text }',
      '"note", { from: args[2]?.from ?? user, text }',
    ),
    caughtBy: ["user-rooms.sender-forged"],
  },
  "count-sockets-once": {
    sentence: "A user is taken for gone as soon as a second connection exists.",
    changes: inFile(
      "user-rooms",
      "(await countEverywhere(io, userId)) > 0",
      "(await countEverywhere(io, userId)) === 0",
    ),
    caughtBy: ["user-rooms.is-connected", "user-rooms.is-not-connected"],
  },
  "list-sockets": {
    sentence: "The list of users has one entry for each connection.",
    auth: "passport",
    changes: [
      ...inFile(
        "user-rooms",
        "users.set(socket.data.user.id, socket.data.user);",
        "users.set(socket.id, socket.data.user);",
      ),
      ...inFile("user-rooms", "users.map((user) => [user.id, user])", "users.entries()"),
    ],
    caughtBy: ["user-rooms.list"],
  },
});

const handlers = listFaults({
  "ack-unchecked": {
    sentence: "A handler calls an acknowledgement that may not be there.",
    changes: inFile(
      "answers",
      'if (typeof acknowledge === "function") acknowledge(reply);',
      "acknowledge(reply);",
    ),
    caughtBy: ["robustness.whoami-no-ack"],
  },
  "user-id-argument": {
    sentence: "A handler trusts that the first argument is a user id.",
    auth: "passport",
    changes: inFile(
      "answers",
      'return typeof value === "number" && Number.isSafeInteger(value) && value > 0;',
      "return true;",
    ),
    caughtBy: ["user-rooms.wrong-id-text", "user-rooms.wrong-id-object"],
  },
  "note-unchecked": {
    sentence: "A note can be anything.",
    changes: inFile(
      "answers",
      'typeof value === "string" && value !== "" && value.length <= LONGEST_NOTE_CHARACTERS',
      "true",
    ),
    caughtBy: ["user-rooms.wrong-text-object", "user-rooms.wrong-text-long"],
  },
  "note-length": {
    sentence: "A note can have any length.",
    changes: inFile("answers", " && value.length <= LONGEST_NOTE_CHARACTERS", ""),
    caughtBy: ["user-rooms.wrong-text-long"],
  },
  "whoami-by-client": {
    sentence: "The question whoami answers what it was asked.",
    changes: inFile(
      "user-rooms",
      "answer(args, user));",
      'answer(args, typeof args[0] === "object" ? args[0] : user));',
    ),
    caughtBy: ["user-rooms.whoami-forged"],
  },
});

export const SOCKET_FAULTS: Fault[] = [...payload, ...rooms, ...handlers];
