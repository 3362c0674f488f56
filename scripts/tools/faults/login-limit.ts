// Faults in the limit for guessing passwords.
import { type Fault, inFile, listFaults } from "./fault.ts";

function inLimit(text: string, replacement = ""): Fault["changes"] {
  return inFile("login-limit", text, replacement);
}

export const LOGIN_LIMIT_FAULTS = listFaults({
  "login-unlimited": {
    sentence: "Passwords may be guessed without a limit.",
    changes: inLimit("if (waitMs === 0) return next();", "return next();"),
    caughtBy: ["http.login-limit-answer"],
  },
  "limit-tells-names": {
    sentence: "Only names that exist are limited, so a 429 tells which exist.",
    auth: "payload",
    changes: inLimit('typeof username !== "string"', 'username !== "john"'),
    caughtBy: ["http.login-limit-answer"],
  },
  "retry-after-parts": {
    sentence: "Retry-After is not a whole number.",
    auth: "passport",
    changes: inLimit("String(Math.ceil(waitMs / 1000))", "(waitMs / 1000).toFixed(3)"),
    caughtBy: ["http.login-limit-answer"],
  },
  "limit-without-words": {
    sentence: "The 429 has no message.",
    changes: inLimit('.json({ message: "Too many failed logins: try again later" })', ".end()"),
    caughtBy: ["http.login-limit-answer"],
  },
  "limit-locks-others-out": {
    sentence: "The failures of one user lock out all others of the same address.",
    changes: inLimit(' ${createHash("sha256").update(username).digest("base64")}'),
    caughtBy: ["http.login-limit-other-name"],
  },
  "limit-counts-late": {
    sentence:
      "Failures are counted once the password is compared, so guesses at once are all compared.",
    auth: "payload",
    changes: inLimit(
      "await limiter.consume(key);",
      "const seen = await limiter.get(key);\n    if (seen !== null && seen.consumedPoints >= limiter.points) throw seen;\n    await new Promise((compared) => setTimeout(compared, 100));\n    await limiter.penalty(key);",
    ),
    caughtBy: ["http.login-limit-at-once"],
  },
  "limit-never-forgives": {
    sentence: "Failures count although the right password came between them.",
    auth: "passport",
    changes: inFile("app", "await loginLimit.forgive(req);"),
    caughtBy: ["http.login-limit-forgives"],
  },
  "limit-believes-headers": {
    sentence: "Everybody may say in a header which address a guess comes from.",
    changes: inFile(
      "app",
      'app.disable("x-powered-by");',
      'app.disable("x-powered-by").set("trust proxy", true);',
    ),
    caughtBy: ["http.login-limit-forwarded"],
  },
});
