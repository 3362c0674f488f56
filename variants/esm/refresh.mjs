// Refresh tokens: with one, a client gets its next access token without the password. So access tokens
// can expire after minutes, and a stolen one is soon worthless.
import { createHash, randomBytes } from "node:crypto";
import { refuse } from "./bearer.mjs";
import { checked } from "./checks.mjs";
import { readTokenCookie, REFRESH_COOKIE } from "./cookie.mjs";
import { isAllowedOrigin } from "./origins.mjs";

// --- The families ---

// More than anybody has devices. One more login ends the oldest family of its user, and nobody else's.
const MOST_FAMILIES_OF_USER = 100;

// The stored hash opens nothing. A random token needs no slow hash, unlike a password.
function hash(token) {
  return createHash("sha256").update(token).digest("base64url");
}

// Two random parts: the first one finds the family, so that a used token is recognised, however old it is, and need
// not be stored.
function nextToken(name) {
  return `${name}.${randomBytes(32).toString("base64url")}`;
}

// In the memory of this process. With several servers, or to outlive a restart, use a store that they share: there,
// "compare and replace" must be one step.
export function createFamilies(lifetimeSeconds, endLogin) {
  // By the first part of its tokens, which stays. All live equally long, so the first one ends first.
  const families = new Map();

  function endWhere(isMeant) {
    for (const [name, family] of families) if (isMeant(family)) families.delete(name);
  }

  return {
    /** For a login. */
    begin({ sid, user }) {
      endWhere(({ endsAtMs }) => endsAtMs <= Date.now());
      const own = [...families].filter(([, family]) => family.user.id === user.id);
      for (const [name] of own.slice(0, 1 - MOST_FAMILIES_OF_USER)) families.delete(name);

      const name = randomBytes(32).toString("base64url");
      const refreshToken = nextToken(name);
      // Counted from the login, not from the last refresh: otherwise a thief could refresh forever.
      const endsAtMs = Date.now() + lifetimeSeconds * 1000;
      families.set(name, { sid, user, endsAtMs, goodHash: hash(refreshToken) });
      return { sid, user, refreshToken };
    },

    /** Exchanges a refresh token, which works once, for the next one. @throws Error if it is not good */
    rotate(token) {
      const text = typeof token === "string" ? token : "";
      const [name = ""] = text.split(".");
      const family = families.get(name);
      if (!family || family.endsAtMs <= Date.now())
        throw new Error("The refresh token is unknown, or its family has ended.");
      if (family.goodHash !== hash(text)) {
        // Two have it: the user and a thief, and nobody can tell who came first (RFC 9700 §4.14.2). What the thief
        // got with it ends as well: the access tokens (RFC 7009 §2.1) and the sockets.
        families.delete(name);
        endLogin(family.sid);
        console.warn(`A used refresh token came again: login ${family.sid} must sign in again.`);
        throw new Error("The refresh token was used before.");
      }
      // No `await` since the comparison, so of two requests with one token exactly one wins. The other one ends the
      // family, even if both are tabs of one user: a grace period would help a thief as well. So a client sends
      // one refresh at a time (between tabs: `navigator.locks`), and logs in again if the answer was lost.
      const refreshToken = nextToken(name);
      family.goodHash = hash(refreshToken);
      // A real server looks the user up: an account may be closed by now, a right taken away.
      return { sid: family.sid, user: family.user, refreshToken };
    },

    /** For a logout: from then on the login with this `sid` has no good refresh token. */
    endOfSid: (sid) => endWhere((family) => family.sid === sid),

    /** For a new password, a stolen device, a closed account. */
    endOfUser: (userId) => endWhere(({ user }) => user.id === userId),
  };
}

// --- The route ---

// Left out: an event that gives an open socket a fresh token. It would be a second way in, which must compare the
// user and the rights with those of the socket, and set its timer again. Connecting again does all that.
export function openRefresh(app, { auth, allowedOrigins }, families, give) {
  app.post("/refresh", (req, res) => {
    res.set("Cache-Control", "no-store");
    checked(req, "POST /refresh");
    // The browser sends a cookie for other pages of this site as well. Their requests must not use the token up.
    if (auth === "cookie" && !isAllowedOrigin(req, allowedOrigins))
      return res.status(403).json({ message: "Forbidden" });
    const body = req.body;
    const token =
      auth === "cookie" ? readTokenCookie(req, REFRESH_COOKIE.name) : body?.refreshToken;
    let grant;
    try {
      grant = families.rotate(token);
    } catch (error) {
      // One answer for all reasons. In OAuth it would be 400 and "invalid_grant" (RFC 6749 §5.2).
      return refuse(req, res, error, false);
    }
    give(req, res, grant);
  });
}
