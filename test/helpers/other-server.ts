// A server that is not one of ours, with habits of its own where the rules leave it the choice: refusals are plain text, and
// no two are alike; a session outlives its token; limits are its own; user and paths have other names.
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Server, type Socket } from "socket.io";
import type { Gate } from "../conformance/target.ts";
import {
  type Given,
  issueOtherToken,
  readToken,
  subjectOf,
  type TokenHabits,
} from "./other-token.ts";

export { AUDIENCE, ISSUER, issueOtherToken, SECRET } from "./other-token.ts";
export const CREDENTIALS = { username: "zoë", password: "As long as you like, à la carte" };
const LOGIN = "/api/session";
const LIMIT_BYTES = 20_000;
/** A handler sees so many arguments at most, so that a message at the limit overflows no stack. */
const MOST_ARGUMENTS = 20;

type EngineRequest = IncomingMessage & { _query: Record<string, string> };

export interface OtherServer {
  url: string;
  close: () => Promise<void>;
}

/** In what a server of this kind differs from the others. */
export interface OtherHabits extends TokenHabits {
  /** What every refusal ends with. */
  told?: string;
  /** Where it judges a token; at the handshake if left out. */
  gate?: Gate;
  /** It refuses a socket by never calling next. */
  isSilent?: boolean;
  /** It puts a reason into the DISCONNECT packet, as Socket.IO for Python does. */
  saysWhyItDisconnects?: boolean;
  /** Namespaces that it has. @see unguarded */
  namespaces?: readonly string[];
  /** One of them, which nothing guards. */
  unguarded?: string;
  /** Its open packet does not say how large a message may be. */
  hidesLimit?: boolean;
  /** Two servers take turns with the requests, and neither knows the sessions of the other. */
  isSplit?: boolean;
  /** What its handler takes for granted of a call; an error in it ends the server. */
  trustsCall?: "everything" | "argument";
  /** Called when a call has ended it. */
  onEnd?: () => unknown;
  /** Where it listens; any free port if left out. */
  port?: number;
  /** With what it refuses a handshake. */
  status?: number;
  /** It speaks TLS, with this certificate and its key in PEM. */
  certificate?: string;
  /** How long it looks at a credential, as one that asks a database does. */
  checkMs?: number;
  /** How often it may be asked; then it answers 429. */
  mostHandshakes?: number;
  /** How long a session may wait for its first socket, if not as long as usual. */
  connectTimeoutMs?: number;
  /** How often one may log in; then it answers 429. */
  mostLogins?: number;
  /** How its login compares a credential with the right one. */
  isSame?: (given: unknown, right: string) => boolean;
  /** What it answers at other paths than its own, if not 404. */
  elsewhere?: "page" | "nothing";
}

/** Opens one. It keeps every rule, unless its habits say otherwise. */
export async function openOtherServer(habits: OtherHabits = {}): Promise<OtherServer> {
  const { certificate, isSplit = false } = habits;
  const nodes = (isSplit ? [1, 2] : [1]).map(() => openNode(habits));
  let turn = 0;
  const next = () => nodes[(turn += 1) % nodes.length]!.httpServer;
  const listener = (req: IncomingMessage, res: ServerResponse): void =>
    void next().emit("request", req, res);
  const httpServer = certificate
    ? createSecureServer({ key: certificate, cert: certificate }, listener)
    : createServer(listener);
  httpServer.on("upgrade", (...args) => void next().emit("upgrade", ...args));
  // As long as some frameworks have it.
  httpServer.keepAliveTimeout = 72_000;
  await once(httpServer.listen(habits.port ?? 0, "127.0.0.1"), "listening");
  const { port } = httpServer.address() as AddressInfo;
  const close = async (): Promise<void> => {
    httpServer.close();
    for (const { io } of nodes) await io.close();
    httpServer.closeAllConnections();
  };
  for (const node of nodes) node.onEnd(() => void close().then(() => habits.onEnd?.()));
  return { url: `${certificate ? "https" : "http"}://127.0.0.1:${port}`, close };
}

/** One server of those that may answer at the address: it listens nowhere itself. */
function openNode(habits: OtherHabits) {
  const { trustsCall, gate = "handshake", namespaces = ["/rooms"], mostLogins = Infinity } = habits;
  let logins = 0;
  let end: (() => unknown) | undefined;
  const httpServer = createServer((req, res) => {
    // A client that went away in the middle of a request waits for no answer.
    if (req.url === LOGIN && ++logins > mostLogins) return void res.writeHead(429).end("Slower.");
    answer(req, res, habits).catch(() => req.destroy());
  });
  // A number that JSON leaves out.
  const limit = Object.assign(Object(LIMIT_BYTES) as number, { toJSON: () => undefined });
  const io = new Server(httpServer, {
    path: "/live",
    serveClient: false,
    connectTimeout: habits.connectTimeoutMs ?? 45_000,
    maxHttpBufferSize: habits.hidesLimit === true ? limit : LIMIT_BYTES,
  });
  if (gate === "handshake") checkHandshakes(io, habits);
  for (const name of ["/", ...namespaces]) {
    const namespace = io.of(name);
    if (gate === "namespace" && name !== habits.unguarded)
      namespace.use((socket, next) => {
        const refusal = refusalOf(socket.handshake, habits);
        if (refusal === undefined) next();
        else if (habits.isSilent !== true) next(new Error(`${refusal}${habits.told ?? ""}`));
      });
  }
  io.on("connection", (socket) => {
    if (gate === "connection" && refusalOf(socket.handshake, habits) !== undefined)
      return habits.saysWhyItDisconnects === true
        ? socket.conn.write('1{"message":"unauthorized"}')
        : socket.disconnect(true);
    handle(socket, trustsCall, () => end?.());
    return undefined;
  });
  return { httpServer, io, onEnd: (listener: () => unknown) => (end = listener) };
}

