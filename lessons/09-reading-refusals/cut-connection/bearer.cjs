// The weaker form for this lesson, do not copy it: a request without a good bearer token gets no answer,
// and its connection is cut.
const { refused } = require("./checks.cjs");

// --- Reading the header ---

// RFC 6750 §2.1: the scheme, at least one space, and one token. The scheme is case-insensitive (RFC
// 9110 §11.1). Both header modes read the header here. passport-jwt's own extractor is looser: it
// also takes a tab, or a second token after the first.
const BEARER = /^bearer +([\w.~+/-]+=*)$/i;

function readBearerToken(req) {
  return BEARER.exec(req.headers.authorization ?? "")?.[1] ?? null;
}

// --- Refusing a request ---

function refuse(req, _res, error) {
  // Only the log says why. A client takes this for a lost connection.
  refused(req, error);
  req.socket.destroy();
}

module.exports = { readBearerToken, refuse };
