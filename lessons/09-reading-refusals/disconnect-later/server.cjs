// The weaker form for this lesson, do not copy it: a socket without a good token is disconnected once it
// has connected.
const { createServer } = require("node:http");
const { Server } = require("socket.io");
const { buildApp } = require("./app.cjs");
const { logChecks, refusedByEngine } = require("./checks.cjs");
const { createCookieCheck } = require("./cookie.cjs");
const { watchExpiry } = require("./expiry.cjs");
const { checkHandshakes } = require("./handshake.cjs");
const { limitSession } = require("./limits.cjs");
const { createLogoutRoute, endLogin, logOutForOthers } = require("./logout.cjs");
const { createManualCheck } = require("./manual.cjs");
const { allowOrigins } = require("./origins.cjs");
const { createPassportCheck } = require("./passport.cjs");
const { checkPayloads } = require("./payload.cjs");
const { createRevoked } = require("./revoked.cjs");
const { createFamilies } = require("./refresh.cjs");
const { openModeration } = require("./rights.cjs");
const { createTokens } = require("./tokens.cjs");
const { answerForUsers, joinUserRoom, registerHandlers } = require("./user-rooms.cjs");

// --- Socket.IO ---

function buildSocketServer(httpServer, settings, adapter) {
  const io = new Server(httpServer, {
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

function buildServer(settings, adapter = {}) {
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
    // By now the client has been sent that it is connected.
    if (socket.data.user.id === 0) socket.disconnect();
    watchExpiry(socket, settings.atExpiry);
    joinUserRoom(socket);
    registerHandlers(io, socket);
  });
  answerForUsers(io);
  logOutForOthers(io, lists);
  openModeration(io, guard, settings.atExpiry);

  return { httpServer, io };
}

module.exports = { buildServer };
