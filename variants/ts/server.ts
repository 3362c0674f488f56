// Puts Express, Socket.IO and one auth mode together.
import { createServer, type Server as HttpServer, STATUS_CODES } from "node:http";
import bodyParser from "body-parser";
import express, { type Express, type NextFunction, type Request, type Response } from "express";
import { Server } from "socket.io";
import type { RequireBearer } from "./bearer.ts";
import { registerHandlers } from "./handlers.ts";
import { checkHandshakes } from "./handshake.ts";
import { isDemoLogin } from "./login.ts";
import { createManualCheck } from "./manual.ts";
import { createPassportCheck } from "./passport.ts";
import { checkPayloads } from "./payload.ts";
import type { Settings } from "./settings.ts";
import { createTokens, type Tokens } from "./tokens.ts";
import { joinUserRoom, type UserServer, type UserSocket } from "./user-rooms.ts";

// --- HTTP ---

function buildApp(
  settings: Settings,
  tokens: Tokens,
  requireBearer: RequireBearer,
  log: (line: string) => void,
): Express {
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

  const logCheck = (req: Request, _res: Response, next: NextFunction): void => {
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
  app.use((error: { status?: number }, _req: Request, res: Response, next: NextFunction) => {
    const { status = 500 } = error;
    // A fault of the client is only answered; a fault of ours is reported here as well.
    if (status >= 500) console.error(error);
    if (res.headersSent) return next(error);
    res.status(status).json({ message: STATUS_CODES[status] });
  });

  return app;
}

// --- Socket.IO ---

// More than one burst to a client that reads, and far less than what one string can hold.
const MOST_UNSENT_PACKETS = 1000;

function buildSocketServer(httpServer: HttpServer, settings: Settings): UserServer {
  // No `cors`: pages of other origins cannot use polling here. A websocket from elsewhere can open, but
  // this server sets no cookie that could speak for its user: it needs a token like any other.
  const io: UserServer = new Server(httpServer, {
    transports: settings.transports,
    // Our largest message has a few kilobytes. At the default of 1 MB one packet can hold enough
    // arguments to overflow the stack.
    maxHttpBufferSize: 65_536,
    // How long a session may stay open until its first socket connects; the default is 45 seconds.
    connectTimeout: 10_000,
  });

  // What a client does not read waits here. One that asks and never reads, or lets others write to it,
  // would fill the memory of this process, and end it.
  io.engine.on("connection", (session: UserSocket["conn"]) => {
    let unsent = 0;
    session.on("packetCreate", () => {
      unsent += 1;
      if (unsent > MOST_UNSENT_PACKETS) session.close(true);
    });
    session.on("flush", () => {
      unsent = 0;
    });
  });

  return io;
}

// --- Together ---

export function buildServer(settings: Settings): { httpServer: HttpServer; io: UserServer } {
  const tokens = createTokens(settings);
  const log = settings.shouldLogChecks ? (line: string) => console.log(line) : () => {};
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
