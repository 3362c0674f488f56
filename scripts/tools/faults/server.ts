// Faults in the HTTP answers and in the limits.
import { type Fault, inFile, listFaults } from "./fault.ts";

function inApp(text: string, replacement = ""): Fault["changes"] {
  return inFile("app", text, replacement);
}

function inServer(text: string, replacement = ""): Fault["changes"] {
  return inFile("server", text, replacement);
}

function inOrigins(text: string, replacement: string): Fault["changes"] {
  return inFile("origins", text, replacement);
}

function inLimits(text: string, replacement = ""): Fault["changes"] {
  return inFile("limits", text, replacement);
}

const CLOSE_FLOODER = "if (received > MOST_MESSAGES_PER_SECOND) session.close(true);";
const CLOSE_NON_READER = "if (unreadBytes > MOST_UNREAD_BYTES) session.close(true);";

export const SERVER_FAULTS = listFaults({
  "powered-by": {
    sentence: "Every answer says what the server runs on.",
    changes: inApp('app.disable("x-powered-by");'),
    caughtBy: ["http.powered-by-404", "http.powered-by-login"],
  },
  "messages-unlimited": {
    sentence: "A client may send as much as it likes.",
    changes: inLimits(CLOSE_FLOODER),
    caughtBy: ["robustness.messages-many-websocket", "robustness.messages-many-polling"],
  },
  "unread-unlimited": {
    sentence: "What a client does not fetch is kept without a limit.",
    auth: "payload",
    changes: inLimits(CLOSE_NON_READER),
    caughtBy: ["user-rooms.notes-unread"],
  },
  "answers-unlimited": {
    sentence:
      "A client may ask as much as it likes, and all answers that it does not fetch are kept.",
    changes: [...inLimits(CLOSE_FLOODER), ...inLimits(CLOSE_NON_READER)],
    caughtBy: ["robustness.answers-unread"],
  },
  "burst-ends-recipient": {
    sentence: "A burst from one user ends the session of another, who reads.",
    auth: "passport",
    changes: [
      ...inLimits(CLOSE_FLOODER),
      ...inLimits("MOST_UNREAD_BYTES = 8 * 1024 * 1024;", "MOST_UNREAD_BYTES = 64 * 1024;"),
    ],
    caughtBy: [
      "user-rooms.burst-websocket-to-websocket",
      "user-rooms.burst-websocket-to-polling",
      "user-rooms.burst-polling-to-websocket",
      "user-rooms.burst-polling-to-polling",
    ],
  },
  "sid-counted": {
    sentence: "The sids of sessions are counted up.",
    auth: "payload",
    changes: inServer(
      "  return io;\n",
      '  let sessions = 0;\n  io.engine.generateId = () => `session-number-${String((sessions += 1)).padStart(7, "0")}`;\n  return io;\n',
    ),
    caughtBy: ["handshake.sid-unique"],
  },
  "token-kept": {
    sentence: "Caches may keep the token.",
    auth: "payload",
    changes: inApp('res.set("Cache-Control", "no-store");'),
    caughtBy: ["http.login-no-store", "http.login-refusal-no-store"],
  },
  "self-kept": {
    sentence: "Caches may keep who the user is.",
    auth: "passport",
    changes: inApp('res.set("Cache-Control", "no-store").json(req.user)', "res.json(req.user)"),
    caughtBy: ["http.self-no-store"],
  },
  "self-shared": {
    sentence: "Pages of every origin may read who the user is.",
    changes: inApp(".json(req.user)", '.set("Access-Control-Allow-Origin", "*").json(req.user)'),
    caughtBy: ["http.origin-self"],
  },
  "self-open": {
    sentence: "The self path answers without a token.",
    auth: "payload",
    changes: inApp('app.get("/self", requireBearer,', 'app.get("/self",'),
    caughtBy: ["header.missing"],
  },
  "page-without-policy": {
    sentence: "The page has no content security policy.",
    changes: inApp('res.set("Content-Security-Policy", policy);'),
    caughtBy: ["http.page-policy", "http.page-frame"],
  },
  "type-guessed": {
    sentence: "Browsers may guess the type of an answer.",
    auth: "payload",
    changes: inApp('res.set("X-Content-Type-Options", "nosniff");'),
    caughtBy: ["http.nosniff-page", "http.nosniff-login", "http.nosniff-self"],
  },
  "referrer-told": {
    sentence: "Browsers tell other sites the address of the page.",
    changes: inApp('res.set("Referrer-Policy", "no-referrer");'),
    caughtBy: ["http.referrer-page", "http.referrer-login", "http.referrer-self"],
  },
  "page-inline": {
    sentence: "The page may run scripts that stand inside it.",
    changes: inApp("default-src 'self';", "default-src 'self' 'unsafe-inline';"),
    caughtBy: ["http.page-inline"],
  },
  "body-limit": {
    sentence: "A login may be as large as Express lets it.",
    changes: inApp('{ limit: "4kb" }'),
    caughtBy: ["robustness.body-large"],
  },
  "error-handler": {
    sentence: "Errors are answered by Express itself, with a stack.",
    auth: "passport",
    changes: inApp("if (res.headersSent) return next(error);", "return next(error);"),
    caughtBy: ["robustness.body-cut", "robustness.body-huge"],
  },
  "page-404": {
    sentence: "What is not there is answered with a page of Express.",
    changes: inApp("app.use((_req, res) => res.status(404).json({ message: STATUS_CODES[404] }));"),
    caughtBy: ["http.missing-page"],
  },
  "message-limit": {
    sentence: "A message may have a megabyte.",
    changes: inServer("maxHttpBufferSize: 65_536,"),
    caughtBy: ["robustness.limit-small", "robustness.full-arguments"],
  },
  "any-origin": {
    sentence: "Pages of every origin may use polling.",
    auth: "passport",
    changes: inServer("connectTimeout: 10_000,", 'connectTimeout: 10_000, cors: { origin: "*" },'),
    caughtBy: ["http.origin-polling"],
  },
  "foreign-origin": {
    sentence: "Pages of every origin may open a WebSocket.",
    auth: "payload",
    changes: inOrigins("decide(null, isAllowed(req, allowedOrigins)),", "decide(null, true),"),
    caughtBy: ["handshake.origin-site-websocket", "handshake.origin-null-websocket"],
  },
  "origin-begins-alike": {
    sentence: "An origin is taken for the server's own if it only begins like that.",
    auth: "passport",
    changes: inOrigins("own.includes(origin)", "own.some((each) => origin.startsWith(each))"),
    caughtBy: ["handshake.origin-longer-websocket", "handshake.origin-longer-polling"],
  },
  "origin-holds-host": {
    sentence: "An origin is taken for the server's own if its host stands anywhere in it.",
    changes: inOrigins("own.includes(origin)", "origin.includes(String(host))"),
    caughtBy: ["handshake.origin-path-websocket", "handshake.origin-before-polling"],
  },
  "origins-unread": {
    sentence: "Pages of the origins that may connect are refused like any other.",
    auth: "cookie",
    changes: inOrigins(" || allowedOrigins.includes(origin)", ""),
    caughtBy: ["handshake.origin-allowed-polling", "handshake.origin-allowed-websocket"],
  },
  "origins-without-cors": {
    sentence: "Pages of the origins that may connect cannot read what polling answers.",
    auth: "payload",
    changes: inOrigins("allowedOrigins.length > 0 &&", "false &&"),
    caughtBy: ["handshake.origin-allowed-polling"],
  },
  "origin-without-tls": {
    sentence: "Behind a proxy that adds TLS, no page of the server itself may connect.",
    changes: inOrigins("[`https://${host}`, `http://${host}`]", "[`http://${host}`]"),
    caughtBy: ["handshake.origin-tls-websocket", "handshake.origin-tls-polling"],
  },
  "login-unchecked-body": {
    sentence: "The login trusts that there is a body.",
    auth: "payload",
    changes: [
      {
        file: "app",
        text: "isSameText(body?.username, demoUser.username)",
        replacement: "isSameText(body.username, demoUser.username)",
      },
    ],
    caughtBy: ["robustness.body-plain", "robustness.body-form"],
  },
  "login-any-password": {
    sentence: "Any password opens the login.",
    changes: [
      {
        file: "app",
        text: "return isUsername && isPassword;",
        replacement: "return isUsername;",
      },
    ],
    caughtBy: ["http.login-password-wrong"],
  },
  "login-types": {
    sentence: "The login trusts that the password is a text.",
    changes: [{ file: "app", text: 'typeof given === "string" && ', replacement: "" }],
    caughtBy: ["http.login-password-number", "http.login-password-missing"],
  },
});
