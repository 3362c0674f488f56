// The header on the handshake: which requests are checked for a bearer token, and how the user
// reaches the socket.
import type { ServerResponse } from "node:http";
import type { Server } from "socket.io";
import type { CheckedRequest, RequireBearer } from "./bearer.ts";

/** A request as Engine.IO hands it to its middleware, with the query parsed. */
type EngineRequest = CheckedRequest & { _query: Record<string, string | string[] | undefined> };

export function checkHandshakes(
  io: Server,
  requireBearer: RequireBearer,
  log: (line: string) => void,
): void {
  // --- Before a session opens: the HTTP request ---

  io.engine.use((req: EngineRequest, res: ServerResponse, next: () => void) => {
    // Engine.IO opens a new session for every request whose sid is falsy, an empty one included; a
    // comparison with undefined misses that one. A request with a sid belongs to a session that was
    // checked when it opened, and a browser could not send the header again on the upgrade.
    if (req._query.sid) return next();
    const transport = req.headers.upgrade === undefined ? "polling" : "websocket";
    log(`checked port ${req.socket.remotePort}: ${req.method} ${transport} handshake`);
    requireBearer(req, res, next);
  });

  // --- Before a socket connects: the namespace ---

  // Should a session ever open unchecked, no socket gets further than this. Another namespace needs
  // a guard of its own. Nobody looks again later: a socket outlives its token, unless you disconnect
  // it at the time in "exp".
  io.use((socket, next) => {
    socket.data.user = (socket.request as CheckedRequest).user;
    next(socket.data.user ? undefined : new Error("Unauthorized"));
  });
}
