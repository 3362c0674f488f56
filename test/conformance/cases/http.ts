// What every HTTP answer must and must not have: the login, the user's own page, and headers that protect.
import type { Case } from "../case.ts";
import { bearerHeader, goodToken } from "../connection.ts";
import { expectEqual, expectThat } from "../expectation.ts";
import { mintToken, type Probe } from "../probe.ts";
import { describeResponse, type Headers, type RawResponse, sendRequest } from "../raw-http.ts";
import { expectJson, expectNoStack, logIn, postLogin, postWrong } from "../login.ts";
import { expectInvalidToken, expectNoError, HOW_TO_CHALLENGE } from "../verdicts.ts";

const NO_STORE = "RFC 6749 §5.1";
const CHALLENGE = "RFC 6750 §3";

async function getSelf(probe: Probe, headers: Headers = {}): Promise<RawResponse> {
  return sendRequest(probe, { path: probe.target.selfPath, headers });
}

function expectNoStore(answer: RawResponse): void {
  const isKept = !/no-store/.test(answer.headers["cache-control"] ?? "");
  const seen = answer.headers["cache-control"] ?? "no Cache-Control";
  expectThat(!isKept, "Cache-Control: no-store", seen);
}

const login: Case[] = [
  {
    id: "http.login-answers-token",
    title: "answers the right credentials with a token",
    source: "https://socket.io/how-to/use-with-jwt",
    needs: ["login"],
    run: async (probe) => {
      const { token } = await logIn(probe);
      expectThat(/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token), "a signed token", token);
    },
  },
  {
    id: "http.login-token-opens-self",
    title: "accepts at the self path the token that the login gave",
    source: "RFC 6750 §2.1",
    needs: ["login", "self"],
    run: async (probe) => {
      const { token } = await logIn(probe);
      const answer = await getSelf(probe, bearerHeader(probe.target, token));
      expectThat(answer.status === 200, "200", describeResponse(answer));
    },
  },
  {
    id: "http.login-token-claims",
    title: "gives out a token with issuer, audience and an expiry ahead",
    source: "RFC 9068 §2.2",
    needs: ["login", "issuer", "audience"],
    run: async (probe) => {
      const { claims } = await logIn(probe);
      expectEqual(claims.iss, probe.target.issuer, "claim iss");
      expectEqual(claims.aud, probe.target.audience, "claim aud");
      const isAhead = typeof claims.exp === "number" && claims.exp > probe.nowSeconds;
      expectThat(isAhead, "an expiry ahead", String(claims.exp));
    },
  },
  {
    id: "http.login-token-holds-no-password",
    title: "puts no more about the user into the token than id and username",
    source: "RFC 7519 §12",
    needs: ["login", "data-claim"],
    run: async (probe) => {
      const { claims } = await logIn(probe);
      expectEqual(Object.keys(claims.data ?? {}).toSorted(), ["id", "username"], "members of data");
    },
  },
  {
    id: "http.login-token-algorithm",
    title: "signs its tokens with the algorithm that it checks them with",
    source: "RFC 7518 §3.1",
    needs: ["login", "mint"],
    run: async (probe) => {
      const { header } = await logIn(probe);
      expectEqual(header.alg, probe.target.algorithm ?? "HS256", "alg");
    },
  },
  {
    id: "http.login-no-store",
    title: "forbids caches to keep the token",
    source: NO_STORE,
    needs: ["login"],
    run: async (probe) => expectNoStore((await logIn(probe)).answer),
  },
  ...(["GET", "PUT", "DELETE"] as const).map((method): Case => ({
    id: `http.login-${method.toLowerCase()}`,
    title: `gives no token for ${method} of the login path`,
    source: "RFC 9110 §9.1",
    needs: ["login"],
    run: async (probe) => {
      const answer = await sendRequest(probe, { method, path: probe.target.loginPath });
      // A page may stand there.
      const isToken = /[\w-]+\.[\w-]+\.[\w-]{20,}/.test(answer.body) && answer.status < 300;
      expectThat(!isToken && answer.status < 500, "no token", describeResponse(answer));
    },
  })),
];

const wrongCredentials = [
  ["password-wrong", "the password is wrong", { password: "wrong" }],
  ["username-wrong", "the user is unknown", { username: "nobody" }],
  ["password-missing", "the password is missing", { password: undefined }],
  ["username-missing", "the user name is missing", { username: undefined }],
  ["password-empty", "the password is empty", { password: "" }],
  ["password-array", "the password is in a list", { password: ["x"] }],
  ["password-number", "the password is a number", { password: 1 }],
  ["password-true", "the password is true", { password: true }],
  ["password-query", "the password is a query", { password: { $ne: "" } }],
  ["username-query", "the user name is a query", { username: { $gt: "" } }],
  [
    "username-prototype",
    "the user name is that of a prototype",
    { username: "__proto__", password: "" },
  ],
  ["password-longer", "a space follows the password", { password: " " }],
] as const;

