// Checks the bearer token by hand, with jsonwebtoken alone: accepts and refuses the same as Passport.
import { readBearerToken, refuse } from "./bearer.mjs";

export function createManualCheck(tokens) {
  // --- The middleware ---

  return function requireBearer(req, res, next) {
    try {
      Object.assign(req, tokens.verifyToken(readBearerToken(req)));
    } catch (error) {
      return refuse(req, res, error);
    }
    next();
  };
}
