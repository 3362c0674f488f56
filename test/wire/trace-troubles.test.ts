// Each trouble is recognised where a real client meets it, said once, and not where all is well.
import { createServer, type ServerResponse } from "node:http";
import { once } from "node:events";
import { Server } from "socket.io";
import { afterEach, expect, it } from "vitest";
import {
  guardSockets,
  listening,
  traceApp,
  type Traced,
  traceTo,
  tokenFor,
  verify,
} from "../helpers/traced-app.ts";

let traced: Traced;
afterEach(() => traced.close());

const GOOD = tokenFor(3600);
const EXPIRED = tokenFor(-60);
const page = { origin: "http://page.example" };
const header = (token: string, scheme = "bearer"): Record<string, string> => ({
  authorization: `${scheme} ${token}`,
});

/** Checks the header of each request that opens a session. */
function guardHandshakes(app: Server, scheme = /^bearer (.*)$/i): void {
  app.engine.use(
    (
      req: { _query: { sid?: string }; headers: { authorization?: string } },
      res: ServerResponse,
      next: () => void,
    ) => {
      if (req._query.sid) return next();
      try {
        verify(scheme.exec(req.headers.authorization ?? "")?.[1]);
        next();
      } catch {
        res.writeHead(401).end();
      }
    },
  );
}

async function troubleOf(name: string): Promise<string> {
  const { text } = await traced.until(({ trouble }) => trouble?.name === name);
  return text;
}

it("a page's websocket without a header", async () => {
  traced = await traceApp((app) => guardHandshakes(app));
  traced.connect({ transports: ["websocket"], extraHeaders: page });
  expect(await troubleOf("noHeaderOnWebsocket")).toMatch(/cannot put a header on a websocket/);
});

it("a token in auth, where the server checks the handshake and so never sees it", async () => {
  traced = await traceApp((app) => guardHandshakes(app));
  traced.connect({ auth: { token: GOOD } });
  const trouble = "noTokenOnHandshake";
  expect(await troubleOf(trouble)).toMatch(/carried no token and was refused \(401\)/);
  traced.connect({ auth: { token: GOOD }, transports: ["websocket"] });
  await traced.until((news) => news.trouble?.name === trouble && news.trouble.count > 1);
});

it("a token in the query", async () => {
  traced = await traceApp(() => undefined);
  traced.connect({ query: { token: GOOD } });
  expect(await troubleOf("tokenInQuery")).toMatch(/query of every request/);
});

it("a CONNECT packet without auth, where the server needs the token", async () => {
  traced = await traceApp(guardSockets);
  traced.connect({ extraHeaders: header(GOOD) });
  expect(await troubleOf("connectWithoutAuth")).toMatch(
    /auth is \{\} there\. The token came in the header of the handshake\.$/,
  );
});

it("a scheme that is compared exactly", async () => {
  traced = await traceApp((app) => guardHandshakes(app, /^bearer (.*)$/));
  traced.connect({ extraHeaders: header(GOOD, "Bearer"), reconnection: false });
  expect(await troubleOf("schemeSpelling")).toMatch(
    /^Refused with the scheme "Bearer", and the token looks good/,
  );
  traced.connect({ extraHeaders: header(GOOD) });
  await traced.until(({ text }) =>
    /refused with the scheme "Bearer" and let in with "bearer"/.test(text),
  );
});

it.each([`Token ${GOOD}`, GOOD])("a header that has no bearer token", async (authorization) => {
  traced = await traceApp((app) => guardHandshakes(app));
  traced.connect({ extraHeaders: { authorization }, reconnection: false });
  const sentence = await troubleOf("noBearerToken");
  expect(sentence).toMatch(/^Refused \(401\) with "Authorization: .*", which is not "Bearer", a/);
  expect(sentence).not.toContain(GOOD);
});

it.each([
  ["in the header", (app: Server) => guardHandshakes(app), { extraHeaders: header(EXPIRED) }],
  ["in the payload", (app: Server) => guardSockets(app), { auth: { token: EXPIRED } }],
])("the same expired token again and again, %s", async (_where, guard, options) => {
  traced = await traceApp(guard);
  const socket = traced.connect(options);
  // Refused in its namespace, a client does not come back automatically.
  socket.on("connect_error", () => !socket.active && socket.connect());
  expect(await troubleOf("sameExpiredToken")).toMatch(
    /^The same expired token …\S{6} was refused 3 times/,
  );
});

it("a session that another server opened", async () => {
  const apps = [new Server(createServer()), new Server(createServer())];
  let requests = 0;
  const http = createServer((req, res) =>
    apps[(requests += 1) % 2]!.engine.handleRequest(req as never, res),
  );
  traced = await traceTo(await listening(http));
  traced.connect({ transports: ["polling"] });
  expect(await troubleOf("unknownSession")).toMatch(
    /was opened here, and the server that got this/,
  );
  http.closeAllConnections();
  http.close();
});

