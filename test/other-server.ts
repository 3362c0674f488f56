// A server that is none of ours, with habits of its own where the rules leave it the choice: refusals are plain text, and
// no two are alike; a session outlives its token; limits are its own; user and paths have other names.
import {
  createPublicKey,
  createSecretKey,
  type JsonWebKey,
  type KeyObject,
  randomUUID,
} from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import jwt from "jsonwebtoken";
import { Server } from "socket.io";

export const SECRET = "a secret of the tests, long enough for HS256";
// A text would be tried as a public key first, at every token.
const SECRET_KEY = createSecretKey(Buffer.from(SECRET));
export const CREDENTIALS = { username: "ann", password: "as long as you like" };
export const [ISSUER, AUDIENCE] = ["https://id.example", "chat"];
/** A handler sees so many arguments at most, so that a message at the limit overflows no stack. */
const MOST_ARGUMENTS = 20;

type Refusal = [status: number, challenge: string, body: string];
type EngineRequest = IncomingMessage & { _query: { sid?: string } };

export interface OtherServer {
  url: string;
  close: () => Promise<void>;
}

/** In what a server of this kind differs from the others. */
export interface OtherHabits {
  /** What every refusal ends with. */
  told?: string;
  /** What its handler takes for granted of a call; an error in it ends the server. */
  trustsCall?: "everything" | "argument";
  /** Called when a call has ended it. */
  onEnd?: () => unknown;
  /** Where it listens; any free port if left out. */
  port?: number;
  /** It checks tokens with this public key, by which algorithms; and as which text it would take it for a secret. */
  key?: { publicKey: KeyObject; algorithms: jwt.Algorithm[]; secret?: string; keyId?: string };
  /** What it finds a key by is the token: the embedded one, or for HS256 the public one as a secret. */
  trustsHeader?: "jwk" | "HS256";
  /** A signature is enough for it: it does not look whose token it is. */
  isForAnybody?: boolean;
  /** It compares the scheme letter by letter. */
  isSchemeExact?: boolean;
  /** With what it refuses a handshake. */
  status?: number;
  /** It speaks TLS, with this certificate and its key in PEM. */
  certificate?: string;
  /** How long it looks at a credential, as one that asks a database does. */
  checkMs?: number;
  /** How often it may be asked; then it answers 429. */
  mostHandshakes?: number;
}

/** A good token, as an identity provider would give it. @param expiresIn seconds */
export function issueOtherToken(expiresIn = 60): string {
  return jwt.sign({}, SECRET, { subject: "ann", issuer: ISSUER, audience: AUDIENCE, expiresIn });
}