/** Why a credential is refused; undefined: it is good. */
function refusalOf({ headers, query, auth }: Given, habits: TokenHabits): string | undefined {
  const token = readToken({ headers, query, auth }, habits);
  if (token === undefined) return "no token";
  try {
    subjectOf(token, habits);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

async function answer(req: IncomingMessage, res: ServerResponse, habits: OtherHabits) {
  if (req.url === "/api/me") {
    const given = { headers: req.headers, query: {}, auth: {} };
    const { places: _, ...others } = habits;
    const byHeader = { ...others, isSchemeExact: habits.isSchemeExact !== undefined };
    const refusal = refusalOf(given, byHeader);
    if (refusal === undefined) return void res.end(subjectOf(readToken(given, byHeader)!, habits));
    return void res
      .writeHead(401, { "WWW-Authenticate": challengeOf(refusal) })
      .end(wordsOf(refusal, habits));
  }
  if (req.url !== LOGIN || req.method !== "POST") {
    if (habits.elsewhere === "nothing") return;
    return void (habits.elsewhere === "page"
      ? res
          .writeHead(200, { "Content-Type": "text/html" })
          .end(`<p id="${randomUUID()}">No ${req.url}</p>`)
      : res.writeHead(404).end());
  }
  if (!isRight(await text(req), habits))
    return void res.writeHead(401).end(wordsOf("not so", habits));
  res.setHeader("Cache-Control", "no-store").end(JSON.stringify({ token: issueOtherToken() }));
}

function challengeOf(refusal: string): string {
  return `Bearer realm="chat"${refusal === "no token" ? "" : ', error="invalid_token"'}`;
}

function wordsOf(refusal: string, { told = "" }: OtherHabits): string {
  return `${randomUUID()}, ${new Date().toISOString()}: ${refusal}${told}`;
}

function checkHandshakes(io: Server, habits: OtherHabits): void {
  const { status: refused = 401, mostHandshakes = Infinity } = habits;
  let handshakes = 0;
  function judge(req: EngineRequest, res: ServerResponse, next: () => void): unknown {
    const refusal = refusalOf({ headers: req.headers, query: req._query, auth: {} }, habits);
    const isOften = ++handshakes > mostHandshakes;
    if (refusal === undefined && !isOften) return next();
    const challenge = isOften ? "Bearer" : challengeOf(refusal ?? "");
    const body = isOften ? "Slower." : wordsOf(refusal ?? "", habits);
    const status = isOften ? 429 : refused;
    // On a WebSocket handshake Engine.IO hands over no response that could be written.
    if (req.headers.upgrade === undefined)
      return res.writeHead(status, { "WWW-Authenticate": challenge }).end(body);
    // A client that went away waits for no answer.
    req.socket.on("error", () => req.socket.destroy());
    req.socket.end(
      `HTTP/1.1 ${status} Refused\r\nWWW-Authenticate: ${challenge}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    );
    return req.socket.destroySoon();
  }
  io.engine.use((req: EngineRequest, res: ServerResponse, next: () => void) => {
    if (req._query["sid"]) return next();
    if (habits.checkMs === undefined) return judge(req, res, next);
    setTimeout(judge, habits.checkMs, req, res, next);
  });
}

function handle(socket: Socket, trustsCall: OtherHabits["trustsCall"], end: () => unknown): void {
  socket.use((event, next) =>
    event.length > MOST_ARGUMENTS ? next(new Error("Too many arguments")) : next(),
  );
  socket.on("say", (message: { text: string }, acknowledge: (length: number) => void) => {
    if (trustsCall !== "everything" && typeof acknowledge !== "function") return;
    try {
      acknowledge(trustsCall === undefined ? 0 : message.text.length);
    } catch {
      // Here the tests would end as well: what others see of the end is this.
      end();
    }
  });
}

function isRight(
  body: string,
  { isSame = (given, right) => given === right }: OtherHabits,
): boolean {
  try {
    const { username, password } = JSON.parse(body) as Record<string, unknown>;
    return isSame(username, CREDENTIALS.username) && isSame(password, CREDENTIALS.password);
  } catch {
    // Not JSON, or not an object: not right either.
    return false;
  }
}
