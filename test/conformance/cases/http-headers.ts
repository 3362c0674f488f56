// Headers that give nothing away and protect the page.
import type { Case } from "../case.ts";
import { expectThat } from "../expectation.ts";
import { bearerHeader, goodToken, placeToken } from "../connection.ts";
import { NOTHING } from "../place.ts";
import { logIn, loginBody, postLogin } from "../login.ts";
import type { Probe } from "../probe.ts";
import { enginePath } from "../raw-engine.ts";
import { type RawResponse, sendRequest } from "../raw-http.ts";

const EXPRESS = "https://expressjs.com/en/advanced/best-practice-security.html";
const OWASP = "https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html";
const CSP = "https://www.w3.org/TR/CSP3/";
const ORIGINS = ["https://example.org", "null"];
const FOREIGN = { Origin: "https://example.org" };

function expectNoPoweredBy(answer: RawResponse): void {
  const header = answer.headers["x-powered-by"];
  const remedy = 'Leave the header out: in Express app.disable("x-powered-by").';
  expectThat(header === undefined, "no X-Powered-By", String(header), remedy);
}

async function getPagePolicy(probe: Probe): Promise<string> {
  const answer = await sendRequest(probe, { path: "/" });
  return String(answer.headers["content-security-policy"] ?? "no policy");
}

const poweredBy: Case[] = [
  {
    id: "http.powered-by-404",
    title: "says at no missing page what it runs on",
    source: EXPRESS,
    needs: [],
    run: async (probe) => expectNoPoweredBy(await sendRequest(probe, { path: "/nothing-here" })),
  },
  {
    id: "http.powered-by-login",
    title: "says at no login what it runs on",
    source: EXPRESS,
    needs: ["login"],
    run: async (probe) => expectNoPoweredBy(await postLogin(probe, "{}")),
  },
  {
    id: "http.powered-by-self",
    title: "says at no refusal what it runs on",
    source: EXPRESS,
    needs: ["self"],
    run: async (probe) =>
      expectNoPoweredBy(await sendRequest(probe, { path: probe.target.selfPath })),
  },
];

const page: Case[] = [
  {
    id: "http.page-html",
    title: "sends the page as HTML",
    source: "RFC 9110 §8.3",
    needs: ["page"],
    run: async (probe) => {
      const answer = await sendRequest(probe, { path: "/" });
      const isPage =
        answer.status === 200 && (answer.headers["content-type"] ?? "").startsWith("text/html");
      expectThat(isPage, "200 and text/html", `${answer.status} ${answer.headers["content-type"]}`);
    },
  },
  ...[
    {
      name: "policy",
      what: "with a content security policy",
      pattern: /default-src/,
      expected: "a policy with default-src",
    },
    {
      name: "frame",
      what: "with a policy that no other site may frame it",
      pattern: /frame-ancestors '(none|self)'/,
      expected: "a policy with frame-ancestors 'none' or 'self'",
    },
  ].map(({ name, what, pattern, expected }): Case => ({
    id: `http.page-${name}`,
    title: `sends the page ${what}`,
    source: CSP,
    needs: ["page"],
    run: async (probe) => {
      const policy = await getPagePolicy(probe);
      expectThat(pattern.test(policy), expected, policy);
    },
  })),
  {
    id: "http.page-inline",
    title: "allows no scripts from elsewhere, inline or evaluated",
    source: CSP,
    needs: ["page"],
    run: async (probe) => {
      const policy = await getPagePolicy(probe);
      const isLoose = /unsafe-inline|unsafe-eval|\*|no policy/.test(policy);
      expectThat(!isLoose, "a policy without unsafe-inline, unsafe-eval and *", policy);
    },
  },
];

const SAFE_HEADERS = [
  ["nosniff", "forbids browsers to guess another type", "x-content-type-options", "nosniff"],
  [
    "referrer",
    "forbids browsers to tell other sites its address",
    "referrer-policy",
    "no-referrer",
  ],
] as const;

const safeHeaders = SAFE_HEADERS.flatMap(([name, title, header, expected]): Case[] => {
  const expectHeader = ({ headers }: RawResponse): void => {
    const seen = String(headers[header] ?? "none");
    expectThat(seen === expected, `${header}: ${expected}`, seen);
  };
  return [
    {
      id: `http.${name}-page`,
      title: `${title} (the page)`,
      source: OWASP,
      needs: ["page", "safe-headers"],
      run: async (probe) => expectHeader(await sendRequest(probe, { path: "/" })),
    },
    {
      id: `http.${name}-login`,
      title: `${title} (the login)`,
      source: OWASP,
      needs: ["login", "safe-headers"],
      run: async (probe) => {
        expectHeader((await logIn(probe)).answer);
        expectHeader(await postLogin(probe, "{"));
      },
    },
    {
      id: `http.${name}-self`,
      title: `${title} (the self path, with a token and without)`,
      source: OWASP,
      needs: ["self", "safe-headers"],
      run: async (probe) => {
        const path = probe.target.selfPath;
        const headers = bearerHeader(probe.target, await goodToken(probe));
        expectHeader(await sendRequest(probe, { path, headers }));
        expectHeader(await sendRequest(probe, { path }));
      },
    },
  ];
});

const origins: Case[] = [
  {
    id: "http.origin-login",
    title: "lets no page of another origin read the token",
    source: "https://fetch.spec.whatwg.org/#http-cors-protocol",
    needs: ["login", "same-origin"],
    run: async (probe) => {
      expectNotShared(await postLogin(probe, loginBody(probe.target), FOREIGN));
    },
  },
  {
    id: "http.origin-self",
    title: "lets no page of another origin read who the user is",
    source: "https://fetch.spec.whatwg.org/#http-cors-protocol",
    needs: ["self", "same-origin"],
    run: async (probe) => {
      const path = probe.target.selfPath;
      const bearer = bearerHeader(probe.target, await goodToken(probe));
      for (const headers of [{}, bearer])
        for (const origin of ORIGINS)
          expectNotShared(
            await sendRequest(probe, { path, headers: { ...headers, Origin: origin } }),
          );
    },
  },
  {
    id: "http.origin-polling",
    title: "lets no page of another origin use polling",
    source: "https://socket.io/docs/v4/handling-cors/",
    needs: ["polling", "same-origin"],
    run: async (probe) => {
      for (const { headers, query } of [
        NOTHING,
        placeToken(probe.target, await goodToken(probe)),
      ]) {
        const path = enginePath(probe, "polling", query);
        for (const origin of ORIGINS)
          expectNotShared(
            await sendRequest(probe, { path, headers: { ...headers, Origin: origin } }),
          );
      }
    },
  },
  {
    id: "http.origin-preflight",
    title: "answers no preflight of another origin",
    source: "https://fetch.spec.whatwg.org/#cors-preflight-fetch",
    needs: ["same-origin"],
    run: async (probe) => {
      const headers = {
        ...FOREIGN,
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "authorization",
      };
      expectNotShared(
        await sendRequest(probe, {
          method: "OPTIONS",
          path: enginePath(probe, "polling"),
          headers,
        }),
      );
    },
  },
];

function expectNotShared(answer: RawResponse): void {
  const header = answer.headers["access-control-allow-origin"];
  expectThat(header === undefined, "no Access-Control-Allow-Origin", String(header));
}

export const httpHeaderCases: Case[] = [...poweredBy, ...page, ...safeHeaders, ...origins];
