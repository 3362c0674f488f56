// The start of an exercise, do not copy it: a logout everywhere is stored, and not looked up. The list is in
// memory: `logout` tells the other servers that run, but one that starts later has an empty list. Where
// JWT_SECRET outlives the process, put the list into a store that all servers share, such as Redis.
import type { Bearer } from "./tokens.ts";

export type Revoked = ReturnType<typeof createRevoked>;

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

export function createRevoked(lifetimeSeconds: number) {
  // For each "sid", the second from which it can be forgotten.
  const logins = new Map<string, number>();
  // For each user id, the first second of issue that is good again. There is a number for each user who has
  // ever logged out everywhere: an app stores it with the user.
  const firstGoodSeconds = new Map<number, number>();

  // --- Revoking ---

  function revokeLogin(sid: string, exp: number): void {
    const now = nowSeconds();
    for (const [other, until] of logins) if (until <= now) logins.delete(other);
    // Another token of the same login may expire later than this one, but none will be issued after now.
    logins.set(sid, Math.max(exp, now + lifetimeSeconds));
  }

  // For `revokeUser`. "iat" counts whole seconds. So all tokens of this second are revoked, and those of a
  // login that follows at once are dated a second later: see `issueToken`.
  function nextGoodSecond(userId: number): number {
    return Math.max(nowSeconds(), firstGoodSecond(userId)) + 1;
  }

  function revokeUser(userId: number, second: number): void {
    firstGoodSeconds.set(userId, Math.max(second, firstGoodSecond(userId)));
  }

  function firstGoodSecond(userId: number): number {
    return firstGoodSeconds.get(userId) ?? 0;
  }

  // --- Asking ---

  return {
    revokeLogin,
    nextGoodSecond,
    revokeUser,
    firstGoodSecond,
    isRevoked({ sid }: Pick<Bearer, "user" | "iat" | "sid">): boolean {
      return sid !== undefined && logins.has(sid);
    },
  };
}
