// Faults in what a refusal tells, what other origins may read, and what a client that goes away leaves.
import { type Fault, inFile } from "./fault.ts";

const REASON = 'encodeURIComponent((error as Error | undefined)?.message ?? "")';
const HEADERS = '"Cache-Control": "no-store",\n    Connection: "close",';
const LINES = '"HTTP/1.1 401 Unauthorized",';

export const TELLING_FAULTS: Fault[] = [
  {
    id: "reason-in-field",
    sentence: "A header field of the refusal tells why the token is not valid.",
    auth: "manual",
    changes: inFile("bearer", HEADERS, `"X-Reason": ${REASON},\n    ${HEADERS}`),
    caughtBy: ["token.exp-past", "token.aud-wrong"],
  },
  {
    id: "reason-in-status",
    sentence: "The words beside the status tell why the token is not valid.",
    auth: "passport",
    changes: inFile(
      "bearer",
      "res.writeHead(401, headers)",
      `res.writeHead(401, ${REASON}, headers)`,
    ),
    caughtBy: ["token.exp-past", "token.iss-wrong"],
  },
  {
    id: "reason-in-data",
    sentence: "The data of CONNECT_ERROR tells why the token is not valid.",
    auth: "payload",
    changes: inFile(
      "payload",
      'refusal.data = { error: token === undefined ? "invalid_request" : "invalid_token" };',
      'refusal.data = { error: token === undefined ? "invalid_request" : "invalid_token", detail: (error as Error).message };',
    ),
    caughtBy: ["token.aud-wrong", "token.secret-other"],
  },
  {
    id: "transports-refuse-apart",
    sentence: "A refusal by WebSocket may be kept by caches, and one by polling may not.",
    auth: "manual",
    changes: inFile("bearer", LINES, `${LINES}\n    "X-Transport: websocket",`),
    caughtBy: ["handshake.refusal-no-header", "handshake.refusal-expired"],
  },
  {
    id: "shared-with-bearer",
    sentence: "Pages of every origin may read what is answered to a good token by polling.",
    auth: "manual",
    changes: inFile(
      "handshake",
      "requireBearer(req, res, next);",
      'requireBearer(req, res, () => { if (req.headers.upgrade === undefined) res.setHeader("Access-Control-Allow-Origin", "*"); next(); });',
    ),
    caughtBy: ["http.origin-polling"],
  },
  {
    id: "refusal-unheard",
    sentence: "A client that goes away in the middle of a refusal ends the server.",
    auth: "manual",
    changes: inFile(
      "bearer",
      'req.socket.on("error", () => req.socket.destroy());',
      'setTimeout(() => { if (req.socket.destroyed) throw new Error("gone"); }, 5);',
    ),
    caughtBy: ["robustness.refusals-reset"],
  },
];
