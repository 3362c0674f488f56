// A token in a cookie: Node sends the header itself; a page can only store a cookie, and the browser sends it. Runs in Node and
// in a page alike.
import { TOKEN_COOKIE } from "../model/vocabulary.ts";

/** Whether a browser runs this, and not Node. */
export const isPage = typeof document === "object";
// Nothing of an attempt stays in a person's browser for long.
const LIFETIME_SECONDS = 60;
const stored = new Set<string>();

/**
 * Stores the token where this is a page: for the paths of one attempt, so that no other one is sent it.
 * @returns the headers that the client itself must send
 */
export function bringCookie(token: string | null, prefix: string): Record<string, string> {
  if (token === null) return {};
  if (!isPage) return { cookie: `${TOKEN_COOKIE}=${token}` };
  store(token, prefix, LIFETIME_SECONDS);
  stored.add(prefix);
  return {};
}

/** Removes what was stored for an attempt. A cookie that the server has set is not a script's to remove. */
export function takeCookieBack(prefix: string): void {
  if (stored.delete(prefix)) store("", prefix, 0);
}

function store(token: string, prefix: string, seconds: number): void {
  document.cookie = `${TOKEN_COOKIE}=${token}; Path=${prefix}/; Max-Age=${seconds}; SameSite=Strict`;
}

/** The token that an answer sets as a cookie. A page is not shown that header. */
export function readSetCookie({ headers }: Response): string | undefined {
  const start = `${TOKEN_COOKIE}=`;
  const cookie = headers.getSetCookie().find((each) => each.startsWith(start));
  return cookie?.slice(start.length).replace(/;.*/s, "");
}
