// Servers of other stacks, as their users write them, and what the suite has to say about each.

export interface Stranger {
  id: string;
  /** In a sentence: what it is made of. */
  what: string;
  /** The file in `servers/`. */
  file: string;
  needs: { npm: Readonly<Record<string, string>> } | { debian: readonly string[] };
  /** Its second argument: which habit it has. */
  habit: string;
  /** What its owner says about it besides its secret, as flags of `npm run conformance`. */
  flags: readonly string[];
  /** What the suite sees at first. */
  seen: RegExp;
  /** The first case of each finding that is up to the owner; any other finding about the owner's code is false. */
  findings: readonly string[];
  /** The advisories about its library that are named. */
  advisories: readonly string[];
}

const NEST = {
  "@nestjs/common": "^12.5.1",
  "@nestjs/core": "^12.5.1",
  "@nestjs/jwt": "^12.0.2",
  "@nestjs/platform-express": "^12.0.0",
  "@nestjs/platform-socket.io": "^12.1.1",
  "@nestjs/websockets": "^12.1.1",
  "reflect-metadata": "^0.2.2",
  rxjs: "^7.8.2",
};
const FASTIFY = { fastify: "^5.12.8", "@fastify/jwt": "^10.2.8", "socket.io": "^4.8.4" };

const USER = ["--user-claims", "name=ann", "--events", "note"];
const LOGIN = [
  "--username",
  "ann",
  "--login",
  "/session",
  "--login-body",
  '{"name":"{username}","pass":"{password}"}',
];

/** What the suite sees at first. */
const SEEN = {
  handshake: /checks the token at the handshake/,
  namespace: /checks the token when a socket connects/,
  connection: /lets a socket in, checks its token then/,
  nowhere: /connects a socket without a token/,
};

// What jsonwebtoken leaves to its user.
const CLAIMS = ["token.exp-missing", "token.crit-unknown", "token.payload-text"];
const NO_CLAIM_ASKED_FOR = [...CLAIMS, "token.user-claims-missing"];
// Every server with the usual maxHttpBufferSize ends here.
const FULL = "robustness.full-arguments";
// The token is made a text before it is verified, and a list with one token in it makes that token.
const MADE_TEXT = "payload.token-array";
// It looks at a handshake that has no sid, and `sid=` is one that has.
const EMPTY_SID = "handshake.polling-empty-sid-no-token";
// The first one of a name counts, wherever it came from; and without a cookie, too, the empty sid lets a request pass.
const COOKIE_FAULTS = ["cookie.two-of-a-name", "cookie.missing"];

const NEST_FINDINGS = [
  "http.login-no-store",
  "http.refusal-without-token",
  "http.powered-by-404",
  ...NO_CLAIM_ASKED_FOR,
  "robustness.body-plain",
  FULL,
];
const FASTIFY_FINDINGS = ["http.login-no-store", "token.user-claims-null", FULL];
const OLD_FINDINGS = [...NO_CLAIM_ASKED_FOR, FULL];
const PYTHON_FINDINGS = ["token.exp-text", "token.form-padded", "token.user-claims-empty"];

type Made = Pick<Stranger, "id" | "what" | "habit" | "seen" | "findings">;

const nest = (made: Made): Stranger => ({
  ...made,
  file: "nest.mjs",
  needs: { npm: NEST },
  flags: [...USER, ...LOGIN, "--self", "/profile"],
  findings: [...NEST_FINDINGS, ...made.findings],
  advisories: [],
});
const fastify = (made: Made): Stranger => ({
  ...made,
  file: "fastify.mjs",
  needs: { npm: FASTIFY },
  flags: [...USER, ...LOGIN],
  findings: [...FASTIFY_FINDINGS, ...made.findings],
  advisories: [],
});
const old = (version: string, made: Made): Stranger => ({
  ...made,
  file: "old-socket-io.cjs",
  needs: { npm: { "socket.io": version, jsonwebtoken: "^9.0.3" } },
  flags: USER,
  findings: [...OLD_FINDINGS, ...made.findings],
  advisories: ["GHSA-25hc-qcg6-38wj"],
});
const python = (made: Made): Stranger => ({
  ...made,
  file: "python.py",
  needs: { debian: ["python3-socketio", "python3-aiohttp", "python3-jwt"] },
  flags: USER,
  findings: [...PYTHON_FINDINGS, ...made.findings],
  advisories: ["CVE-2022-2421"],
});

// oxfmt-ignore
export const STRANGERS: readonly Stranger[] = [
  nest({ id: "nest-middleware", what: "Nest, checked before a socket connects", habit: "middleware", seen: SEEN.namespace, findings: [MADE_TEXT] }),
  nest({ id: "nest-connection", what: "Nest, checked in handleConnection", habit: "connection", seen: SEEN.connection, findings: ["handshake.refused-before-connect", MADE_TEXT] }),
  nest({ id: "nest-nowhere", what: "Nest, the connection not checked", habit: "nowhere", seen: SEEN.nowhere, findings: ["handshake.token-needed"] }),
  fastify({ id: "fastify-payload", what: "Fastify, the token in the payload", habit: "payload", seen: SEEN.namespace, findings: [MADE_TEXT] }),
  fastify({ id: "fastify-cookie", what: "Fastify, the token in a cookie", habit: "cookie", seen: SEEN.handshake, findings: [EMPTY_SID, ...COOKIE_FAULTS] }),
  fastify({ id: "fastify-forever", what: "Fastify, exp ignored", habit: "forever", seen: SEEN.namespace, findings: ["token.exp-past", "token.exp-null", MADE_TEXT] }),
  old("4.0.0", { id: "socket.io-4.0-payload", what: "Socket.IO 4.0.0, io.use", habit: "payload", seen: SEEN.namespace, findings: [MADE_TEXT] }),
  old("4.0.0", { id: "socket.io-4.0-header", what: "Socket.IO 4.0.0, allowRequest", habit: "header", seen: SEEN.handshake, findings: [EMPTY_SID, "handshake.refusal-no-header"] }),
  old("3.1.2", { id: "socket.io-3.1-payload", what: "Socket.IO 3.1.2, io.use", habit: "payload", seen: SEEN.namespace, findings: [MADE_TEXT] }),
  old("3.1.2", { id: "socket.io-3.1-header", what: "Socket.IO 3.1.2, allowRequest", habit: "header", seen: SEEN.handshake, findings: [EMPTY_SID, "handshake.refusal-no-header"] }),
  python({ id: "python-before", what: "python-socketio, refused in words", habit: "before", seen: SEEN.namespace, findings: ["token.exp-array"] }),
  python({ id: "python-after", what: "python-socketio, always_connect", habit: "after", seen: SEEN.connection, findings: ["token.payload-deep", "handshake.refused-before-connect"] }),
];
