// When a token expires, read from the token itself. Runs in Node and in a page alike.

/** "exp" in milliseconds since 1970 (RFC 7519 §4.1.4); not a number where it has none. */
export function expiresAtMs(token: string | null): number {
  const [, claims = ""] = (token ?? "").split(".");
  try {
    const text = atob(claims.replaceAll("-", "+").replaceAll("_", "/"));
    const { exp } = JSON.parse(text) as { exp?: unknown };
    return typeof exp === "number" ? exp * 1000 : Number.NaN;
  } catch {
    // It is not a token that can be read.
    return Number.NaN;
  }
}
