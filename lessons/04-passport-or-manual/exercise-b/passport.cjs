// The start of an exercise, do not copy it: a refusal says nothing to a client, and on websocket the
// connection is cut.
const { Passport } = require("passport");
const { Strategy } = require("passport-jwt");
const { readBearerToken } = require("./bearer.cjs");

// As Passport itself refuses.
function refuse(res) {
  res.statusCode = 401;
  res.end("Unauthorized");
}

function createPassportCheck(tokens) {
  // --- The strategy ---

  // An instance of its own: the package's shared one would mix the strategies of two servers in one
  // process.
  const passport = new Passport();
  const options = {
    jwtFromRequest: readBearerToken,
    secretOrKey: tokens.key,
    ...tokens.rules,
    // `readBearer` needs the header of the token as well.
    jsonWebTokenOptions: { complete: true },
  };
  passport.use(new Strategy(options, (token, done) => done(null, tokens.readBearer(token))));

  // --- The middleware ---

  return function requireBearer(req, res, next) {
    const authenticate = passport.authenticate("jwt", { session: false }, (error, bearer) => {
      if (error || !bearer) return refuse(res);
      Object.assign(req, bearer);
      next();
    });
    try {
      authenticate(req, res, next);
    } catch {
      // jsonwebtoken throws out of passport-jwt if the signed payload is not an object.
      refuse(res);
    }
  };
}

module.exports = { createPassportCheck };
