// Faults in the cookie that the login sets, and in how a cookie is read.
import { type Fault, inFile, listFaults } from "./fault.ts";

const READ = "cookies.filter((cookie) => cookie.startsWith(`${name}=`));";

// oxfmt-ignore
const ATTRIBUTES: [id: string, sentence: string, text: string, replacement: string, caughtBy: string[]][] = [
  ["cookie-for-scripts", "Scripts can read the cookie.", "httpOnly: true,", "", ["cookie.login-http-only"]],
  ["cookie-every-site", "The cookie is sent for pages of every site.", 'sameSite: "strict",', "", ["cookie.login-same-site"]],
  ["cookie-plain", "The cookie travels without TLS, also for a page that was loaded over TLS.", 'secure: req.secure || req.get("origin")?.startsWith("https:") === true,', "secure: req.secure,", ["cookie.login-secure"]],
  ["cookie-one-path", "The cookie is for the login alone.", 'path: "/" },', 'path: "/login" },', ["cookie.login-path"]],
  ["cookie-every-subdomain", "Every subdomain is sent the cookie.", 'httpOnly: true,', 'httpOnly: true, domain: "example.org",', ["cookie.login-no-domain"]],
  ["cookie-outlives-token", "The browser keeps the cookie for longer than its token counts.", "maxAge: lifetimeSeconds * 1000,", "maxAge: lifetimeSeconds * 30_000,", ["cookie.login-lifetime"]],
];

// oxfmt-ignore
const READING: [id: string, sentence: string, replacement: string, caughtBy: string[]][] = [
  ["cookie-first-of-two", "Of two cookies of one name, the first counts.", `${READ.slice(0, -1)}.slice(0, 1);`, ["cookie.two-of-a-name"]],
  ["cookie-name-part", "A cookie counts whose name only ends the same.", 'cookies.flatMap((cookie) => (cookie.includes(`${name}=`) ? [cookie.slice(cookie.indexOf(`${name}=`))] : []));', ["cookie.name-before", "cookie.in-value"]],
  ["cookie-name-case", "The name of the cookie may have any capitals.", "cookies.filter((cookie) => cookie.toLowerCase().startsWith(`${name}=`));", ["cookie.name-case"]],
  ["cookie-alone", "The cookie counts only if it stands first.", "cookies.slice(0, 1).filter((cookie) => cookie.startsWith(`${name}=`));", ["cookie.last-of-several"]],
];

const CHECK = "tokens.verifyToken(readTokenCookie(req))";

