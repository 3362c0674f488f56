// Faults in how long a verdict is valid, how texts are compared, and what a login reveals and gives.
import { type Fault, inFile, listFaults } from "./fault.ts";

const VERIFY = "return readBearer(jwt.verify(token as string, key, options) as VerifiedToken);";
const RULES = '{ algorithms: ["HS256"], issuer, audience } satisfies VerifyOptions';

/** A verdict about a token is cached under what `key` makes of the token. */
function rememberedBy(key: string): Fault["changes"] {
  const bearer = VERIFY.replace("return ", "").replace(/;$/, "");
  return inFile(
    "tokens",
    VERIFY,
    `const kept = ((globalThis as any).kept ??= new Map()); const name = ${key}; if (!kept.has(name)) kept.set(name, ${bearer}); return kept.get(name);`,
  );
}

/** Issuer and audience are left to a comparison of its own. */
function comparedAs(left: "issuer" | "audience", isAlike: string): Fault["changes"] {
  const rest = left === "issuer" ? "audience" : "issuer";
  const claim = left === "issuer" ? "iss" : "aud";
  return [
    ...inFile("tokens", RULES, `{ algorithms: ["HS256"], ${rest} }`),
    ...inFile(
      "tokens",
      VERIFY,
      `const verified = jwt.verify(token as string, key, options) as any; const said = String(verified.payload?.${claim}); if (!(${isAlike.replaceAll("right", left)})) throw new Error("${left}"); return readBearer(verified);`,
    ),
  ];
}

const lasting = listFaults({
  "remembered-by-token": {
    sentence: "What was found out about a token counts for ever.",
    changes: rememberedBy("token"),
    caughtBy: ["token.again-after-expiry"],
  },
  "remembered-by-payload": {
    sentence: "A verdict is remembered by the claims, whatever the signature is.",
    auth: "payload",
    changes: rememberedBy('String(token).split(".")[1]'),
    caughtBy: ["token.again-forged"],
  },
  "remembered-by-signature": {
    sentence: "A verdict is remembered by the signature, whatever it stands under.",
    changes: rememberedBy('String(token).split(".")[2]'),
    caughtBy: ["token.again-forged"],
  },
  "recovery-skips-check": {
    sentence: "Who knows the id of a session recovers it as its user, with another token.",
    auth: "payload",
    changes: inFile(
      "server",
      "connectTimeout: 10_000,",
      "connectTimeout: 10_000, connectionStateRecovery: {},",
    ),
    caughtBy: ["handshake.recovery-needs-token"],
  },
  "namespace-outlives-token": {
    sentence: "Another namespace has no guard, and connects once the token has expired.",
    changes: inFile("server", "  io.use(guard);", '  io.of("/chat");\n  io.use(guard);'),
    caughtBy: ["handshake.namespaces-after-expiry"],
  },
});

// oxfmt-ignore
const COMPARED: [id: string, sentence: string, left: "issuer" | "audience", isAlike: string][] = [
  ["issuer-contains", "An issuer is taken for the right one if that stands anywhere in it.", "issuer", "said.includes(right)"],
  ["issuer-contained", "An issuer is taken for the right one if it is a part of that.", "issuer", 'said !== "" && right.includes(said)'],
  ["issuer-case", "The issuer may be written in any case.", "issuer", "said.toLowerCase() === right.toLowerCase()"],
  ["audience-trimmed", "The audience may have spaces around it.", "audience", "said.trim() === right"],
  ["audience-ends-alike", "An audience is taken for the right one if it only ends like that.", "audience", "said.endsWith(right)"],
];

const near: Fault[] = COMPARED.map(([id, sentence, left, isAlike]) => ({
  id,
  sentence,
  auth: "manual",
  changes: comparedAs(left, isAlike),
  caughtBy: [left === "issuer" ? "token.iss-near-miss" : "token.aud-near-miss"],
}));

const SAME_TEXT =
  'return typeof given === "string" && timingSafeEqual(hash(given), hash(expected));';

// oxfmt-ignore
const LOGINS: [id: string, sentence: string, isAlike: string, caughtBy: string[]][] = [
  ["login-trimmed", "Name and password may have spaces around them.", "given.trim() === expected", ["http.login-password-near-miss", "http.login-username-exact"]],
  ["login-case", "Name and password may be written in any case.", "given.toLowerCase() === expected.toLowerCase()", ["http.login-password-near-miss", "http.login-username-exact"]],
  ["login-begins-alike", "Name and password need only begin like the right ones.", "given.startsWith(expected)", ["http.login-password-near-miss", "http.login-username-near-miss"]],
  ["login-part", "A part of name and password is enough.", 'given !== "" && expected.includes(given)', ["http.login-password-near-miss", "http.login-username-near-miss"]],
];

const logins: Fault[] = [
  ...LOGINS.map(([id, sentence, isAlike, caughtBy]): Fault => ({
    id,
    sentence,
    auth: "payload",
    changes: inFile("app", SAME_TEXT, `return typeof given === "string" && ${isAlike};`),
    caughtBy,
  })),
  ...listFaults({
    "login-tells-user": {
      sentence: "A login says whether the user is known.",
      changes: inFile(
        "app",
        'return res.status(401).json({ message: "Wrong username or password" });',
        'return res.status(401).json({ message: req.body?.username === settings.demoUser.username ? "Wrong password" : "Unknown user" });',
      ),
      caughtBy: ["http.login-tells-no-user"],
    },
    "lifetime-milliseconds": {
      sentence: "The lifetime of a token is counted in milliseconds.",
      auth: "payload",
      changes: inFile(
        "tokens",
        "expiresIn: lifetimeSeconds,",
        "expiresIn: lifetimeSeconds * 1000,",
      ),
      caughtBy: ["http.login-token-lifetime"],
    },
    "login-without-audience": {
      sentence: "A login gives a token without the audience that the server asks for.",
      changes: inFile("tokens", "        audience,\n        expiresIn", "        expiresIn"),
      caughtBy: ["http.login-token-opens-doors", "http.login-token-claims"],
    },
    "login-gives-record": {
      sentence: "A login answers the whole record of the user.",
      auth: "passport",
      changes: inFile(
        "app",
        "return void res.json({ token, refreshToken });",
        "return void res.json({ token, user: { ...settings.demoUser, passwordHash: String(hash(settings.demoPassword)) } });",
      ),
      caughtBy: ["http.login-gives-no-secret"],
    },
  }),
];

export const LOOSE_FAULTS: Fault[] = [...lasting, ...near, ...logins];