it.each([
  [
    "disconnected",
    (app: Server) => void app.on("connection", (socket) => socket.disconnect()),
    /let the client in and disconnected it at once/,
  ],
  [
    "thrown out with data",
    (app: Server) => void app.on("connection", ({ conn }) => conn.write('1{"message":"bad"}')),
    /41\{"message":"bad"\}: JavaScript clients report "parse error"/,
  ],
])("a client that is let in and then %s", async (_how, setUp, sentence) => {
  traced = await traceApp(setUp);
  traced.connect({ transports: ["websocket"] });
  expect(await troubleOf("letInThenDisconnected")).toMatch(sentence);
});

it("a client of an older protocol", async () => {
  traced = await traceApp(() => undefined);
  await fetch(`${traced.url}/socket.io/?EIO=3&transport=polling`);
  expect(await troubleOf("oldProtocol")).toMatch(/^The client speaks Engine\.IO 3/);
});

it.each([
  ["404", 404, {}, "Not found", /got 404\.$/],
  [
    "a redirect",
    301,
    { location: "https://app.example/socket.io/" },
    "",
    /a redirect to https:\/\/app\.example/,
  ],
  ["a page", 200, { "content-type": "text/html" }, "<!doctype html><p>hello", /got a page\.$/],
  [
    "an older server",
    200,
    {},
    '97:0{"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":[]}2:40',
    /^The server speaks Engine\.IO 3/,
  ],
])("%s in place of Socket.IO", async (_what, status, headers, body, sentence) => {
  const http = createServer((_req, res) => res.writeHead(status, headers).end(body));
  traced = await traceTo(await listening(http));
  const response = await fetch(`${traced.url}/socket.io/?EIO=4&transport=polling`, {
    redirect: "manual",
  });
  await response.text();
  const { text } = await traced.until(({ trouble }) => trouble !== undefined);
  expect(text).toMatch(sentence);
  http.closeAllConnections();
  http.close();
});

it.each([
  [
    "does not allow the header",
    { cors: { origin: "*", allowedHeaders: ["content-type"] } },
    /the header authorization is not allowed/,
  ],
  ["allows no other origin", {}, /a preflight\), and may not/],
])("a preflight where the server %s", async (_what, options, sentence) => {
  traced = await traceApp(() => undefined, options);
  const headers = {
    ...page,
    "access-control-request-method": "GET",
    "access-control-request-headers": "authorization",
  };
  const asked = { method: "OPTIONS", headers };
  await fetch(`${traced.url}/socket.io/?EIO=4&transport=polling`, asked);
  expect(await troubleOf("preflightRefused")).toMatch(sentence);
});

it("an upgrade that a proxy in between refuses", async () => {
  traced = await traceApp((_app, http) => {
    http.removeAllListeners("upgrade");
    http.on("upgrade", (_req, socket) =>
      socket
        .on("error", () => undefined)
        .end("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"),
    );
  });
  traced.connect();
  expect(await troubleOf("upgradeRefused")).toMatch(/refused \(502\), while polling works/);
});

it("a namespace that nobody guards", async () => {
  traced = await traceApp((app) => {
    guardSockets(app);
    app.of("/admin");
  });
  const socket = traced.connect({ auth: { token: GOOD } });
  await once(socket as never, "connect");
  socket.io.socket("/admin", {});
  expect(await troubleOf("unguardedNamespace")).toMatch(
    /^The namespace \/admin let a client in without/,
  );
});

it("a socket that outlives its token", async () => {
  const hour = 3_600_000;
  traced = await traceApp(
    (app) => {
      guardSockets(app);
      app.on("connection", (socket) => socket.on("ask", (answer: () => void) => answer()));
    },
    { aheadMs: hour },
  );
  await traced.connect({ auth: { token: tokenFor(60) } }).emitWithAck("ask");
  expect(await troubleOf("outlivesToken")).toMatch(/^The token of ann expired 59 minutes ago/);
});

it("nothing, where nothing is wrong", async () => {
  traced = await traceApp((app) => {
    guardSockets(app);
    guardSockets(app.of("/admin"));
    app.on("connection", (socket) => socket.on("ask", (answer: () => void) => answer()));
  });
  const socket = traced.connect({ auth: { token: GOOD } });
  await socket.emitWithAck("ask");
  const admin = socket.io.socket("/admin", { auth: { token: GOOD } });
  await once(admin as never, "connect");
  admin.close();
  socket.close();
  await traced.until(({ sign }) => sign === "·");
  expect(traced.follow().sum().troubles).toEqual([]);
});
