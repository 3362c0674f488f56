// Puts Express, Socket.IO and one auth mode together.
const { createServer, STATUS_CODES } = require("node:http");
const bodyParser = require("body-parser");
const express = require("express");
const { Server } = require("socket.io");
const { registerHandlers } = require("./handlers.cjs");
const { checkHandshakes } = require("./handshake.cjs");
const { isDemoLogin } = require("./login.cjs");
const { createManualCheck } = require("./manual.cjs");
const { createPassportCheck } = require("./passport.cjs");
const { checkPayloads } = require("./payload.cjs");
const { createTokens } = require("./tokens.cjs");
const { joinUserRoom } = require("./user-rooms.cjs");

// --- HTTP ---

function buildApp(settings, tokens, requireBearer, log) {
  const app = express();
  // The header would tell everybody what runs here.
  app.disable("x-powered-by");
  // A login is far smaller; whatever is larger is refused before it is parsed.
  app.use(bodyParser.json({ limit: "4kb" }));

  // The page may load and connect to this server only, and no other site may put it in a frame.
  const contentSecurityPolicy =
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  app.use(
    express.static(settings.clientFolder, {
      setHeaders: (res) => res.setHeader("Content-Security-Policy", contentSecurityPolicy),
    }),
  );

  app.post("/login", (req, res) => {
    // A form has no challenge that a client could answer by itself, so none is sent, though RFC 9110
    // §15.5.2 asks for one with every 401: `Basic` would make browsers ask for the password themselves.
    if (!isDemoLogin(req.body, settings))
      return res.status(401).json({ message: "Wrong username or password" });
    // A token is a credential: no cache may keep it (RFC 6749 §5.1).
    res.set("Cache-Control", "no-store").json({ token: tokens.issueToken(settings.demoUser) });
  });

  const logCheck = (req, _res, next) => {
    log(`checked port ${req.socket.remotePort}: ${req.method} /self`);
    next();
  };

  app.get("/self", logCheck, requireBearer, (req, res) => {
    // `json`, not `send`: what `send` answers depends on the type of the value.
    res.set("Cache-Control", "no-store").json(req.user);
  });

  app.use((_req, res) => res.status(404).json({ message: STATUS_CODES[404] }));

  // Express knows an error handler by its four parameters. Its own one would answer with a page and
  // a stack trace.
  app.use((error, _req, res, next) => {
    const { status = 500 } = error;
    // A fault of the client is only answered; a fault of ours is reported here as well.
    if (status >= 500) console.error(error);
    if (res.headersSent) return next(error);
    res.status(status).json({ message: STATUS_CODES[status] });
  });

  return app;
}

// --- Socket.IO ---

function buildSocketServer(httpServer, settings) {
  // No `cors`: pages of other origins cannot use polling here. A websocket from elsewhere can open, but
  // this server sets no cookie that could speak for its user: it needs a token like any other.
  const io = new Server(httpServer, {
    transports: settings.transports,
    // Our largest message has a few kilobytes. At the default of 1 MB one packet can hold enough
    // arguments to overflow the stack.
    maxHttpBufferSize: 65_536,
    // How long a session may stay open until its first socket connects; the default is 45 seconds.
    connectTimeout: 10_000,
  });

  io.engine.on("connection", (session) => {
    limitMessages(session);
    limitUnread(session);
  });

  return io;
}

// --- What one client may cost the others ---

// A message takes time from everybody, and a note goes into somebody else's queue. A person sends a few
// in a second, and a client that was offline sends all that it has kept. Who streams positions, or
// pieces of files, needs a higher limit.
const MOST_MESSAGES_PER_SECOND = 100;

// Ends the session of a client that sends too much. Socket.IO's client connects again after a pause, so
// it is slowed down; one that does not pause needs a new handshake for every hundred messages.
function limitMessages(session) {
  let second = 0;
  let received = 0;
  // Events, acknowledgements and CONNECT packets; heartbeats are not messages.
  session.on("message", () => {
    const now = Math.floor(Date.now() / 1000);
    if (now !== second) received = 0;
    second = now;
    received += 1;
    if (received > MOST_MESSAGES_PER_SECOND) session.close(true);
  });
}

const MOST_UNREAD_PACKETS = 1000;
const LONGEST_UNREAD_MS = 1000;

// Ends the session of a client that does not read: what is sent to it waits in the memory of this
// process. How much comes at once says nothing, since others can send it, and one that reads must not
// suffer for that. It takes everything in a moment; one that took nothing for a second does not read.
function limitUnread(session) {
  let unread = 0;
  let since = 0;
  session.on("packetCreate", () => {
    if (unread === 0) since = Date.now();
    unread += 1;
    const isLate = Date.now() - since > LONGEST_UNREAD_MS;
    if (isLate && unread > MOST_UNREAD_PACKETS) session.close(true);
  });
  session.on("flush", () => {
    unread = 0;
  });
}

// --- Together ---

function buildServer(settings) {
  const tokens = createTokens(settings);
  const log = settings.shouldLogChecks ? (line) => console.log(line) : () => {};
  // In payload mode as well: there only `/self` is asked with a header.
  const requireBearer =
    settings.auth === "passport"
      ? createPassportCheck(tokens, log)
      : createManualCheck(tokens, log);

  const httpServer = createServer(buildApp(settings, tokens, requireBearer, log));
  const io = buildSocketServer(httpServer, settings);

  if (settings.auth === "payload") checkPayloads(io, tokens, log);
  else checkHandshakes(io, requireBearer, log);

  io.on("connection", (socket) => {
    joinUserRoom(socket);
    registerHandlers(io, socket);
  });

  return { httpServer, io };
}

module.exports = { buildServer };
