// The weaker form for this lesson, do not copy it: here every request of a session is checked for a
// bearer token, and not only the one that opens it.
import type { ServerResponse } from "node:http";
import type { Server } from "socket.io";
import type { CheckedRequest, RequireBearer } from "../../../variants/ts/bearer.ts";

export function checkHandshakes(
  io: Server,
  requireBearer: RequireBearer,
  log: (line: string) => void,
): void {
  // --- Before a session opens: the HTTP request ---

  io.engine.use((req: CheckedRequest, res: ServerResponse, next: () => void) => {
    // A browser sends the header with polling requests only. So its upgrade to websocket is refused
    // here, although the session was checked when it opened.
    const transport = req.headers.upgrade === undefined ? "polling" : "websocket";
    log(`checked port ${req.socket.remotePort}: ${req.method} ${transport} request`);
    requireBearer(req, res, next);
  });

  // --- Before a socket connects: the namespace ---

  io.use((socket, next) => {
    socket.data.user = (socket.request as CheckedRequest).user;
    next(socket.data.user ? undefined : new Error("Unauthorized"));
  });
}
