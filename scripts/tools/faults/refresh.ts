// Faults in how refresh tokens are given, taken and ended.
import { type Fault, inFile, listFaults } from "./fault.ts";

function inRefresh(text: string, replacement = ""): Fault["changes"] {
  return inFile("refresh", text, replacement);
}

const JOHN = '{ sid: "x", user: { id: 1, username: "john" }, refreshToken: "x" }';
const END = "families.delete(name);\n        endLogin(family.sid);\n        console.warn";
const STORE = "family.goodHash = hash(refreshToken);";
const REUSED = "if (family.goodHash !== hash(text)) {";
const ROTATE = "grant = families.rotate(token);";
const REFUSE = "return refuse(req, res, error, false);";
const FORBID = 'return res.status(403).json({ message: "Forbidden" });';

const TAKING = listFaults({
  "refresh-not-rotated": {
    sentence: "A refresh token counts again and again.",
    changes: inRefresh(
      `const refreshToken = nextToken(name);\n      ${STORE}`,
      "const refreshToken = text;",
    ),
    caughtBy: ["refresh.gives-pair", "refresh.used-refused"],
  },
  "refresh-reuse-ignored": {
    sentence: "A used refresh token is refused, and the family goes on.",
    auth: "passport",
    changes: inRefresh(END, "console.warn"),
    caughtBy: ["refresh.used-ends-family", "refresh.older-ends-family"],
  },
  "refresh-reuse-half": {
    sentence: "A used refresh token ends the family, and the thief's access token counts on.",
    auth: "payload",
    changes: inRefresh(END, "families.delete(name);\n        console.warn"),
    caughtBy: ["refresh.used-ends-login"],
  },
  "refresh-reuse-told": {
    sentence: "The refusal tells a thief that the refresh token was used.",
    auth: "passport",
    changes: inRefresh(
      REFUSE,
      `return String(error).includes("used") ? res.status(401).json({ message: "used" }) : refuse(req, res, error, false);`,
    ),
    caughtBy: ["refresh.used-refused"],
  },
  "refresh-reuse-forgotten": {
    sentence: "Of the used refresh tokens only the last twenty are recognised.",
    auth: "cookie",
    changes: [
      ...inRefresh(
        REUSED,
        `if (![family.goodHash, ...(family.used ?? [])].includes(hash(text))) throw new Error("unknown");\n      ${REUSED}`,
      ),
      ...inRefresh(
        STORE,
        `family.used = [family.goodHash, ...(family.used ?? [])].slice(0, 20);\n      ${STORE}`,
      ),
    ],
    caughtBy: ["refresh.older-ends-family"],
  },
  "refresh-race": {
    sentence: "Between the comparison and the replacement other requests get their turn.",
    auth: "payload",
    changes: inRefresh(STORE, `setTimeout(() => { ${STORE} }, 50);`),
    caughtBy: ["refresh.race"],
  },
  "refresh-ends-too-much": {
    sentence: "A reuse ends all logins of the user.",
    changes: inRefresh(
      END,
      "endWhere(({ user }) => user.id === family.user.id);\n        console.warn",
    ),
    caughtBy: ["refresh.other-login"],
  },
  "refresh-unknown": {
    sentence: "A refresh token that is not known is John's.",
    auth: "payload",
    changes: inRefresh("if (!family ||", `if (!family) return ${JOHN};\n      if (!family ||`),
    caughtBy: ["refresh.unknown", "refresh.short", "refresh.missing", "refresh.empty"],
  },
  "refresh-reason-told": {
    sentence: "The refusal tells that the refresh token is not a text.",
    changes: inRefresh(
      REFUSE,
      `return typeof token === "string" ? refuse(req, res, error, false) : res.status(400).json({ message: "Bad Request" });`,
    ),
    caughtBy: ["refresh.number", "refresh.null", "refresh.list", "refresh.object"],
  },
  "refresh-by-access-token": {
    sentence: "A token that was stolen once is refreshed for ever.",
    auth: "passport",
    changes: inRefresh(
      ROTATE,
      `grant = String(token).startsWith("eyJ") ? ${JOHN} : families.rotate(token);`,
    ),
    caughtBy: ["refresh.access-token"],
  },
  "refresh-as-access-token": {
    sentence: "A refresh token opens every door.",
    changes: inFile(
      "tokens",
      "const options = { ...rules, complete: true } as const;",
      'const options = { ...rules, complete: true } as const;\n      if (String(token).split(".").length === 2) return { user: { id: 1, username: "john" }, exp: Infinity, rights: [] };',
    ),
    caughtBy: ["refresh.not-access"],
  },
  "refresh-by-query": {
    sentence: "The refresh token may stand in the query.",
    changes: inRefresh("body?.refreshToken;", "body?.refreshToken ?? req.query.refreshToken;"),
    caughtBy: ["refresh.query"],
  },
});

