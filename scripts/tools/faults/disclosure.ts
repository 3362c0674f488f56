// Faults in what a refusal reveals, what other origins may read, and what a client that goes away leaves.
import { inFile, listFaults } from "./fault.ts";

const REASON = 'encodeURIComponent((error as Error | undefined)?.message ?? "")';
const HEADERS = '"Cache-Control": "no-store",\n    Connection: "close",';
const LINES = '"HTTP/1.1 401 Unauthorized",';

export const DISCLOSURE_FAULTS = listFaults({
  "reason-in-field": {
    sentence: "A header field of the refusal tells why the token is not valid.",
    changes: inFile("bearer", HEADERS, `"X-Reason": ${REASON},\n    ${HEADERS}`),
    caughtBy: ["token.exp-past", "token.aud-wrong"],
  },
  "reason-in-status": {
    sentence: "The words beside the status tell why the token is not valid.",
    auth: "passport",
    changes: inFile(
      "bearer",
      "res.writeHead(401, headers)",
      `res.writeHead(401, ${REASON}, headers)`,
    ),
    caughtBy: ["token.exp-past", "token.iss-wrong"],
  },
  "reason-in-data": {
    sentence: "The data of CONNECT_ERROR tells why the token is not valid.",
    auth: "payload",
    changes: inFile(
      "payload",
      'refusal.data = { error: token === undefined ? "invalid_request" : "invalid_token" };',
      'refusal.data = { error: token === undefined ? "invalid_request" : "invalid_token", detail: (error as Error).message };',
    ),
    caughtBy: ["token.aud-wrong", "token.secret-other"],
  },
  "transports-refuse-apart": {
    sentence: "A refusal by WebSocket may be kept by caches, and one by polling may not.",
    changes: inFile("bearer", LINES, `${LINES}\n    "X-Transport: websocket",`),
    caughtBy: ["handshake.refusal-no-header", "handshake.refusal-expired"],
  },
  "shared-with-bearer": {
    sentence: "Pages of every origin may read what is answered to a good token by polling.",
    changes: inFile(
      "handshake",
      "requireBearer(req, res, next);",
      'requireBearer(req, res, () => { if (req.headers.upgrade === undefined) res.setHeader("Access-Control-Allow-Origin", "*"); next(); });',
    ),
    caughtBy: ["http.origin-polling"],
  },
  "refusal-unheard": {
    sentence: "A client that goes away in the middle of a refusal ends the server.",
    changes: inFile(
      "bearer",
      'req.socket.on("error", () => req.socket.destroy());',
      'setTimeout(() => { if (req.socket.destroyed) throw new Error("gone"); }, 5);',
    ),
    caughtBy: ["robustness.refusals-reset"],
  },
});
