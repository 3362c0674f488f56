// The start of an exercise, do not copy it: the Origin is compared by a part of it.
import type { IncomingMessage } from "node:http";
import type { ServerOptions } from "socket.io";

// --- The check of the Origin ---

// Behind a proxy that changes Host no page could connect: have it pass Host on as it came. If it adds TLS,
// have browsers use nothing else (HSTS): this server cannot tell the scheme of its own pages.
export function isAllowedOrigin({ headers }: IncomingMessage, allowedOrigins: string[]): boolean {
  const { origin, host } = headers;
  // Without the port: 127.0.0.1.
  const [name = ""] = (host ?? "").split(":");
  return origin === undefined || origin.includes(name) || allowedOrigins.includes(origin);
}

/** A request as Engine.IO passes it on, with the query parsed. */
type EngineRequest = IncomingMessage & { _query: { j?: string } };

function isAllowed(req: IncomingMessage, allowedOrigins: string[]): boolean {
  // Without an Origin come programs, the polling of our own page, and what any page loads with a tag. A
  // page cannot read what its tags load, except a script. Engine.IO answers in a script (JSONP) if the
  // query has "j", which no client of version 3 or later sends.
  if ((req as EngineRequest)._query.j !== undefined) return false;
  return isAllowedOrigin(req, allowedOrigins);
}

export function allowOrigins(allowedOrigins: string[]): Partial<ServerOptions> {
  return {
    // A page of any origin can open a websocket: CORS does not apply to it. As long as the page must show
    // a token, that is harmless. A cookie the browser sends along, so without this check the page would
    // speak for its user (cross-site websocket hijacking).
    allowRequest: (req, decide) => decide(null, isAllowed(req, allowedOrigins)),
    // Without `cors`, pages of other origins cannot use polling; with `credentials` the browser sends the
    // cookie, too. To a page of another site it sends none that is `SameSite=Strict`.
    ...(allowedOrigins.length > 0 && { cors: { origin: allowedOrigins, credentials: true } }),
  };
}
