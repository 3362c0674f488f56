// The weaker form for this lesson, do not copy it: only CORS keeps pages of other origins away, and it
// does not apply to a websocket.
import type { IncomingMessage } from "node:http";
import type { ServerOptions } from "socket.io";

// --- The check of the Origin ---

// Behind a proxy that changes Host, no page could connect: let the proxy pass Host on unchanged. If it adds
// TLS, let browsers use nothing else (HSTS): this server cannot tell the scheme of its own pages.
export function isAllowedOrigin({ headers }: IncomingMessage, allowedOrigins: string[]): boolean {
  const { origin, host } = headers;
  const own = [`https://${host}`, `http://${host}`];
  return origin === undefined || own.includes(origin) || allowedOrigins.includes(origin);
}

export function allowOrigins(allowedOrigins: string[]): Partial<ServerOptions> {
  return {
    // Without `cors`, pages of other origins cannot use polling; with `credentials` the browser sends the
    // cookie as well, but never a `SameSite=Strict` one for a page of another site.
    ...(allowedOrigins.length > 0 && { cors: { origin: allowedOrigins, credentials: true } }),
  };
}
