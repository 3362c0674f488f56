// Issues and verifies the tokens: the only place that knows algorithm, key, issuer, audience and
// lifetime.
import { createSecretKey } from "node:crypto";
import jwt from "jsonwebtoken";

// --- The bearer of a token ---

// Whom a token speaks for, and until when. A signature proves who wrote the claims, not that they have
// the shape this server needs. Whatever throws in here is told as a bad token, so nothing is looked up
// here: a database that is down is no bad token.
function readBearer({ header, payload: claims }) {
  // "crit" lists extensions that whoever reads the token must understand or else refuse it (RFC 7515
  // §4.1.11). jsonwebtoken does not look at it, and this server understands none.
  if (header.crit !== undefined)
    throw new Error('The token needs an extension: its header has "crit".');
  // jsonwebtoken accepts a token without "exp", and such a token never ends (RFC 9068 §2.2 requires
  // the claim).
  if (typeof claims?.exp !== "number") throw new Error('The token has no "exp" claim.');
  const { id, username } = claims.data ?? {};
  if (typeof id !== "number" || !Number.isSafeInteger(id) || id < 1)
    throw new Error('The token has no user: "data.id" must be a positive whole number.');
  if (typeof username !== "string" || username === "")
    throw new Error('The token has no user: "data.username" must be a text.');
  return { user: { id, username }, exp: claims.exp };
}

// --- Issue and verify ---

export function createTokens({ secret, issuer, audience, lifetimeSeconds }) {
  // Made once: jsonwebtoken turns a secret given as a string into a key again for every token, and
  // that takes far longer than the check.
  const key = createSecretKey(Buffer.from(secret));

  // The list of algorithms is fixed here, or the token's own header would choose how it is checked
  // (RFC 8725 §3.1). Issuer and audience keep out tokens that were signed with the same key for
  // another purpose (RFC 8725 §3.8, §3.9).
  const rules = { algorithms: ["HS256"], issuer, audience };

  return {
    key,
    rules,
    readBearer,
    issueToken(user) {
      const options = {
        algorithm: "HS256",
        issuer,
        audience,
        expiresIn: lifetimeSeconds,
      };
      // Anybody who holds a token can read its claims, so it carries no more than the server needs.
      return jwt.sign({ data: { id: user.id, username: user.username } }, key, options);
    },
    verifyToken(token) {
      const options = { ...rules, complete: true };
      return readBearer(jwt.verify(token, key, options));
    },
  };
}
