// The weaker form for this lesson, do not copy it: only CORS keeps pages of other origins away, and it
// does not apply to a websocket.
import type { ServerOptions } from "socket.io";

// --- The check of the Origin ---

export function allowOrigins(allowedOrigins: string[]): Partial<ServerOptions> {
  return {
    // Without `cors`, pages of other origins cannot use polling; with `credentials` the browser sends the
    // cookie, too. To a page of another site it sends none that is `SameSite=Strict`.
    ...(allowedOrigins.length > 0 && { cors: { origin: allowedOrigins, credentials: true } }),
  };
}
