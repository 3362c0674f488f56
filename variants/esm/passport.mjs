// Checks the bearer token with Passport and its passport-jwt strategy.
import { Passport } from "passport";
import { Strategy } from "passport-jwt";
import { readBearerToken, refuse } from "./bearer.mjs";

export function createPassportCheck(tokens, log) {
  // --- The strategy ---

  // An instance of its own: the shared one of the package would mix the strategies of two servers
  // in one process.
  const passport = new Passport();
  const options = {
    jwtFromRequest: readBearerToken,
    secretOrKey: tokens.key,
    ...tokens.rules,
    // The strategy is to hand over the header of the token too.
    jsonWebTokenOptions: { complete: true },
  };
  passport.use(new Strategy(options, (token, done) => done(null, tokens.readBearer(token))));

  // --- The middleware ---

  return function requireBearer(req, res, next) {
    const refuseFor = (reason) => {
      // For whoever runs the server alone. Quoted, since it may repeat what a client has sent.
      log(`refused port ${req.socket.remotePort}: ${JSON.stringify(reason?.message)}`);
      refuse(req, res);
    };
    // The callback keeps Passport from answering by itself, so that every refusal is the one in
    // bearer.
    const authenticate = passport.authenticate("jwt", { session: false }, (error, bearer, info) => {
      if (error || !bearer) return refuseFor(error ?? info);
      req.user = bearer.user;
      req.exp = bearer.exp;
      next();
    });
    try {
      authenticate(req, res, next);
    } catch (error) {
      // jsonwebtoken throws out of passport-jwt if the signed payload is no object.
      refuseFor(error);
    }
  };
}
