// The weaker form for this lesson, do not copy it: a logout revokes the token, and the sockets that it has
// connected stay open.
import express, { type Router } from "express";
import type { RequireBearer } from "./bearer.ts";
import { checked } from "./checks.ts";
import { REFRESH_COOKIE, setTokenCookie } from "./cookie.ts";
import { isAllowedOrigin } from "./origins.ts";
import { answerOthers, askOthers, MissingAnswer } from "./other-servers.ts";
import type { Families } from "./refresh.ts";
import type { Revoked } from "./revoked.ts";
import type { Settings } from "./settings.ts";
import type { Bearer } from "./tokens.ts";
import type { UserServer } from "./user-rooms.ts";

/** What ends: one login, or all tokens of a user that were issued before that second. */
type Logout = { sid: string; exp: number } | { userId: number; second: number };

/** Which access tokens are bad before they expire, and which refresh tokens are good. */
type Lists = { revoked: Revoked; families: Families };

// --- On this server ---

function logOutHere({ revoked, families }: Lists, logout: Logout): void {
  if ("sid" in logout) {
    revoked.revokeLogin(logout.sid, logout.exp);
    families.endOfSid(logout.sid);
  } else {
    revoked.revokeUser(logout.userId, logout.second);
    families.endOfUser(logout.userId);
  }
}

// --- On the others ---

/** Lets this server log out the users that another server logs out; call it once. */
export function logOutForOthers(io: UserServer, lists: Lists): void {
  answerOthers(io, "logOut", (logout: Logout) => logOutHere(lists, logout));
}

/** For a refresh token that came again: nobody waits for an answer here. */
export function endLogin(io: UserServer, lists: Lists, sid: string): void {
  // Nothing here knows when its tokens expire, so the list stores it for the longest time.
  const logout = { sid, exp: 0 };
  logOutHere(lists, logout);
  askOthers(io, "logOut", logout).catch((error: MissingAnswer) => console.warn(error.message));
}

// --- The route ---

export function createLogoutRoute(
  { auth, allowedOrigins, refreshLifetimeSeconds }: Settings,
  lists: Lists,
  requireBearer: RequireBearer,
  getServer: () => UserServer,
): Router {
  const router = express.Router();

  router.post("/logout", (req, res, next) => {
    // The browser sends a cookie along for a page of any port or subdomain; none of them may log a user out.
    if (!isAllowedOrigin(req, allowedOrigins))
      return res.status(403).json({ message: "Forbidden" });
    checked(req, "POST /logout");
    next();
  });

  router.post("/logout", requireBearer, async (req, res) => {
    const { everywhere = false } = (req.body ?? {}) as { everywhere?: unknown };
    // A value such as "true" must not end less than the client meant.
    if (typeof everywhere !== "boolean")
      return res.status(400).json({ message: '"everywhere" must be true or false' });
    // TypeScript: `requireBearer` has put the bearer on the request.
    const { user, sid, exp } = req as unknown as Bearer;
    const io = getServer();
    // Without a "sid" nothing tells the tokens of one login from those of another.
    const logout: Logout =
      everywhere || sid === undefined
        ? { userId: user.id, second: lists.revoked.nextGoodSecond(user.id) }
        : { sid, exp };
    logOutHere(lists, logout);
    // An age of 0 deletes a cookie.
    if (auth === "cookie") setTokenCookie(req, res, "", 0);
    if (auth === "cookie" && refreshLifetimeSeconds > 0)
      setTokenCookie(req, res, "", 0, REFRESH_COOKIE);
    try {
      await askOthers(io, "logOut", logout);
    } catch (error) {
      if (!(error instanceof MissingAnswer)) throw error;
      // The logout is complete here, and perhaps not on all servers.
      return res.status(503).json({ message: error.message });
    }
    res.status(204).end();
  });

  return router;
}