/** Opens one. It keeps every rule, unless its habits say otherwise. */
export async function openOtherServer(habits: OtherHabits = {}): Promise<OtherServer> {
  const { told = "", trustsCall, status: refused = 401, mostHandshakes = Infinity } = habits;
  let handshakes = 0;
  const check = (req: IncomingMessage): string | Refusal => {
    const bearer = readBearer(req, habits);
    if (typeof bearer === "string") return bearer;
    const [status, challenge, body] = bearer;
    return [status, challenge, body + told];
  };

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (req.url === "/api/me") {
      const bearer = check(req);
      if (typeof bearer === "string") return void res.end(bearer);
      const [status, challenge, body] = bearer;
      return void res.writeHead(status, { "WWW-Authenticate": challenge }).end(body);
    }
    if (req.url !== "/api/session" || req.method !== "POST") return void res.writeHead(404).end();
    if (!isRight(await text(req))) return void res.writeHead(401).end("Not so.");
    res.setHeader("Cache-Control", "no-store").end(JSON.stringify({ token: issueOtherToken() }));
  }

  const listener = (req: IncomingMessage, res: ServerResponse): void => {
    // Whoever went away in the middle of a request waits for no answer.
    answer(req, res).catch(() => req.destroy());
  };
  const { certificate } = habits;
  const httpServer = certificate
    ? createSecureServer({ key: certificate, cert: certificate }, listener)
    : createServer(listener);
  const io = new Server(httpServer, {
    path: "/live",
    serveClient: false,
    maxHttpBufferSize: 20_000,
  });
  // As long as some frameworks have it.
  httpServer.keepAliveTimeout = 72_000;
  function judge(req: EngineRequest, res: ServerResponse, next: () => void): unknown {
    const bearer = check(req);
    const isOften = ++handshakes > mostHandshakes;
    if (typeof bearer === "string" && !isOften) return next();
    const [, challenge, body] = typeof bearer === "string" ? ["", "Bearer", "Slower."] : bearer;
    const status = isOften ? 429 : refused;
    // On a WebSocket handshake Engine.IO hands over no response that could be written.
    if (req.headers.upgrade === undefined)
      return res.writeHead(status, { "WWW-Authenticate": challenge }).end(body);
    req.socket.end(
      `HTTP/1.1 ${status} Refused\r\nWWW-Authenticate: ${challenge}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
    );
    return req.socket.destroySoon();
  }

  io.engine.use((req: EngineRequest, res: ServerResponse, next: () => void) => {
    if (req._query.sid) return next();
    if (habits.checkMs === undefined) return judge(req, res, next);
    setTimeout(judge, habits.checkMs, req, res, next);
  });
  io.of("/rooms");
  io.on("connection", (socket) => {
    socket.use((event, next) =>
      event.length > MOST_ARGUMENTS ? next(new Error("Too many arguments")) : next(),
    );
    socket.on("say", (message: { text: string }, acknowledge: (length: number) => void) => {
      if (trustsCall !== "everything" && typeof acknowledge !== "function") return;
      try {
        acknowledge(trustsCall === undefined ? 0 : message.text.length);
      } catch {
        // Here the tests would end as well: what others see of the end is this.
        void io.close().then(() => habits.onEnd?.());
      }
    });
  });
  await once(httpServer.listen(habits.port ?? 0, "127.0.0.1"), "listening");
  const { port } = httpServer.address() as AddressInfo;
  return { url: `${certificate ? "https" : "http"}://127.0.0.1:${port}`, close: () => io.close() };
}

/** The subject of a good bearer token, or how the request is refused. */
function readBearer({ headers }: IncomingMessage, habits: OtherHabits): string | Refusal {
  const { isForAnybody, isSchemeExact } = habits;
  const challenge = 'Bearer realm="chat"';
  const form = isSchemeExact ? /^Bearer +([\w.-]+)$/ : /^bearer +([\w.-]+)$/i;
  const [, token] = form.exec(headers.authorization ?? "") ?? [];
  if (token === undefined) return [401, challenge, `${randomUUID()}: no token`];
  try {
    const { header, payload } = verify(token, habits);
    const { sub, exp } = payload as jwt.JwtPayload;
    const isNamed = typeof sub === "string" && sub !== "";
    if ("crit" in header || typeof exp !== "number" || !(isNamed || isForAnybody === true))
      throw new Error("incomplete");
    return String(sub);
  } catch (error) {
    const why = `${randomUUID()}: ${(error as Error).message}`;
    return [401, `${challenge}, error="invalid_token"`, why];
  }
}

function verify(token: string, { key, trustsHeader }: OtherHabits): jwt.Jwt {
  const rules = { issuer: ISSUER, audience: AUDIENCE, complete: true } as const;
  if (key === undefined) return jwt.verify(token, SECRET_KEY, { ...rules, algorithms: ["HS256"] });
  const { publicKey, algorithms } = key;
  const { alg, kid, jwk } = (jwt.decode(token, { complete: true })?.header ?? {}) as {
    alg?: string;
    kid?: string;
    jwk?: JsonWebKey;
  };
  if (key.keyId !== undefined && kid !== key.keyId) throw new Error("no such key");
  if (trustsHeader === "HS256" && alg === "HS256") {
    const secret = key.secret ?? publicKey.export({ type: "spki", format: "pem" });
    return jwt.verify(token, createSecretKey(Buffer.from(secret)), { ...rules, algorithms: [alg] });
  }
  const isTaken = trustsHeader === "jwk" && jwk?.kty === "RSA";
  const checking = isTaken ? createPublicKey({ key: jwk, format: "jwk" }) : publicKey;
  return jwt.verify(token, checking, { ...rules, algorithms });
}

function isRight(body: string): boolean {
  try {
    const { username, password } = JSON.parse(body) as Partial<typeof CREDENTIALS>;
    return username === CREDENTIALS.username && password === CREDENTIALS.password;
  } catch {
    // Not JSON, or not an object: not right either.
    return false;
  }
}
