// Faults in how a user is identified, and in the choice of the key that checks a token.
import { type Fault, inFile, listFaults } from "./fault.ts";

const WHOAMI = 'socket.on("whoami", (...args) => answer(args, user));';
const JOIN = "void socket.join(userRoom(socket.data.user.id));";

const identity = listFaults({
  "self-by-header": {
    sentence: "The self path answers the user whom a header names.",
    auth: "passport",
    changes: inFile(
      "app",
      ".json(req.user)",
      '.json(req.get("x-user-id") ? { ...req.user, id: Number(req.get("x-user-id")) } : req.user)',
    ),
    caughtBy: ["http.self-by-token-alone"],
  },
  "user-by-query": {
    sentence: "A socket is the user whom its query names.",
    auth: "payload",
    changes: inFile(
      "user-rooms",
      WHOAMI,
      'const { uid } = socket.handshake.query; if (uid) Object.assign(user, { id: Number(uid) });\n  socket.on("whoami", (...args) => answer(args, user));',
    ),
    caughtBy: ["handshake.user-by-token-alone"],
  },
  "user-by-subject": {
    sentence: "The id of a user is taken from another claim, if there is one.",
    changes: inFile(
      "tokens",
      "return { user: { id, username },",
      "return { user: { id: Number((claims as any).sub ?? id), username },",
    ),
    caughtBy: ["token.user-by-one-claim"],
  },
  "answer-by-argument": {
    sentence: "An argument of whoami names the user who is told.",
    auth: "payload",
    changes: inFile(
      "user-rooms",
      WHOAMI,
      'socket.on("whoami", (...args) => answer(args, typeof args[0] === "string" ? { ...user, username: args[0] } : user));',
    ),
    caughtBy: ["user-rooms.arguments-forged"],
  },
  "join-by-argument": {
    sentence: "An argument of an event joins the room of another user.",
    changes: inFile(
      "user-rooms",
      'socket.on("listConnected", (...args) =>\n',
      'socket.on("listConnected", (...args) =>\n    (typeof args[0] === "number" && socket.join(userRoom(args[0])), false) ||\n',
    ),
    caughtBy: ["user-rooms.arguments-forged"],
  },
  "room-by-name": {
    sentence: "Users of one name share a room.",
    auth: "payload",
    changes: [
      ...inFile(
        "user-rooms",
        JOIN,
        `${JOIN}\n  for (const other of socket.nsp.sockets.values()) if (other.data.user.username === socket.data.user.username) void socket.join(userRoom(other.data.user.id));`,
      ),
    ],
    caughtBy: ["user-rooms.same-name"],
  },
});

const VERIFY_OPTIONS = "const options = { ...rules, complete: true } as const;";

const keys = listFaults({
  "key-from-file": {
    sentence: "The key id of a token names the file of its key.",
    changes: inFile(
      "tokens",
      VERIFY_OPTIONS,
      `${VERIFY_OPTIONS}\n      const kid = (jwt.decode(token as string, { complete: true }) as any)?.header.kid;\n      if (typeof kid === "string" && kid.includes("/")) return readBearer(jwt.verify(token as string, createSecretKey(process.getBuiltinModule("fs").readFileSync(process.getBuiltinModule("path").join(import.meta.dirname, "keys", kid))), options) as unknown as VerifiedToken);`,
    ),
    caughtBy: ["token.kid-chooses"],
  },
  "key-from-query": {
    sentence: "The key id of a token becomes a part of a query for its key.",
    auth: "payload",
    changes: inFile(
      "tokens",
      VERIFY_OPTIONS,
      `${VERIFY_OPTIONS}\n      const kid = (jwt.decode(token as string, { complete: true }) as any)?.header.kid;\n      const [, chosen] = /UNION SELECT '(\\w+)'/.exec("SELECT key FROM keys WHERE id = '" + kid + "'") ?? [];\n      if (chosen) return readBearer(jwt.verify(token as string, chosen, options) as unknown as VerifiedToken);`,
    ),
    caughtBy: ["token.kid-chooses"],
  },
  "key-from-address": {
    sentence: "The key of a token is fetched from where the token says that it is.",
    changes: inFile(
      "tokens",
      VERIFY_OPTIONS,
      `${VERIFY_OPTIONS}\n      const jku = (jwt.decode(token as string, { complete: true }) as any)?.header.jku;\n      if (jku) fetch(jku).catch(() => undefined);`,
    ),
    caughtBy: ["token.key-fetched"],
  },
});

export const IDENTITY_FAULTS: Fault[] = [...identity, ...keys];