const GIVING = listFaults({
  "refresh-other-user": {
    sentence: "The new token is somebody else's.",
    auth: "passport",
    changes: inRefresh(
      "user: family.user, refreshToken }",
      "user: { ...family.user, id: 2 }, refreshToken }",
    ),
    caughtBy: ["refresh.same-user"],
  },
  "refresh-kept": {
    sentence: "Caches may keep the new pair.",
    auth: "payload",
    changes: inRefresh('res.set("Cache-Control", "no-store");'),
    caughtBy: ["refresh.no-store"],
  },
  "refresh-before-password": {
    sentence: "The refusal of a wrong password has a refresh token in it.",
    changes: inFile(
      "app",
      'message: "Wrong username or password" }',
      'message: "Wrong username or password", ...families.begin({ sid: "x", user: settings.demoUser }) }',
    ),
    caughtBy: ["refresh.login-refused"],
  },
});

// oxfmt-ignore
const COOKIE: [id: string, sentence: string, changes: Fault["changes"], caughtBy: string[]][] = [
  ["for-scripts", "Scripts can read the refresh cookie.", inFile("cookie", "httpOnly: true,", 'httpOnly: path === "/",'), ["http-only"]],
  ["every-site", "Links from other sites bring the refresh cookie.", inFile("cookie", 'sameSite: "strict",', 'sameSite: path === "/" ? "strict" : "lax",'), ["same-site"]],
  ["every-path", "Every request brings the refresh cookie.", inFile("cookie", 'path: "/refresh"', 'path: "/"'), ["path"]],
  ["every-subdomain", "Every subdomain is sent the refresh cookie.", inFile("cookie", "httpOnly: true,", 'httpOnly: true, ...(path !== "/" && { domain: "example.org" }),'), ["no-domain"]],
  ["plain", "The refresh cookie travels without TLS, also for a page that was loaded over TLS.", inFile("cookie", "secure: req.secure ||", 'secure: path === "/" && req.secure ||').concat(inFile("cookie", 'req.get("origin")?.startsWith("https:") === true', 'path === "/" && req.get("origin")?.startsWith("https:") === true')), ["secure"]],
  ["in-body", "The refresh token is in the body as well.", inFile("app", "res.status(204).end();", "res.json({ refreshToken });"), ["body"]],
  ["any-origin", "A page of any origin refreshes for the user whose cookie the browser sends along.", inRefresh("!isAllowedOrigin(req, allowedOrigins)", "false"), ["origin-site", "origin-port", "origin-null", "origin-longer"]],
  ["origin-late", "A page of another origin uses the refresh token up.", inRefresh(FORBID, `{ families.rotate(readTokenCookie(req, REFRESH_COOKIE.name)); ${FORBID} }`), ["origin-site", "origin-port"]],
];

export const REFRESH_FAULTS: Fault[] = [
  ...TAKING,
  ...GIVING,
  ...COOKIE.map(([id, sentence, changes, caughtBy]): Fault => ({
    id: `refresh-cookie-${id}`,
    sentence,
    auth: "cookie",
    changes,
    caughtBy: caughtBy.map((name) => `refresh.cookie-${name}`),
  })),
];