export const COOKIE_FAULTS: Fault[] = [
  ...ATTRIBUTES.map(([id, sentence, text, replacement, caughtBy]): Fault => ({
    id,
    sentence,
    auth: "cookie",
    changes: inFile("cookie", text, replacement),
    caughtBy,
  })),
  ...READING.map(([id, sentence, replacement, caughtBy]): Fault => ({
    id,
    sentence,
    auth: "cookie",
    changes: inFile("cookie", READ, replacement),
    caughtBy,
  })),
  ...listFaults({
    "cookie-or-header": {
      sentence: "The header is read where there is no cookie.",
      auth: "cookie",
      changes: inFile(
        "cookie",
        CHECK,
        'tokens.verifyToken(readTokenCookie(req) ?? req.headers.authorization?.replace(/^bearer /i, ""))',
      ),
      caughtBy: ["cookie.header-ignored"],
    },
    "header-or-cookie": {
      sentence: "The header goes before the cookie.",
      auth: "cookie",
      changes: inFile(
        "cookie",
        CHECK,
        'tokens.verifyToken(req.headers.authorization?.replace(/^bearer /i, "") ?? readTokenCookie(req))',
      ),
      caughtBy: ["cookie.bad-header-ignored"],
    },
    "cookie-or-query": {
      sentence: "The query is read where there is no cookie.",
      auth: "cookie",
      changes: inFile(
        "cookie",
        CHECK,
        'tokens.verifyToken(readTokenCookie(req) ?? new URL(req.url!, "http://x").searchParams.get(NAME))',
      ),
      caughtBy: ["cookie.query-ignored"],
    },
    "cookie-reason-told": {
      sentence: "One door refuses a cookie in other words.",
      auth: "cookie",
      changes: inFile(
        "cookie",
        "return refuse(req, res, error, false);",
        "return refuse(req, res, error, req.headers.upgrade !== undefined);",
      ),
      caughtBy: ["cookie.refusal-alike"],
    },
    "cookie-refusal-kept": {
      sentence: "Caches may keep the refusal of a cookie.",
      auth: "cookie",
      changes: inFile("bearer", '"Cache-Control": "no-store",'),
      caughtBy: ["cookie.refusal-no-store"],
    },
    "cookie-token-in-body": {
      sentence: "The login gives the token in the body as well.",
      auth: "cookie",
      changes: inFile("app", "res.status(204).end();", "res.json({ token });"),
      caughtBy: ["cookie.login-body"],
    },
    "cookie-kept": {
      sentence: "Caches may keep the answer that sets the cookie.",
      auth: "cookie",
      changes: inFile("app", 'res.set("Cache-Control", "no-store");'),
      caughtBy: ["cookie.login-no-store"],
    },
    "cookie-before-password": {
      sentence: "The login sets the cookie before it looks at the password.",
      auth: "cookie",
      changes: inFile(
        "app",
        "if (!isDemoLogin(",
        "setTokenCookie(req, res, tokens.issueToken(settings.demoUser, randomUUID()), settings.lifetimeSeconds);\n    if (!isDemoLogin(",
      ),
      caughtBy: ["cookie.login-refused", "cookie.login-by-form", "cookie.login-by-text"],
    },
    "login-by-form": {
      sentence: "The login reads what a form of any site can send.",
      auth: "cookie",
      changes: inFile(
        "app",
        'bodyParser.json({ limit: "4kb" })',
        'bodyParser.json({ limit: "4kb", type: () => true })',
      ),
      caughtBy: ["cookie.login-by-text"],
    },
    "cookie-wrong": {
      sentence: "The login sets a cookie that no door accepts.",
      auth: "cookie",
      changes: inFile("cookie", "res.cookie(name, token, {", "res.cookie(name, `${token}x`, {"),
      caughtBy: ["cookie.login-opens-doors"],
    },
    "cookie-unverified": {
      sentence: "Any cookie of the right name is a good one.",
      auth: "cookie",
      changes: inFile(
        "cookie",
        CHECK,
        'readTokenCookie(req) === null ? tokens.verifyToken(null) : { user: { id: 1, username: "john" }, exp: Infinity, rights: [] }',
      ),
      caughtBy: ["cookie.nonsense", "cookie.empty", "cookie.with-scheme", "cookie.behind-token"],
    },
    "cookie-nobody": {
      sentence: "A request without a cookie is the demo user's.",
      auth: "cookie",
      changes: inFile(
        "cookie",
        CHECK,
        'readTokenCookie(req) === null ? { user: { id: 1, username: "john" }, exp: Infinity, rights: [] } : tokens.verifyToken(readTokenCookie(req))',
      ),
      caughtBy: ["cookie.missing", "cookie.no-value", "cookie.name-longer"],
    },
    "cookie-any-origin": {
      sentence:
        "A page of any origin opens a websocket as the user whose cookie the browser sends along.",
      auth: "cookie",
      changes: inFile(
        "origins",
        "decide(null, isAllowed(req, allowedOrigins)),",
        "decide(null, true),",
      ),
      caughtBy: ["handshake.origin-port-websocket", "handshake.origin-site-websocket"],
    },
    "cookie-script-answer": {
      sentence:
        "A page of another port reads the id of a session in a script, and speaks for the user.",
      auth: "cookie",
      changes: inFile(
        "origins",
        "if ((req as EngineRequest)._query.j !== undefined) return false;",
      ),
      caughtBy: ["handshake.origin-script"],
    },
  }),
];
