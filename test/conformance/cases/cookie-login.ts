// The cookie that a login sets: who may read it, where it is sent, how long it counts.
import type { Case } from "../case.ts";
import { cookieOf, logInByCookie } from "../cookie-login.ts";
import { expectThat } from "../expectation.ts";
import { loginBody, postWrong } from "../login.ts";
import type { Probe } from "../probe.ts";
import { describeResponse, sendRequest } from "../raw-http.ts";
import { describeAttributes, type SetCookie } from "../set-cookie.ts";
import { expectAccepted } from "../verdicts.ts";

const ATTRIBUTES = "RFC 6265 §4.1.2";
const SAME_SITE =
  "https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-the-samesite-attribute-2";
const CSRF =
  "https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html";

// oxfmt-ignore
const HAS: [name: string, what: string, source: string, remedy: string, isRight: (cookie: SetCookie, probe: Probe) => boolean][] = [
  ["http-only", "that no script can read", `${ATTRIBUTES}.6`, "Set HttpOnly.", ({ attributes }) => attributes.has("httponly")],
  ["same-site", "that says SameSite=Strict or Lax", SAME_SITE, "Set SameSite=Strict, or Lax if links from other sites must arrive logged in; without it, some browsers send the cookie for pages of every site.", ({ attributes }) => /^(strict|lax)$/i.test(attributes.get("samesite") ?? "")],
  ["path", "for the self path and for Socket.IO", `${ATTRIBUTES}.4`, "Set Path=/: without it, the cookie is for the folder of the login alone.", ({ attributes }, { target }) => target.socketPath.startsWith(attributes.get("path") ?? "no path") && target.selfPath.startsWith(attributes.get("path") ?? "no path")],
  ["no-domain", "for this host alone, without a Domain", `${ATTRIBUTES}.3`, "Leave Domain out: with it, every subdomain is sent the cookie.", ({ attributes }) => !attributes.has("domain")],
  ["lifetime", "that counts no longer than its token", `${ATTRIBUTES}.2`, "Let Max-Age be the lifetime of the token.", ({ value, attributes }, { nowSeconds }) => Number(attributes.get("max-age") ?? 0) <= expiryOf(value) - nowSeconds + 1],
];

function expiryOf(token: string): number {
  const [, claims = ""] = token.split(".");
  const { exp } = JSON.parse(Buffer.from(claims, "base64url").toString()) as { exp: number };
  return exp;
}

// oxfmt-ignore
const FORMS: [name: string, type: string, make: (probe: Probe) => string][] = [
  ["form", "application/x-www-form-urlencoded", ({ target }) => new URLSearchParams(target.credentials).toString()],
  ["text", "text/plain", ({ target }) => loginBody(target)],
];

export const cookieLoginCases: Case[] = [
  {
    id: "cookie.login-opens-doors",
    title: "sets at the login a cookie that every door accepts",
    source: "RFC 6265 §3",
    needs: ["login-cookie"],
    run: async (probe) => expectAccepted(probe, (await logInByCookie(probe)).value),
  },
  ...HAS.map(([name, what, source, remedy, isRight]): Case => ({
    id: `cookie.login-${name}`,
    title: `sets a cookie ${what}`,
    source,
    needs: ["login-cookie"],
    remedy,
    run: async (probe) => {
      const cookie = await logInByCookie(probe);
      expectThat(isRight(cookie, probe), `a cookie ${what}`, describeAttributes(cookie));
    },
  })),
  {
    id: "cookie.login-secure",
    title: "sets a cookie for TLS alone, for a page that was loaded over TLS",
    source: `${ATTRIBUTES}.5`,
    needs: ["login-cookie"],
    remedy: "Set Secure wherever the page came over TLS, also if a proxy ends it.",
    run: async (probe) => {
      const { host } = new URL(probe.target.url);
      const cookie = await logInByCookie(probe, { Origin: `https://${host}` });
      expectThat(cookie.attributes.has("secure"), "Secure", describeAttributes(cookie));
    },
  },
  {
    id: "cookie.login-body",
    title: "gives the token in the cookie alone, and not in the body, where scripts can read it",
    source: `${ATTRIBUTES}.6`,
    needs: ["login-cookie"],
    run: async (probe) => {
      const { value, answer } = await logInByCookie(probe);
      expectThat(!answer.body.includes(value), "a body without the token", "the token");
    },
  },
  {
    id: "cookie.login-no-store",
    title: "forbids caches to keep the answer that sets the cookie",
    source: "RFC 6265 §4.1.1",
    needs: ["login-cookie"],
    run: async (probe) => {
      const { answer } = await logInByCookie(probe);
      const seen = answer.headers["cache-control"] ?? "no Cache-Control";
      expectThat(/no-store/.test(seen), "Cache-Control: no-store", seen);
    },
  },
  {
    id: "cookie.login-refused",
    title: "sets no cookie for a wrong password",
    source: "RFC 9110 §15.5.2",
    needs: ["login-cookie"],
    run: async (probe) => {
      const answer = await postWrong(probe, { password: "wrong" });
      const isRefused = answer.status === 401 && cookieOf(probe, answer) === undefined;
      expectThat(isRefused, "401 without a cookie", describeResponse(answer));
    },
  },
  ...FORMS.map(([name, type, make]): Case => ({
    id: `cookie.login-by-${name}`,
    title: `sets no cookie for a login by ${type}, which a form of any other site can send`,
    source: CSRF,
    needs: ["login-cookie"],
    remedy:
      "Read JSON alone at the login, or check its Origin: else a foreign page logs a person in as somebody else.",
    run: async (probe) => {
      const headers = { "Content-Type": type, Origin: "https://example.org" };
      const { loginPath: path } = probe.target;
      const answer = await sendRequest(probe, { method: "POST", path, headers, body: make(probe) });
      expectThat(cookieOf(probe, answer) === undefined, "no cookie", describeResponse(answer));
    },
  })),
];
