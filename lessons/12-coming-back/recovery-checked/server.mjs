// The weaker form for this lesson, do not copy it: the middleware checks the token of a client that comes back, but
// what the client has missed is sent before that.
import { createServer } from "node:http";
import { Server } from "socket.io";
import { buildApp } from "./app.mjs";
import { logChecks, refusedByEngine } from "./checks.mjs";
import { createCookieCheck } from "./cookie.mjs";
import { watchExpiry } from "./expiry.mjs";
import { checkHandshakes } from "./handshake.mjs";
import { limitSession } from "./limits.mjs";
import { createLogoutRoute, endLogin, logOutForOthers } from "./logout.mjs";
import { createManualCheck } from "./manual.mjs";
import { allowOrigins } from "./origins.mjs";
import { createPassportCheck } from "./passport.mjs";
import { checkPayloads } from "./payload.mjs";
import { createRevoked } from "./revoked.mjs";
import { createFamilies } from "./refresh.mjs";
import { openModeration } from "./rights.mjs";
import { createTokens } from "./tokens.mjs";
import { answerForUsers, joinUserRoom, registerHandlers } from "./user-rooms.mjs";

// --- Socket.IO ---

function buildSocketServer(httpServer, settings, adapter) {
  const io = new Server(httpServer, {
    ...adapter,
    transports: settings.transports,
    // `false`: the middleware runs for a client that comes back, too.
    connectionStateRecovery: { skipMiddlewares: false },
    ...allowOrigins(settings.allowedOrigins),
    // Our largest message has a few kilobytes. At the default of 1 MB one packet can hold enough
    // arguments to overflow the stack.
    maxHttpBufferSize: 65_536,
    // How long a session may stay open until its first socket connects; the default is 45 seconds.
    connectTimeout: 10_000,
  });

  io.engine.on("connection", limitSession);

  // --- What Engine.IO refuses ---

  // Another origin, a transport that is not offered, a session that does not exist. A refusal by our own
  // middleware does not cause this event.
  io.engine.on("connection_error", refusedByEngine);
  return io;
}

// --- Together ---

function createCheck({ auth }, tokens) {
  if (auth === "passport") return createPassportCheck(tokens);
  if (auth === "cookie") return createCookieCheck(tokens);
  // In payload mode as well: there the header is for `/self` and `/logout` only.
  return createManualCheck(tokens);
}

export function buildServer(settings, adapter = {}) {
  logChecks(settings.shouldLogChecks);
  const revoked = createRevoked(settings.lifetimeSeconds);
  const tokens = createTokens(settings, revoked);
  const requireBearer = createCheck(settings, tokens);

  const families = createFamilies(settings.refreshLifetimeSeconds, (sid) =>
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
    // The others learn who has gone.
    socket.on("disconnect", () => socket.broadcast.emit("left", socket.data.user));
  });
  answerForUsers(io);
  logOutForOthers(io, lists);
  openModeration(io, guard, settings.atExpiry);

  return { httpServer, io };
}
