// Faults in what a user may do.
import { inFile, listFaults } from "./fault.ts";

export const RIGHTS_FAULTS = listFaults({
  "right-not-asked": {
    sentence: "Every user may see the namespace of the moderators.",
    changes: inFile("rights", 'use(guard).use(requireRight("moderation"))', "use(guard)"),
    caughtBy: ["rights.namespace-none", "rights.namespace-other"],
  },
  "right-contained": {
    sentence: "A right is looked for anywhere in the text.",
    auth: "payload",
    changes: inFile(
      "tokens",
      'scope.split(" ")',
      "[scope, ...(scope.match(/moderation|disconnect/g) ?? [])]",
    ),
    caughtBy: ["rights.namespace-longer"],
  },
  "right-any-type": {
    sentence: "A scope may be a list.",
    changes: inFile(
      "tokens",
      'typeof scope === "string" ? scope.split(" ") : []',
      'String(scope ?? "").split(" ")',
    ),
    caughtBy: ["rights.namespace-list"],
  },
  "right-for-all-events": {
    sentence: "Who may see the namespace may do everything in it.",
    auth: "passport",
    changes: inFile("rights", '!socket.data.rights.includes("disconnect")', "false"),
    caughtBy: ["rights.event-without"],
  },
  "right-by-client": {
    sentence: "The event says itself what its sender may do.",
    auth: "payload",
    changes: inFile(
      "rights",
      'socket.data.rights.includes("disconnect")',
      '[...socket.data.rights, ...(args[1]?.rights ?? [])].includes("disconnect")',
    ),
    caughtBy: ["rights.event-claimed"],
  },
  "right-refused-silently": {
    sentence: "A refusal does not say which right is missing.",
    changes: inFile("rights", 'refusal.data = { error: "insufficient_scope", scope: right };', ""),
    caughtBy: ["rights.names-scope"],
  },
  "moderation-in-main": {
    sentence: "The event of the moderators is in the main namespace as well, without a question.",
    auth: "passport",
    changes: inFile(
      "server",
      "registerHandlers(io, socket);",
      'registerHandlers(io, socket);\n    socket.on("disconnectUser", (id) => io.in(`user:${id}`).disconnectSockets(true));',
    ),
    caughtBy: ["rights.event-main"],
  },
  "disconnects-one": {
    sentence: "Of a user's connections only the sockets end, and not the sessions.",
    changes: inFile("user-rooms", "disconnectSockets(true)", "disconnectSockets()"),
    caughtBy: ["rights.event-with"],
  },
  "moderation-many-times": {
    sentence:
      "CONNECT packets to the namespace that come at once are a socket each, in one session.",
    auth: "payload",
    changes: inFile("rights", "  moderation.use(limitSockets);"),
    caughtBy: ["rights.connects-once"],
  },
  "disconnects-main-only": {
    sentence: "A user who is in the namespace of the moderators alone cannot be disconnected.",
    auth: "payload",
    changes: inFile(
      "rights",
      "disconnectUser([io.sockets, moderation],",
      "disconnectUser([io.sockets],",
    ),
    caughtBy: ["rights.event-with-namespace"],
  },
});
