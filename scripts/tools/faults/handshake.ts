// Faults in reading the header, in refusing, and in which requests are checked.
import { type Fault, inFile, listFaults } from "./fault.ts";

const HEADER = "/^bearer +([\\w.~+/-]+=*)$/i";
const SID_TEST = "if (req._query.sid) return next();";
const GUARD = "if (!user || exp <= Date.now() / 1000 || revoked.isRevoked({ user, iat, sid })) {";
const HANDED_OVER =
  "const { user, exp = Infinity, iat, sid, rights = [] } = socket.request as CheckedRequest;";

function inHeader(replacement: string): Fault["changes"] {
  return inFile("bearer", HEADER, replacement);
}

const header = listFaults({
  "scheme-case": {
    sentence: "Only bearer in small letters is read.",
    changes: inHeader("/^bearer +([\\w.~+/-]+=*)$/"),
    caughtBy: ["header.scheme-capital", "header.scheme-upper-case"],
  },
  "one-space": {
    sentence: "Only one space may stand before the token.",
    auth: "passport",
    changes: inHeader("/^bearer ([\\w.~+/-]+=*)$/i"),
    caughtBy: ["header.spaces-two"],
  },
  "any-whitespace": {
    sentence: "A tab passes for a space.",
    auth: "passport",
    changes: inHeader("/^bearer\\s+([\\w.~+/-]+=*)$/i"),
    caughtBy: ["header.tab", "header.space-and-tab"],
  },
  "space-optional": {
    sentence: "The token may follow without a space.",
    changes: inHeader("/^bearer *([\\w.~+/-]+=*)$/i"),
    caughtBy: ["header.space-missing"],
  },
  "header-end-open": {
    sentence: "Anything may stand behind the token.",
    changes: inHeader("/^bearer +([\\w.~+/-]+=*)/i"),
    caughtBy: ["header.two-tokens", "header.word-behind"],
  },
  "header-start-open": {
    sentence: "Anything may stand before the scheme.",
    auth: "passport",
    changes: inHeader("/bearer +([\\w.~+/-]+=*)$/i"),
    caughtBy: ["header.word-before", "header.two-schemes"],
  },
  "any-scheme": {
    sentence: "The scheme is not looked at.",
    changes: inHeader("/^\\w+ +([\\w.~+/-]+=*)$/i"),
    caughtBy: ["header.basic-token", "header.jwt-scheme"],
  },
  "token-in-query": {
    sentence: "A token in the query is read as well.",
    changes: inFile(
      "bearer",
      "[1] ?? null;",
      '[1] ?? new URL(req.url, "http://x").searchParams.get("access_token");',
    ),
    caughtBy: ["header.in-query"],
  },
});

const refusals = listFaults({
  "challenge-missing": {
    sentence: "A refusal has no WWW-Authenticate.",
    auth: "passport",
    changes: inFile("bearer", "...(isByHeader && {", "...(false && {"),
    caughtBy: ["handshake.refusal-no-header", "http.refusal-of-token"],
  },
  "challenge-always-error": {
    sentence: "A request without a token is told that its token is not valid.",
    changes: inFile("bearer", '=== null ? "" :', '=== undefined ? "" :'),
    caughtBy: ["http.refusal-without-token", "handshake.refusal-without-token"],
  },
  "challenge-bare": {
    sentence: "A challenge has no parameter.",
    auth: "passport",
    changes: inFile(
      "bearer",
      '`Bearer realm="users"${detail}`',
      '`Bearer${detail.replace(",", "")}`',
    ),
    caughtBy: ["http.refusal-parameter"],
  },
  "refusal-403": {
    sentence: "A request without a good token is answered with 403.",
    auth: "passport",
    changes: inFile("bearer", "res.writeHead(401, headers)", "res.writeHead(403, headers)"),
    caughtBy: ["handshake.refusal-no-header", "handshake.refusal-expired"],
  },
  "websocket-cut": {
    sentence: "A WebSocket is refused by cutting the connection.",
    auth: "passport",
    changes: inFile(
      "bearer",
      'req.socket.end(`${lines.join("\\r\\n")}\\r\\n\\r\\n${body}`, () => req.socket.destroy());',
      "res.end();",
    ),
    caughtBy: ["handshake.refusal-no-header"],
  },
  "websocket-half-closed": {
    sentence: "After a WebSocket is refused, the server waits for the client to close.",
    changes: inFile("bearer", "${body}`, () => req.socket.destroy());", "${body}`);"),
    caughtBy: ["handshake.refusal-frees-connection"],
  },
  "refusal-400": {
    sentence: "A handshake is refused by an error, which Engine.IO answers with 400.",
    changes: [
      ...inFile("handshake", "import type { ServerResponse }", "import { ServerResponse }"),
      ...inFile(
        "handshake",
        "requireBearer(req, res, next);",
        'requireBearer(req, { writeHead: () => ({ end: () => next(new Error("no")) }), __proto__: ServerResponse.prototype }, next);',
      ),
    ],
    caughtBy: ["handshake.refusal-no-header", "handshake.refusal-nonsense"],
  },
  "reason-told": {
    sentence: "The refusal tells why the token is not valid.",
    changes: inFile(
      "bearer",
      '{ message: "Unauthorized" }',
      '{ message: "jwt malformed: invalid signature" }',
    ),
    caughtBy: ["http.refusal-is-json"],
  },
  "refusal-kept": {
    sentence: "Caches may keep a refusal.",
    changes: inFile("bearer", '"Cache-Control": "no-store",', ""),
    caughtBy: ["http.refusal-no-store", "handshake.refusal-no-store"],
  },
  "error-for-basic": {
    sentence: "Credentials of another scheme are called an invalid token.",
    changes: inFile(
      "bearer",
      "readBearerToken(req) === null",
      "req.headers.authorization === undefined",
    ),
    caughtBy: ["handshake.refusal-of-scheme"],
  },
});

