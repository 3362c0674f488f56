// The guide's weaker form for this lesson, do not copy it: Passport itself answers refusals, and the
// algorithm is not fixed.
const { Passport } = require("passport");
const { ExtractJwt, Strategy } = require("passport-jwt");

function createPassportCheck(tokens) {
  // --- The strategy ---

  // An instance of its own: the package's shared one would mix the strategies of two servers in one
  // process.
  const passport = new Passport();
  const options = {
    jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
    secretOrKey: tokens.key,
    issuer: tokens.rules.issuer,
    audience: tokens.rules.audience,
  };
  passport.use(new Strategy(options, (claims, done) => done(null, claims.data)));

  // --- The middleware ---

  // Without a callback Passport writes the refusal itself. On a websocket handshake there is no
  // response to write it on, so the connection is cut.
  return passport.authenticate("jwt", { session: false });
}

module.exports = { createPassportCheck };
