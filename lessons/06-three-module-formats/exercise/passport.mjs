// The start of an exercise, do not copy it: this file is written in another module format than the rest
// of the server.
const { Passport } = require("passport");
const { Strategy } = require("passport-jwt");
const { readBearerToken, refuse } = require("./bearer.cjs");

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
    // With a callback Passport does not answer itself, so every refusal is the one in `bearer`.
    const authenticate = passport.authenticate("jwt", { session: false }, (error, bearer, info) => {
      if (error || !bearer) return refuse(req, res, error ?? info);
      Object.assign(req, bearer);
      next();
    });
    try {
      authenticate(req, res, next);
    } catch (error) {
      // jsonwebtoken throws out of passport-jwt if the signed payload is not an object.
      refuse(req, res, error);
    }
  };
}

module.exports = { createPassportCheck };
