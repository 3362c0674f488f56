// A refresh token in a cookie: who may read it, where it is sent, and for which pages.
import type { Case } from "../case.ts";
import { expectThat } from "../expectation.ts";
import type { Probe } from "../probe.ts";
import { describeResponse } from "../raw-http.ts";
import { beginFamily, givesPair, refresh, showRefreshToken } from "../refresh-tokens.ts";
import { describeAttributes, type SetCookie } from "../set-cookie.ts";

const ATTRIBUTES = "RFC 6265 §4.1.2";
const CSRF =
  "https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html";

// oxfmt-ignore
const HAS: [name: string, what: string, remedy: string, isRight: (attributes: SetCookie["attributes"], probe: Probe) => boolean][] = [
  ["http-only", "that no script can read", "Set HttpOnly.", (attributes) => attributes.has("httponly")],
  ["same-site", "that no other site has sent", "Set SameSite=Strict: no link leads to the refresh path.", (attributes) => /^strict$/i.test(attributes.get("samesite") ?? "")],
  ["path", "for the refresh path alone", "Let Path be the refresh path: every other request does without.", (attributes, { target }) => attributes.get("path") === target.refreshPath],
  ["no-domain", "for this host alone, without a Domain", "Leave Domain out: with it, every subdomain is sent the cookie.", (attributes) => !attributes.has("domain")],
];

function cookieCase(
  name: string,
  title: string,
  source: string,
  run: Case["run"],
  remedy?: string,
): Case {
  const needs = ["refresh", "login-cookie"] as const;
  return { id: `refresh.cookie-${name}`, title, source, needs, run, ...(remedy && { remedy }) };
}

/** Both the login and the refresh set it. */
async function cookiesOf(probe: Probe, headers = {}): Promise<SetCookie[]> {
  const first = await beginFamily(probe, headers);
  const second = await refresh(probe, first, headers);
  return [first, second].map(({ cookie }) => cookie!);
}

export const refreshCookieCases: Case[] = [
  ...HAS.map(([name, what, remedy, isRight]) =>
    cookieCase(
      name,
      `sets a refresh cookie ${what}`,
      ATTRIBUTES,
      async (probe) => {
        for (const cookie of await cookiesOf(probe))
          expectThat(isRight(cookie.attributes, probe), remedy, describeAttributes(cookie));
      },
      remedy,
    ),
  ),
  cookieCase(
    "secure",
    "sets a refresh cookie for TLS alone, for a page that was loaded over TLS",
    `${ATTRIBUTES}.5`,
    async (probe) => {
      const Origin = `https://${new URL(probe.target.url).host}`;
      for (const cookie of await cookiesOf(probe, { Origin }))
        expectThat(cookie.attributes.has("secure"), "Secure", describeAttributes(cookie));
    },
  ),
  cookieCase(
    "body",
    "gives the pair in cookies alone, and not in the body, where scripts can read it",
    `${ATTRIBUTES}.6`,
    async (probe) => {
      const first = await beginFamily(probe);
      for (const { answer, token, refreshToken } of [first, await refresh(probe, first)]) {
        const isTold = answer.body.includes(token) || answer.body.includes(refreshToken);
        expectThat(!isTold, "a body without tokens", "a token");
      }
    },
  ),
  ...(
    [
      ["site", "of another site", () => "https://example.org"],
      ["port", "of another port", () => "http://127.0.0.1:1"],
      ["null", "in a sandboxed frame", () => "null"],
      ["longer", "whose origin begins the same", ({ target }) => `${target.url}.example.org`],
    ] satisfies [string, string, (probe: Probe) => string][]
  ).map(([name, what, originOf]) =>
    cookieCase(
      `origin-${name}`,
      `refuses the refresh cookie for a page ${what}, and does not use the token up`,
      CSRF,
      async (probe) => {
        const first = await beginFamily(probe);
        const Origin = originOf(probe);
        const answer = await showRefreshToken(probe, first, first.refreshToken, { Origin });
        expectThat(!givesPair(probe, answer), "no new pair", describeResponse(answer));
        await refresh(probe, first, { Origin: probe.target.url });
      },
      "Compare the Origin before you look at the cookie: another port of the same host is the same site.",
    ),
  ),
];
