// The token in a cookie: the login sets it, the browser sends it along on every transport, and no script
// can read it.
import type { IncomingMessage } from "node:http";
import type { Request, Response } from "express";
import { refuse, type RequireBearer } from "./bearer.ts";
import type { Tokens } from "./tokens.ts";

const NAME = "access_token";
/** Sent to one route only, and so far less often than the token. */
export const REFRESH_COOKIE = { name: "refresh_token", path: "/refresh" };

// --- Setting the cookie ---

export function setTokenCookie(
  req: Request,
  res: Response,
  token: string,
  lifetimeSeconds: number,
  { name, path } = { name: NAME, path: "/" },
): void {
  res.cookie(name, token, {
    // No script can read it, so none can send it elsewhere.
    httpOnly: true,
    // No page of another site gets it sent along. A site is more than an origin: other ports and other
    // subdomains are the same site. Hence the check of the Origin, in `origins`.
    sameSite: "strict",
    // Over TLS only, if the page was loaded over TLS. Behind a proxy with TLS `req.secure` is false, but a
    // browser sends the Origin with every POST. On TLS, prefer the name `__Host-token`: other subdomains
    // cannot set such a cookie.
    secure: req.secure || req.get("origin")?.startsWith("https:") === true,
    // For Socket.IO as well as for `/self`. Paths do not protect: a page can open a frame of any path.
    path,
    // As long as the token is valid.
    maxAge: lifetimeSeconds * 1000,
  });
}

// --- Reading the cookie ---

// A token has no character that a cookie encodes, so there is nothing to decode.
export function readTokenCookie({ headers }: IncomingMessage, name = NAME): string | null {
  const cookies = (headers.cookie ?? "").split("; ");
  const [own, other] = cookies.filter((cookie) => cookie.startsWith(`${name}=`));
  // Two of one name: a page of another port or subdomain has set one of them, and their order does not
  // tell which (RFC 6265 §4.2.2).
  return own === undefined || other !== undefined ? null : own.slice(name.length + 1);
}

// --- The middleware ---

export function createCookieCheck(tokens: Tokens): RequireBearer {
  return function requireCookie(req, res, next) {
    try {
      Object.assign(req, tokens.verifyToken(readTokenCookie(req)));
    } catch (error) {
      // Without a challenge: no HTTP scheme asks for a cookie.
      return refuse(req, res, error, false);
    }
    next();
  };
}
