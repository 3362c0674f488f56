// Faults in the checks of a token.
import { type Fault, inFile, listFaults } from "./fault.ts";

const FILE = "tokens";
const RULES = '{ algorithms: ["HS256"], issuer, audience } satisfies VerifyOptions';

function inRules(replacement: string): Fault["changes"] {
  return inFile(FILE, RULES, replacement);
}

function inTokens(text: string, replacement: string): Fault["changes"] {
  return inFile(FILE, text, replacement);
}

const VERIFY = "return readBearer(jwt.verify(token as string, key, options) as VerifiedToken);";
const ID_CHECK = 'typeof id !== "number" || !Number.isSafeInteger(id) || id < 1';

export const TOKEN_FAULTS = listFaults({
  "algorithms-any": {
    sentence: "The list of algorithms is left out.",
    changes: inRules("{ issuer, audience }"),
    caughtBy: ["token.alg-hs384", "token.alg-hs512"],
  },
  "algorithms-passport": {
    sentence: "Passport is given no list of algorithms.",
    auth: "passport",
    changes: inRules("{ issuer, audience }"),
    caughtBy: ["token.alg-hs384", "token.alg-hs512"],
  },
  "issuer-unchecked": {
    sentence: "The issuer is not checked.",
    auth: "passport",
    changes: inRules('{ algorithms: ["HS256"], audience }'),
    caughtBy: ["token.iss-wrong", "token.iss-missing"],
  },
  "issuer-list": {
    sentence: "A few more issuers are trusted.",
    changes: inRules(
      '{ algorithms: ["HS256"], issuer: [issuer, "accounts.example.org"], audience }',
    ),
    caughtBy: ["token.iss-wrong"],
  },
  "audience-unchecked": {
    sentence: "The audience is not checked.",
    changes: inRules('{ algorithms: ["HS256"], issuer }'),
    caughtBy: ["token.aud-wrong", "token.aud-missing"],
  },
  "audience-pattern": {
    sentence: "The audience is compared as a pattern without its ends.",
    auth: "passport",
    changes: inRules('{ algorithms: ["HS256"], issuer, audience: new RegExp(audience) }'),
    caughtBy: ["token.aud-subdomain"],
  },
  "expiry-ignored": {
    sentence: "A token is good for ever.",
    changes: inRules('{ algorithms: ["HS256"], issuer, audience, ignoreExpiration: true }'),
    caughtBy: ["token.exp-past", "token.exp-now"],
  },
  "clock-tolerance": {
    sentence: "A token is good for half a minute longer than it says.",
    changes: inRules('{ algorithms: ["HS256"], issuer, audience, clockTolerance: 30 }'),
    caughtBy: ["token.exp-just-past"],
  },
  "not-before-ignored": {
    sentence: "A token is good before it says so.",
    changes: inRules('{ algorithms: ["HS256"], issuer, audience, ignoreNotBefore: true }'),
    caughtBy: ["token.nbf-ahead"],
  },
  "expiry-optional": {
    sentence: "A token without an expiry is accepted.",
    auth: "passport",
    changes: inTokens('typeof claims?.exp !== "number"', "claims === undefined"),
    caughtBy: ["token.exp-missing"],
  },
  "signature-unchecked": {
    sentence: "The token is decoded and not verified.",
    auth: "payload",
    changes: inTokens(
      "readBearer(jwt.verify(token as string, key, options)",
      "readBearer(jwt.decode(token as string, options)",
    ),
    caughtBy: ["token.secret-other", "token.tampered-claims", "token.alg-none"],
  },
  "extensions-ignored": {
    sentence: "What the token's header calls critical is ignored.",
    auth: "passport",
    changes: inTokens("header.crit !== undefined", "false"),
    caughtBy: ["token.crit-unknown", "token.crit-b64"],
  },
  "kind-unchecked": {
    sentence: "A token of another kind is taken for one of ours.",
    changes: inTokens('header.typ !== undefined && header.typ !== "JWT"', "false"),
    caughtBy: ["token.typ-event", "token.typ-list"],
  },
  "kind-begins-alike": {
    sentence: "A token is taken for one of ours if the name of its kind only begins alike.",
    auth: "passport",
    changes: inTokens('header.typ !== "JWT"', '!String(header.typ).startsWith("JWT")'),
    caughtBy: ["token.typ-longer"],
  },
  "user-id-unchecked": {
    sentence: "The id of the user can be anything.",
    auth: "passport",
    changes: inTokens(ID_CHECK, "false"),
    caughtBy: ["token.id-text", "token.id-missing", "token.id-zero"],
  },
  "user-id-number": {
    sentence: "The id of the user can be any number.",
    changes: inTokens(ID_CHECK, 'typeof id !== "number"'),
    caughtBy: ["token.id-negative", "token.id-fraction"],
  },
  "username-unchecked": {
    sentence: "The username can be anything.",
    changes: inTokens('typeof username !== "string" || username === ""', "false"),
    caughtBy: ["token.username-missing", "token.username-object"],
  },
  "user-handed-through": {
    sentence: "Whatever stands in the claim data is handed out as the user.",
    auth: "payload",
    changes: inTokens("user: { id, username }, ", "user: claims.data, "),
    caughtBy: ["token.user-more"],
  },
  "password-in-token": {
    sentence: "The token carries more about the user than the server needs.",
    changes: inTokens(
      "data: { id: user.id, username: user.username }",
      'data: { id: user.id, username: user.username, password: "changeit" }',
    ),
    caughtBy: ["http.login-token-holds-no-password"],
  },
  "secret-of-guide": {
    sentence: "A token that is signed with the secret of the guide is good as well.",
    changes: inTokens(VERIFY, `try { ${VERIFY} } catch { ${VERIFY.replace("key", '"Mys3cr3t"')} }`),
    caughtBy: ["token.secret-guide"],
  },
  "payload-object-unchecked": {
    sentence: "A signed payload that is no object throws out of Passport.",
    auth: "passport",
    changes: [
      {
        file: "passport",
        text: "    try {\n      authenticate(req, res, next);\n    } catch (error) {",
        replacement: "    authenticate(req, res, next);\n    if (false) {",
      },
    ],
    caughtBy: ["token.payload-null", "handshake.refusal-no-object"],
  },
});
