// Checks the bearer token by hand, with jsonwebtoken alone: accepts and refuses the same as Passport.
import { readBearerToken, refuse, type RequireBearer } from "./bearer.ts";
import type { Tokens } from "./tokens.ts";

export function createManualCheck(tokens: Tokens): RequireBearer {
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
