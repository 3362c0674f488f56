// The weaker form for this lesson, do not copy it: a logout ends sockets, and the token stays good.
const express = require("express");
const { checked } = require("./checks.cjs");
const { REFRESH_COOKIE, setTokenCookie } = require("./cookie.cjs");
const { isAllowedOrigin } = require("./origins.cjs");
const { answerOthers, askOthers, MissingAnswer } = require("./other-servers.cjs");
const { loginRoom, userRoom } = require("./user-rooms.cjs");

// --- On this server ---

function endSockets(io, room) {
  // Each namespace has rooms of its own.
  const namespaces = [io.sockets.local, io.of("/moderation").local];
  // Any disconnect by the server has the reason "io server disconnect", so an event tells the client why.
  for (const namespace of namespaces) namespace.to(room).emit("loggedOut");
  // `true` ends the session, and with it the sockets of its other namespaces.
  for (const namespace of namespaces) namespace.in(room).disconnectSockets(true);
}

function logOutHere(io, { families }, logout) {
  if ("sid" in logout) {
    families.endOfSid(logout.sid);
    endSockets(io, loginRoom(logout.sid));
  } else {
    families.endOfUser(logout.userId);
    endSockets(io, userRoom(logout.userId));
  }
}

// --- On the others ---

/** Lets this server log out the users that another server logs out; call it once. */
function logOutForOthers(io, lists) {
  answerOthers(io, "logOut", (logout) => logOutHere(io, lists, logout));
}

/** For a refresh token that came again: nobody waits for an answer here. */
function endLogin(io, lists, sid) {
  // Nothing here knows when its tokens expire, so the list stores it for the longest time.
  const logout = { sid, exp: 0 };
  logOutHere(io, lists, logout);
  askOthers(io, "logOut", logout).catch((error) => console.warn(error.message));
}

// --- The route ---

function createLogoutRoute(
  { auth, allowedOrigins, refreshLifetimeSeconds },
  lists,
  requireBearer,
  getServer,
) {
  const router = express.Router();

  router.post("/logout", (req, res, next) => {
    // The browser sends a cookie along for a page of any port or subdomain; none of them may log a user out.
    if (!isAllowedOrigin(req, allowedOrigins))
      return res.status(403).json({ message: "Forbidden" });
    checked(req, "POST /logout");
    next();
  });

  router.post("/logout", requireBearer, async (req, res) => {
    const { everywhere = false } = req.body ?? {};
    // A value such as "true" must not end less than the client meant.
    if (typeof everywhere !== "boolean")
      return res.status(400).json({ message: '"everywhere" must be true or false' });
    const { user, sid, exp } = req;
    const io = getServer();
    // Without a "sid" nothing tells the tokens of one login from those of another.
    const logout =
      everywhere || sid === undefined
        ? { userId: user.id, second: lists.revoked.nextGoodSecond(user.id) }
        : { sid, exp };
    logOutHere(io, lists, logout);
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

module.exports = { logOutForOthers, endLogin, createLogoutRoute };
