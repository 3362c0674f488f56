// Checks the bearer token by hand, with jsonwebtoken alone: verdicts and refusal as with Passport.
import { readBearerToken, refuse, type RequireBearer } from "./bearer.ts";
import type { Tokens } from "./tokens.ts";

export function createManualCheck(tokens: Tokens, log: (line: string) => void): RequireBearer {
  // --- The middleware ---

  return function requireBearer(req, res, next) {
    try {
      const { user, exp } = tokens.verifyToken(readBearerToken(req));
      req.user = user;
      req.exp = exp;
    } catch (error) {
      // For whoever runs the server alone. Quoted, since it may repeat what a client has sent.
      log(`refused port ${req.socket.remotePort}: ${JSON.stringify((error as Error).message)}`);
      return refuse(req, res);
    }
    next();
  };
}
