// The start of an exercise, do not copy it: a refusal says nothing to a client, and on websocket the
// connection is cut.
import type { ServerResponse } from "node:http";
import { Passport } from "passport";
import { Strategy, type VerifiedCallback } from "passport-jwt";
import { readBearerToken, type RequireBearer } from "./bearer.ts";
import type { Bearer, Tokens, VerifiedToken } from "./tokens.ts";

// As Passport itself refuses.
function refuse(res: ServerResponse): void {
  res.statusCode = 401;
  res.end("Unauthorized");
}

export function createPassportCheck(tokens: Tokens): RequireBearer {
  // --- The strategy ---

  // An instance of its own: the package's shared one would mix the strategies of two servers in one
  // process.
  const passport = new Passport();
  // TypeScript: the types know only strings and buffers; the key goes to jsonwebtoken as it is.
  const options = {
    jwtFromRequest: readBearerToken,
    secretOrKey: tokens.key as unknown as Buffer,
    ...tokens.rules,
    // `readBearer` needs the header of the token as well.
    jsonWebTokenOptions: { complete: true },
  };
  passport.use(
    new Strategy(options, (token: VerifiedToken, done: VerifiedCallback) =>
      done(null, tokens.readBearer(token)),
    ),
  );

  // --- The middleware ---

  return function requireBearer(req, res, next) {
    const authenticate = passport.authenticate(
      "jwt",
      { session: false },
      (error: unknown, bearer: Bearer | false) => {
        if (error || !bearer) return refuse(res);
        Object.assign(req, bearer);
        next();
      },
    );
    try {
      authenticate(req, res, next);
    } catch {
      // jsonwebtoken throws out of passport-jwt if the signed payload is not an object.
      refuse(res);
    }
  };
}