const sessions = listFaults({
  "sid-undefined": {
    sentence: "Only a request without the parameter sid is checked; an empty one opens a session.",
    changes: inFile("handshake", SID_TEST, "if (req._query.sid !== undefined) return next();"),
    caughtBy: ["handshake.polling-empty-sid-no-token", "handshake.websocket-empty-sid-no-token"],
  },
  "sid-undefined-no-guard": {
    sentence: "An empty sid opens a session, and the namespace lets a socket without a user in.",
    auth: "passport",
    changes: [
      ...inFile("handshake", SID_TEST, "if (req._query.sid !== undefined) return next();"),
      ...inFile("handshake", GUARD, "if (false) {"),
    ],
    caughtBy: ["handshake.no-token-no-socket-empty-sid"],
  },
  "upgrade-rechecked": {
    sentence: "Every request is checked, also those of an open session.",
    auth: "passport",
    changes: inFile("handshake", SID_TEST, ""),
    caughtBy: ["handshake.upgrade-by-sid", "handshake.poll-by-sid"],
  },
  "websocket-unchecked": {
    sentence: "Only polling is checked.",
    changes: inFile(
      "handshake",
      SID_TEST,
      "if (req._query.sid || req.headers.upgrade) return next();",
    ),
    caughtBy: ["handshake.websocket-no-token", "token.exp-past"],
  },
  "get-only": {
    sentence: "Only WebSockets are checked.",
    auth: "passport",
    changes: inFile(
      "handshake",
      SID_TEST,
      "if (req._query.sid || !req.headers.upgrade) return next();",
    ),
    caughtBy: ["handshake.polling-no-token", "token.exp-past"],
  },
  "user-not-handed-over": {
    sentence: "The user of the handshake does not reach the socket.",
    changes: inFile(
      "handshake",
      "Object.assign(socket.data, { user, exp, iat, sid, rights });",
      'Object.assign(socket.data, { user: { id: 1, username: "john" }, exp, iat, sid, rights });',
    ),
    caughtBy: ["handshake.user-of-session", "transports.websocket-whoami"],
  },
  "users-mixed-up": {
    sentence: "A socket belongs to the user of the latest handshake.",
    changes: [
      ...inFile(
        "handshake",
        "requireBearer(req, res, next);",
        "requireBearer(req, res, () => { io.last = req.user; next(); });",
      ),
      ...inFile(
        "handshake",
        HANDED_OVER,
        'const { last: user } = io, exp = Infinity, iat = 0, sid = "", rights: string[] = [];',
      ),
    ],
    caughtBy: ["handshake.users-apart-polling", "handshake.users-apart-websocket"],
  },
  "session-outlives-token": {
    sentence: "A session goes on connecting sockets once its token has expired.",
    auth: "passport",
    changes: inFile(
      "handshake",
      HANDED_OVER,
      "const { user, rights = [] } = socket.request, exp = Infinity;",
    ),
    caughtBy: ["handshake.session-outlives-token"],
  },
});

export const HANDSHAKE_FAULTS: Fault[] = [...header, ...refusals, ...sessions];
