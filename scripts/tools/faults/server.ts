// Faults in the HTTP answers and in the limits.
import type { Fault } from "./fault.ts";

function inServer(text: string, replacement = ""): Fault["changes"] {
  return [{ file: "server", text, replacement }];
}

export const SERVER_FAULTS: Fault[] = [
  {
    id: "powered-by",
    sentence: "Every answer says what the server runs on.",
    auth: "manual",
    changes: inServer('app.disable("x-powered-by");'),
    caughtBy: ["http.powered-by-404", "http.powered-by-login"],
  },
  {
    id: "answers-unlimited",
    sentence: "Answers that a client does not fetch are kept without a limit.",
    auth: "manual",
    changes: inServer("if (unsent > MOST_UNSENT_PACKETS) session.close(true);"),
    caughtBy: ["robustness.answers-unread"],
  },
  {
    id: "sid-counted",
    sentence: "The sids of sessions are counted up.",
    auth: "payload",
    changes: inServer(
      "  return io;\n",
      '  let sessions = 0;\n  io.engine.generateId = () => `session-number-${String((sessions += 1)).padStart(7, "0")}`;\n  return io;\n',
    ),
    caughtBy: ["handshake.sid-unique"],
  },
  {
    id: "token-kept",
    sentence: "Caches may keep the token.",
    auth: "payload",
    changes: inServer('res.set("Cache-Control", "no-store").json({ token:', "res.json({ token:"),
    caughtBy: ["http.login-no-store"],
  },
  {
    id: "self-kept",
    sentence: "Caches may keep who the user is.",
    auth: "passport",
    changes: inServer('res.set("Cache-Control", "no-store").json(req.user)', "res.json(req.user)"),
    caughtBy: ["http.self-no-store"],
  },
  {
    id: "self-open",
    sentence: "The self path answers without a token.",
    auth: "payload",
    changes: inServer('app.get("/self", logCheck, requireBearer,', 'app.get("/self",'),
    caughtBy: ["header.missing"],
  },
  {
    id: "page-without-policy",
    sentence: "The page has no content security policy.",
    auth: "manual",
    changes: inServer('res.setHeader("Content-Security-Policy", contentSecurityPolicy)', "res"),
    caughtBy: ["http.page-policy", "http.page-frame"],
  },
  {
    id: "page-inline",
    sentence: "The page may run scripts that stand inside it.",
    auth: "manual",
    changes: inServer("default-src 'self';", "default-src 'self' 'unsafe-inline';"),
    caughtBy: ["http.page-inline"],
  },
  {
    id: "body-limit",
    sentence: "A login may be as large as Express lets it.",
    auth: "manual",
    changes: inServer('{ limit: "4kb" }'),
    caughtBy: ["robustness.body-large"],
  },
  {
    id: "error-handler",
    sentence: "Errors are answered by Express itself, with a stack.",
    auth: "passport",
    changes: inServer("if (res.headersSent) return next(error);", "return next(error);"),
    caughtBy: ["robustness.body-cut", "robustness.body-huge"],
  },
  {
    id: "page-404",
    sentence: "What is not there is answered with a page of Express.",
    auth: "manual",
    changes: inServer(
      "app.use((_req, res) => res.status(404).json({ message: STATUS_CODES[404] }));",
    ),
    caughtBy: ["http.missing-page"],
  },
  {
    id: "message-limit",
    sentence: "A message may have a megabyte.",
    auth: "manual",
    changes: inServer("maxHttpBufferSize: 65_536,"),
    caughtBy: ["robustness.limit-small", "robustness.full-arguments"],
  },
  {
    id: "any-origin",
    sentence: "Pages of every origin may use polling.",
    auth: "passport",
    changes: inServer("connectTimeout: 10_000,", 'connectTimeout: 10_000, cors: { origin: "*" },'),
    caughtBy: ["http.origin-polling"],
  },
  {
    id: "login-unchecked-body",
    sentence: "The login trusts that there is a body.",
    auth: "payload",
    changes: [
      {
        file: "login",
        text: "isSameText(body?.username, demoUser.username)",
        replacement: "isSameText(body.username, demoUser.username)",
      },
    ],
    caughtBy: ["robustness.body-plain", "robustness.body-form"],
  },
  {
    id: "login-any-password",
    sentence: "Any password opens the login.",
    auth: "manual",
    changes: [
      {
        file: "login",
        text: "return isUsername && isPassword;",
        replacement: "return isUsername;",
      },
    ],
    caughtBy: ["http.login-password-wrong"],
  },
  {
    id: "login-types",
    sentence: "The login trusts that the password is a text.",
    auth: "manual",
    changes: [{ file: "login", text: 'typeof given === "string" && ', replacement: "" }],
    caughtBy: ["http.login-password-number", "http.login-password-missing"],
  },
];
