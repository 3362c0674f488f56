// The start of an exercise, do not copy it: a refused client cannot find out that it needs another token,
// and on a websocket it gets no answer.
import { type IncomingMessage, ServerResponse } from "node:http";
import { refused } from "./checks.ts";
import type { Bearer } from "./tokens.ts";

declare global {
  namespace Express {
    // TypeScript: Passport declares `req.user` without properties; these are ours.
    interface User {
      id: number;
      username: string;
    }
  }
}

/** A request whose bearer token was checked has what the token says of its bearer. */
export type CheckedRequest = IncomingMessage & { [Key in keyof Bearer]?: Bearer[Key] | undefined };

/** Calls `next` for a request with a good bearer token, and refuses any other. */
export type RequireBearer = (req: CheckedRequest, res: ServerResponse, next: () => void) => void;

// --- Reading the header ---

// RFC 6750 §2.1: the scheme, at least one space, and one token. The scheme is case-insensitive (RFC
// 9110 §11.1). Both header modes read the header here. passport-jwt's own extractor is looser: it
// also takes a tab, or a second token after the first.
const BEARER = /^bearer +([\w.~+/-]+=*)$/i;

export function readBearerToken(req: IncomingMessage): string | null {
  return BEARER.exec(req.headers.authorization ?? "")?.[1] ?? null;
}

// --- Refusing a request ---

export function refuse(
  req: IncomingMessage,
  res: ServerResponse,
  error: unknown,
  _isByHeader = true,
): void {
  // Why the token is not valid goes into the log, never to the client.
  refused(req, error);
  const body = JSON.stringify({ message: "Forbidden" });
  const headers = {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": String(Buffer.byteLength(body)),
    "Cache-Control": "no-store",
    Connection: "close",
  };

  if (res instanceof ServerResponse) {
    res.writeHead(403, headers).end(body);
    return;
  }

  // A websocket handshake has no ServerResponse: what Engine.IO passes in its place cannot answer.
  // A client that has gone away meanwhile needs no answer; without a listener its error would stop the
  // process.
  req.socket.on("error", () => req.socket.destroy());
  req.socket.destroy();
}
