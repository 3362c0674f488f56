// The HTTP side: headers for every answer, the page, the login, and who the user is.
const { createHash, randomUUID, timingSafeEqual } = require("node:crypto");
const { STATUS_CODES } = require("node:http");
const bodyParser = require("body-parser");
const express = require("express");
const { checked } = require("./checks.cjs");
const { REFRESH_COOKIE, setTokenCookie } = require("./cookie.cjs");
const { createLoginLimit } = require("./login-limit.cjs");
const { openRefresh } = require("./refresh.cjs");

// --- The app ---

function buildApp(settings, tokens, requireBearer, families, logoutRoute) {
  const app = express();
  // The header would tell everybody what runs here.
  app.disable("x-powered-by");
  app.use((_req, res, next) => {
    // The page may load from and connect to this server only, and no other site may put it in a frame.
    const policy =
      "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    res.set("Content-Security-Policy", policy);
    // A browser must not guess another type than the Content-Type says.
    res.set("X-Content-Type-Options", "nosniff");
    // Another site must not learn which page linked to it.
    res.set("Referrer-Policy", "no-referrer");
    next();
  });
  // A login is far smaller; anything larger is refused before it is parsed.
  app.use(bodyParser.json({ limit: "4kb" }));
  app.use(express.static(settings.clientFolder));

  const { refreshLifetimeSeconds } = settings;

  // The answer to a login and to a refresh.
  function give(req, res, { sid, user, refreshToken }) {
    const token = tokens.issueToken(user, sid);
    if (settings.auth !== "cookie") return void res.json({ token, refreshToken });
    setTokenCookie(req, res, token, settings.lifetimeSeconds);
    if (refreshToken !== undefined)
      setTokenCookie(req, res, refreshToken, refreshLifetimeSeconds, REFRESH_COOKIE);
    // Without a body: scripts could read the token in it.
    res.status(204).end();
  }

  const loginLimit = createLoginLimit();
  app.post("/login", loginLimit.refuseTooMany, async (req, res) => {
    // A token is a credential: no cache may store it (RFC 6749 §5.1).
    res.set("Cache-Control", "no-store");
    if (!isDemoLogin(req.body, settings))
      // No challenge fits a login form, so none is sent, though RFC 9110 §15.5.2 asks for one with
      // every 401: with `Basic`, browsers would ask for the password themselves.
      return res.status(401).json({ message: "Wrong username or password" });
    await loginLimit.forgive(req);
    const grant = { sid: randomUUID(), user: settings.demoUser };
    give(req, res, refreshLifetimeSeconds > 0 ? families.begin(grant) : grant);
  });

  if (refreshLifetimeSeconds > 0) openRefresh(app, settings, families, give);

  app.get("/self", (req, _res, next) => {
    checked(req, `${req.method} /self`);
    next();
  });

  app.get("/self", requireBearer, (req, res) => {
    // `json`, not `send`: the answer of `send` depends on the type of the value.
    res.set("Cache-Control", "no-store").json(req.user);
  });

  app.use(logoutRoute);

  app.use((_req, res) => res.status(404).json({ message: STATUS_CODES[404] }));

  // Express recognises an error handler by its four parameters. Its own would answer with a page
  // and a stack trace.
  app.use((error, _req, res, next) => {
    const { status = 500 } = error;
    // A client's mistake is only answered; a fault of ours is logged as well.
    if (status >= 500) console.error(error);
    if (res.headersSent) return next(error);
    res.status(status).json({ message: STATUS_CODES[status] });
  });

  return app;
}

// --- The login ---

function hash(text) {
  return createHash("sha256").update(text).digest();
}

// All hashes have the same length, and comparing two takes the same time wherever they differ, so
// the time of an answer reveals nothing about the password.
function isSameText(given, expected) {
  return typeof given === "string" && timingSafeEqual(hash(given), hash(expected));
}

// A real server looks the user up, and compares a slow, salted hash of the password, such as scrypt's.
function isDemoLogin(body, { demoUser, demoPassword }) {
  // Express leaves the body undefined if the request is not JSON. Both comparisons run, so that a
  // wrong name takes as long as a wrong password.
  const isUsername = isSameText(body?.username, demoUser.username);
  const isPassword = isSameText(body?.password, demoPassword);
  return isUsername && isPassword;
}

module.exports = { buildApp };
