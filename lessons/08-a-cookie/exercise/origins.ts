// The start of an exercise, do not copy it: the Origin is compared by a part of it.
import type { IncomingHttpHeaders } from "node:http";
import type { ServerOptions } from "socket.io";

// --- The check of the Origin ---

// A request without an Origin does not come from a page of another site. Behind a proxy that changes Host
// no page could connect: have it pass Host on as it came.
function isAllowed({ origin, host }: IncomingHttpHeaders, allowedOrigins: string[]): boolean {
  // Without the port: 127.0.0.1.
  const [name = ""] = (host ?? "").split(":");
  return origin === undefined || origin.includes(name) || allowedOrigins.includes(origin);
}

export function allowOrigins(allowedOrigins: string[]): Partial<ServerOptions> {
  return {
    // A page of any origin can open a websocket: CORS does not apply to it. As long as the page must show
    // a token, that is harmless. A cookie the browser sends along, so without this check the page would
    // speak for its user (cross-site websocket hijacking).
    allowRequest: (req, decide) => decide(null, isAllowed(req.headers, allowedOrigins)),
    // Without `cors`, pages of other origins cannot use polling; with `credentials` the browser sends the
    // cookie, too. To a page of another site it sends none that is `SameSite=Strict`.
    ...(allowedOrigins.length > 0 && { cors: { origin: allowedOrigins, credentials: true } }),
  };
}
