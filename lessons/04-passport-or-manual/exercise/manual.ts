// The start of an exercise, do not copy it: checks the bearer token by hand, and reads the header more
// strictly than Passport does.
import { refuse, type RequireBearer } from "./bearer.ts";
import type { Tokens } from "./tokens.ts";

export function createManualCheck(tokens: Tokens): RequireBearer {
  // --- The middleware ---

  return function requireBearer(req, res, next) {
    try {
      const header = req.headers.authorization ?? "";
      if (!header.startsWith("bearer ")) throw new Error("The scheme is not bearer.");
      Object.assign(req, tokens.verifyToken(header.slice("bearer ".length)));
    } catch (error) {
      return refuse(req, res, error);
    }
    next();
  };
}
