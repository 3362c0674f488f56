// The weaker form for this lesson, do not copy it: an access log stores every URL, and the token is in the
// query.
import { createServer, type IncomingMessage, type Server as HttpServer } from "node:http";
import { Server, type ServerOptions } from "socket.io";
import { buildApp } from "./app.ts";
import type { RequireBearer } from "./bearer.ts";
import { logChecks, refusedByEngine } from "./checks.ts";
import { createCookieCheck } from "./cookie.ts";
import { watchExpiry } from "./expiry.ts";
import { checkHandshakes } from "./handshake.ts";
import { limitSession } from "./limits.ts";
import { createLogoutRoute, endLogin, logOutForOthers } from "./logout.ts";
import { createManualCheck } from "./manual.ts";
import { allowOrigins } from "./origins.ts";
import { createPassportCheck } from "./passport.ts";
import { checkPayloads } from "./payload.ts";
import { createRevoked } from "./revoked.ts";
import { createFamilies, type Families } from "./refresh.ts";
import { openModeration } from "./rights.ts";
import type { Settings } from "./settings.ts";
import { createTokens, type Tokens } from "./tokens.ts";
import { answerForUsers, joinUserRoom, registerHandlers, type UserServer } from "./user-rooms.ts";

// --- Socket.IO ---

function buildSocketServer(
  httpServer: HttpServer,
  settings: Settings,
  adapter: Partial<ServerOptions>,
): UserServer {
  const io: UserServer = new Server(httpServer, {
    ...adapter,
    transports: settings.transports,
    ...allowOrigins(settings.allowedOrigins),
    // Our largest message has a few kilobytes. At the default of 1 MB one packet can hold enough
    // arguments to overflow the stack.
    maxHttpBufferSize: 65_536,
    // How long a session may stay open until its first socket connects; the default is 45 seconds.
    connectTimeout: 10_000,
  });

  io.engine.on("connection", limitSession);

  // --- The access log ---

  // Most servers and proxies have one, and it stores the URL of each request as it came.
  io.engine.use((req: IncomingMessage, _res: unknown, next: () => void) => {
    console.log(`${req.method} ${req.url}`);
    next();
  });

  // --- What Engine.IO refuses ---

  // Another origin, a transport that is not offered, a session that does not exist. A refusal by our own
  // middleware does not cause this event.
  io.engine.on("connection_error", refusedByEngine);
  return io;
}

// --- Together ---

function createCheck({ auth }: Settings, tokens: Tokens): RequireBearer {
  if (auth === "passport") return createPassportCheck(tokens);
  if (auth === "cookie") return createCookieCheck(tokens);
  // In payload mode as well: there the header is for `/self` and `/logout` only.
  return createManualCheck(tokens);
}

export function buildServer(
  settings: Settings,
  adapter: Partial<ServerOptions> = {},
): { httpServer: HttpServer; io: UserServer } {
  logChecks(settings.shouldLogChecks);
  const revoked = createRevoked(settings.lifetimeSeconds);
  const tokens = createTokens(settings, revoked);
  const requireBearer = createCheck(settings, tokens);

  const families: Families = createFamilies(settings.refreshLifetimeSeconds, (sid) =>
    endLogin(io, lists, sid),
  );
  const lists = { revoked, families };
  const logoutRoute = createLogoutRoute(settings, lists, requireBearer, () => io);
  const app = buildApp(settings, tokens, requireBearer, families, logoutRoute);
  const httpServer = createServer(app);
  const io = buildSocketServer(httpServer, settings, adapter);

  const guard =
    settings.auth === "payload"
      ? checkPayloads(tokens)
      : checkHandshakes(io, requireBearer, revoked);
  io.use(guard);
  io.on("connection", (socket) => {
    watchExpiry(socket, settings.atExpiry);
    joinUserRoom(socket);
    registerHandlers(io, socket);
  });
  answerForUsers(io);
  logOutForOthers(io, lists);
  openModeration(io, guard, settings.atExpiry);

  return { httpServer, io };
}
