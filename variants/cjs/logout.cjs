// Logging out: revokes the token, and ends the sockets that it has connected. A client that only deletes
// its token has ended nothing: a copy of it goes on working.
const express = require("express");
const { checked } = require("./checks.cjs");
const { REFRESH_COOKIE, setTokenCookie } = require("./cookie.cjs");
const { isAllowedOrigin } = require("./origins.cjs");
const { loginRoom, userRoom } = require("./user-rooms.cjs");

// --- Ending sockets ---

function endSockets(io, room) {
  // Each namespace has rooms of its own.
  const namespaces = [io.sockets, io.of("/moderation")];
  // Any disconnect by the server has the reason "io server disconnect", so the client is told why before.
  for (const namespace of namespaces) namespace.to(room).emit("loggedOut");
  // `true` ends the session, and with it the sockets of its other namespaces.
  for (const namespace of namespaces) namespace.in(room).disconnectSockets(true);
}

// --- The route ---

function createLogoutRoute(
  { auth, allowedOrigins, refreshLifetimeSeconds },
  { revoked, families },
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

  router.post("/logout", requireBearer, (req, res) => {
    const { everywhere = false } = req.body ?? {};
    // What is nearly `true` must not end less than was meant.
    if (typeof everywhere !== "boolean")
      return res.status(400).json({ message: '"everywhere" must be true or false' });
    const { user, sid, exp } = req;
    if (everywhere || sid === undefined) {
      // Without a "sid" nothing tells the tokens of one login from those of another.
      revoked.revokeUser(user.id);
      families.endOfUser(user.id);
      endSockets(getServer(), userRoom(user.id));
    } else {
      revoked.revokeLogin(sid, exp);
      families.endOfSid(sid);
      endSockets(getServer(), loginRoom(sid));
    }
    // An age of 0 deletes a cookie.
    if (auth === "cookie") setTokenCookie(req, res, "", 0);
    if (auth === "cookie" && refreshLifetimeSeconds > 0)
      setTokenCookie(req, res, "", 0, REFRESH_COOKIE);
    res.status(204).end();
  });

  return router;
}

module.exports = { createLogoutRoute };
