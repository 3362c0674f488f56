// The guide's weaker form for this lesson, do not copy it: Passport itself answers refusals, and the
// algorithm is not fixed.
import { Passport } from "passport";
import { ExtractJwt, Strategy, type VerifiedCallback } from "passport-jwt";
import type { RequireBearer } from "./bearer.ts";
import type { User } from "./settings.ts";
import type { Tokens } from "./tokens.ts";

export function createPassportCheck(tokens: Tokens): RequireBearer {
  // --- The strategy ---

  // An instance of its own: the package's shared one would mix the strategies of two servers in one
  // process.
  const passport = new Passport();
  // TypeScript: the types know only strings and buffers; the key goes to jsonwebtoken as it is.
  const options = {
    jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
    secretOrKey: tokens.key as unknown as Buffer,
    issuer: tokens.rules.issuer,
    audience: tokens.rules.audience,
  };
  passport.use(
    new Strategy(options, (claims: { data?: User }, done: VerifiedCallback) =>
      done(null, claims.data),
    ),
  );

  // --- The middleware ---

  // Without a callback Passport writes the refusal itself. On a websocket handshake there is no
  // response to write it on, so the connection is cut.
  return passport.authenticate("jwt", { session: false });
}
