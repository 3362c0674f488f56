// The start of an exercise, do not copy it: a logout everywhere is stored, and not looked up. The list is in
// memory: `logout` tells the other servers that run, but one that starts later has an empty list. Where
// JWT_SECRET outlives the process, put the list into a store that all servers share, such as Redis.

function nowSeconds() {
  return Math.floor(Date.now() / 1000);
}

export function createRevoked(lifetimeSeconds) {
  // For each "sid", the second from which it can be forgotten.
  const logins = new Map();
  // For each user id, the first second of issue that is good again. There is a number for each user who has
  // ever logged out everywhere: an app stores it with the user.
  const firstGoodSeconds = new Map();

  // --- Revoking ---

  function revokeLogin(sid, exp) {
    const now = nowSeconds();
    for (const [other, until] of logins) if (until <= now) logins.delete(other);
    // Another token of the same login may expire later than this one, but none will be issued after now.
    logins.set(sid, Math.max(exp, now + lifetimeSeconds));
  }

  // For `revokeUser`. "iat" counts whole seconds. So all tokens of this second are revoked, and those of a
  // login that follows at once are dated a second later: see `issueToken`.
  function nextGoodSecond(userId) {
    return Math.max(nowSeconds(), firstGoodSecond(userId)) + 1;
  }

  function revokeUser(userId, second) {
    firstGoodSeconds.set(userId, Math.max(second, firstGoodSecond(userId)));
  }

  function firstGoodSecond(userId) {
    return firstGoodSeconds.get(userId) ?? 0;
  }

  // --- Asking ---

  return {
    revokeLogin,
    nextGoodSecond,
    revokeUser,
    firstGoodSecond,
    isRevoked({ sid }) {
      return sid !== undefined && logins.has(sid);
    },
  };
}
