// Checks the bearer token by hand, with jsonwebtoken alone: verdicts and refusal as with Passport.
const { readBearerToken, refuse } = require("./bearer.cjs");

function createManualCheck(tokens) {
  // --- The middleware ---

  return function requireBearer(req, res, next) {
    const token = readBearerToken(req);
    if (token === null) return refuse(req, res);
    try {
      const { user, exp } = tokens.verifyToken(token);
      req.user = user;
      req.exp = exp;
    } catch {
      return refuse(req, res);
    }
    next();
  };
}

module.exports = { createManualCheck };
