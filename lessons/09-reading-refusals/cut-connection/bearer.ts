// The weaker form for this lesson, do not copy it: a request without a good bearer token gets no answer,
// and its connection is cut.
import type { IncomingMessage, ServerResponse } from "node:http";
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

export function refuse(req: IncomingMessage, _res: ServerResponse, error: unknown): void {
  // Only the log says why. A client takes this for a lost connection.
  refused(req, error);
  req.socket.destroy();
}
