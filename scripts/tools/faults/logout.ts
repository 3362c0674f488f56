// Faults in logging out: what is not ended, and what is ended too much.
import { type Fault, inFile, listFaults } from "./fault.ts";

const END_LOGIN = "endSockets(io, loginRoom(logout.sid));";
const END_USER = "endSockets(io, userRoom(logout.userId));";
const REVOKE_LOGIN = "revoked.revokeLogin(logout.sid, logout.exp);";
const REVOKE_USER = "revoked.revokeUser(logout.userId, logout.second);";

// oxfmt-ignore
const ROUTE: [id: string, sentence: string, auth: Fault["auth"], text: string, replacement: string, caughtBy: string[]][] = [
  ["logout-revokes-nothing", "A logout ends sockets and revokes nothing.", "payload", REVOKE_LOGIN, "", ["logout.token-refused", "logout.twice"]],
  ["logout-sockets-stay", "A logout leaves the sockets alone.", "manual", END_LOGIN, "", ["logout.sockets-end", "logout.namespace"]],
  ["logout-untold", "No socket is told why it ends.", "passport", 'namespace.to(room).emit("loggedOut");', "void namespace;", ["logout.sockets-end"]],
  ["logout-main-only", "Sockets in another namespace stay.", "payload", '[io.sockets.local, io.of("/moderation").local]', "[io.sockets.local]", ["logout.namespace", "logout.namespace-everywhere"]],
  ["logout-ends-everybody", "A logout ends the sockets of everybody.", "payload", END_LOGIN, "io.disconnectSockets(true);", ["logout.other-login-stays"]],
  ["logout-always-everywhere", "Every logout is one everywhere.", "manual", "everywhere || sid === undefined", "true", ["logout.other-login-stays"]],
  ["logout-by-body", "The body names the login that ends.", "manual", "req as unknown as Bearer;", "Object.assign(req, req.body) as unknown as Bearer;", ["logout.by-token-alone"]],
  ["logout-without-token", "A logout needs no token.", "passport", 'requireBearer, async (req, res) => {', 'async (req, res) => {\n    if (!req.headers.authorization) return res.status(204).end();', ["logout.twice"]],
  ["logout-unnamed", "A token without a login is never revoked.", "manual", "everywhere || sid === undefined", "everywhere as true", ["logout.unnamed"]],
  ["everywhere-revokes-nothing", "A logout everywhere revokes nothing.", "passport", REVOKE_USER, "", ["logout.everywhere", "logout.same-second", "logout.namespace-everywhere"]],
  ["everywhere-sockets-stay", "A logout everywhere leaves the sockets alone.", "payload", END_USER, "", ["logout.everywhere"]],
  ["everywhere-ends-everybody", "A logout everywhere ends the sockets of everybody.", "manual", END_USER, "io.disconnectSockets(true);", ["logout.other-user-stays"]],
  ["logout-any-origin", "Any page logs its visitor out.", "cookie", "!isAllowedOrigin(req, allowedOrigins)", "false", ["logout.foreign-origin"]],
  ["logout-refresh-stays", "A logout leaves the refresh token of its login.", "payload", "families.endOfSid(logout.sid);", "", ["logout.refresh-ends"]],
  ["logout-refresh-of-all", "A logout ends the refresh tokens of everybody.", "manual", "families.endOfSid(logout.sid);", "families.endOfUser(1);", ["logout.refresh-ends"]],
  ["everywhere-refresh-stays", "A logout everywhere leaves the refresh tokens.", "cookie", "families.endOfUser(logout.userId);", "", ["logout.refresh-ends-everywhere"]],
  ["logout-refresh-cookie-stays", "The cookie with the refresh token stays.", "cookie", 'setTokenCookie(req, res, "", 0, REFRESH_COOKIE);', "void REFRESH_COOKIE;", ["logout.refresh-cookie-deleted"]],
  ["logout-cookie-renewed", "A logout sets the cookie once more.", "cookie", 'if (auth === "cookie") setTokenCookie(req, res, "", 0);', 'if (auth === "cookie") setTokenCookie(req, res, "", 60);', ["logout.cookie-deleted"]],
  ["logout-cookie-stays", "The cookie of a logout stays.", "cookie", 'if (auth === "cookie") setTokenCookie(req, res, "", 0);', "", ["logout.cookie-deleted"]],
];

// oxfmt-ignore
const LIST: [id: string, sentence: string, auth: Fault["auth"], file: string, text: string, replacement: string, caughtBy: string[]][] = [
  ["revoked-not-asked", "Nobody looks whether a token was revoked.", "cookie", "tokens", "if (revoked.isRevoked(bearer))", "if (false)", ["logout.token-refused", "logout.everywhere", "logout.unnamed"]],
  ["revoked-session-open", "A session that was open before goes on connecting sockets.", "manual", "handshake", " || revoked.isRevoked({ user, iat, sid })", "", ["logout.open-session", "logout.namespace"]],
  ["login-forgotten", "A logout makes the one before forgotten.", "passport", "revoked", "if (until > now) break;", "", ["logout.token-refused"]],
  ["everywhere-next-refused", "A login in the second of a logout everywhere is refused.", "payload", "tokens", "Math.max(now, revoked.firstGoodSecond(user.id))", "now", ["logout.same-second"]],
  ["everywhere-second-spared", "A logout everywhere spares the logins of its own second.", "manual", "revoked", "firstGoodSecond(userId)) + 1", "firstGoodSecond(userId))", ["logout.same-second"]],
  ["everywhere-once-a-second", "The second logout everywhere of a second revokes nothing.", "payload", "revoked", "Math.max(nowSeconds(), firstGoodSecond(userId)) + 1", "nowSeconds() + 1", ["logout.same-second"]],
  ["everywhere-revokes-everybody", "A logout everywhere revokes the tokens of everybody.", "passport", "revoked", "firstGoodSeconds.get(userId) ?? 0", "Math.max(0, ...firstGoodSeconds.values())", ["logout.other-user-stays"]],
  ["logout-undated", "A token that does not say when it was issued outlives a logout everywhere.", "manual", "revoked", "iat = 0", "iat = Infinity", ["logout.undated"]],
];

function faultIn([
  id,
  sentence,
  auth,
  file,
  text,
  replacement,
  caughtBy,
]: (typeof LIST)[number]): Fault {
  return { id, sentence, auth, changes: inFile(file, text, replacement), caughtBy };
}

export const LOGOUT_FAULTS: Fault[] = [
  ...ROUTE.map(([id, sentence, auth, ...rest]) => faultIn([id, sentence, auth, "logout", ...rest])),
  ...LIST.map(faultIn),
  ...listFaults({
    "everywhere-nearly": {
      sentence: "What is nearly true ends one login alone.",
      auth: "payload",
      changes: [
        ...inFile("logout", 'typeof everywhere !== "boolean"', "false"),
        ...inFile("logout", "everywhere || sid", "everywhere === true || sid"),
      ],
      caughtBy: ["logout.everywhere-nearly"],
    },
  }),
];