const refusedLogins = wrongCredentials.map(([name, when, changes]): Case => ({
  id: `http.login-${name}`,
  title: `refuses a login when ${when}`,
  source: "RFC 9110 §15.5.2",
  needs: ["login"],
  run: async (probe) => {
    const right = probe.target.credentials;
    const isLonger = name === "password-longer";
    const given = { ...changes, ...(isLonger ? { password: `${right?.password} ` } : {}) };
    const answer = await postWrong(probe, given);
    const isRefused = answer.status >= 400 && answer.status < 500;
    expectThat(isRefused, "a status from 400 to 499", describeResponse(answer));
    expectNoStack(answer);
  },
}));

const loginRefusal: Case = {
  id: "http.login-refusal-is-json",
  title: "refuses wrong credentials with a JSON body without a stack",
  source: "https://expressjs.com/en/advanced/best-practice-security.html",
  needs: ["login", "uniform-errors"],
  run: async (probe) => {
    const answer = await postWrong(probe, { username: "nobody", password: "wrong" });
    expectJson(answer);
    expectNoStack(answer);
  },
};

const loginRefusalNoStore: Case = {
  id: "http.login-refusal-no-store",
  title: "forbids caches to store the refusal of a login",
  source: NO_STORE,
  needs: ["login", "no-store"],
  run: async (probe) => expectNoStore(await postLogin(probe, '{"username":"nobody"}')),
};

const self: Case[] = [
  {
    id: "http.self-answers-user",
    title: "answers the user of the token as JSON",
    source: "RFC 6750 §2.1",
    needs: ["self", "mint", "data-claim"],
    run: async (probe) => {
      const user = probe.newUser();
      const answer = await getSelf(probe, bearerHeader(probe.target, mintToken(probe, user)));
      expectJson(answer);
      expectEqual(JSON.parse(answer.body), user, "user");
    },
  },
  {
    id: "http.self-no-store",
    title: "forbids caches to keep who the user is",
    source: NO_STORE,
    needs: ["self", "no-store"],
    run: async (probe) => {
      const headers = bearerHeader(probe.target, await goodToken(probe));
      expectNoStore(await getSelf(probe, headers));
    },
  },
  {
    id: "http.refusal-without-token",
    title: "names no error when no token was sent",
    source: `${CHALLENGE}: no error code without authentication information`,
    needs: ["self"],
    run: async (probe) => {
      expectNoError(await getSelf(probe), "self");
    },
  },
  {
    id: "http.refusal-parameter",
    title: "gives its challenge at least one parameter, such as realm",
    source: CHALLENGE,
    needs: ["self"],
    run: async (probe) => {
      const challenge = String((await getSelf(probe)).headers["www-authenticate"]);
      const hasParameter = /^bearer +[\w-]+=/i.test(challenge);
      expectThat(hasParameter, 'Bearer realm="…"', challenge, HOW_TO_CHALLENGE);
    },
  },
  {
    id: "http.refusal-of-token",
    title: "names the error invalid_token when the token is not valid",
    source: `${CHALLENGE}.1`,
    needs: ["self"],
    run: async (probe) => {
      expectInvalidToken(await getSelf(probe, bearerHeader(probe.target, "abc.def.ghi")), "self");
    },
  },
  {
    id: "http.refusal-is-json",
    title: "refuses with a JSON body that has no stack and gives no reason away",
    source: "https://expressjs.com/en/advanced/best-practice-security.html",
    needs: ["self", "uniform-errors"],
    run: async (probe) => {
      const answer = await getSelf(probe, bearerHeader(probe.target, "abc.def.ghi"));
      expectJson(answer);
      expectNoStack(answer);
      const isTelling = /signature|malformed|jwt|secret/i.test(answer.body);
      expectThat(!isTelling, "no reason in the body", describeResponse(answer));
    },
  },
  {
    id: "http.refusal-no-store",
    title: "forbids caches to keep a refusal",
    source: "RFC 9111 §5.2.2.5",
    needs: ["self", "no-store"],
    run: async (probe) => expectNoStore(await getSelf(probe)),
  },
];

export const httpCases: Case[] = [
  ...login,
  ...refusedLogins,
  loginRefusal,
  loginRefusalNoStore,
  ...self,
];
