// Every form that the Authorization header can have (RFC 6750 §2.1, RFC 9110 §11).
import type { Case } from "../case.ts";
import { goodToken } from "../connection.ts";
import type { Headers } from "../raw-http.ts";
import type { Capability, Scheme } from "../target.ts";
import { expectHeaderAccepted, expectHeaderRefused } from "../verdicts.ts";

type HeaderRow = [
  name: string,
  what: string,
  source: string,
  make: (token: string, scheme: Scheme) => string,
];

const SCHEME = "RFC 9110 §11.1";
const SPACES = "RFC 9110 §11.4, 1*SP";
const WHITESPACE = "RFC 9110 §5.5";
const SYNTAX = "RFC 6750 §2.1";
const MATCH_IT_ALL =
  "Match the header from its first character to its last: Bearer in any case, one space or more, one token. A split at spaces takes more, and so do the extractors of some libraries.";

// oxfmt-ignore
const accepted: HeaderRow[] = [
  ["scheme-capital", "Bearer with a capital letter", SCHEME, (t) => `Bearer ${t}`],
  ["scheme-lower-case", "bearer in small letters", SCHEME, (t) => `bearer ${t}`],
  ["scheme-upper-case", "BEARER in capital letters", SCHEME, (t) => `BEARER ${t}`],
  ["scheme-mixed-case", "bEaReR in mixed letters", SCHEME, (t) => `bEaReR ${t}`],
  ["spaces-two", "two spaces before the token", SPACES, (t, b) => `${b}  ${t}`],
  ["spaces-ten", "ten spaces before the token", SPACES, (t, b) => `${b}${" ".repeat(10)}${t}`],
  ["space-behind", "spaces after the token, which do not belong to the value", WHITESPACE, (t, b) => `${b} ${t}  `],
  ["tab-behind", "a tab after the token, which does not belong to the value", WHITESPACE, (t, b) => `${b} ${t}\t`],
  ["space-before", "spaces before the scheme, which belong to no header", WHITESPACE, (t, b) => `  ${b} ${t}`],
];

// oxfmt-ignore
const refused: HeaderRow[] = [
  ["empty", "an empty header", SYNTAX, () => ""],
  ["scheme-alone", "Bearer without a token", SYNTAX, (_t, b) => b],
  ["scheme-and-space", "Bearer with a space and no token", SYNTAX, (_t, b) => `${b} `],
  ["token-alone", "a token without Bearer", SYNTAX, (t) => t],
  ["space-missing", "Bearer and the token without a space", SYNTAX, (t, b) => `${b}${t}`],
  ["tab", "a tab in place of the space", SPACES, (t, b) => `${b}\t${t}`],
  ["space-and-tab", "a tab after the space", SPACES, (t, b) => `${b} \t${t}`],
  ["space-no-break", "a no-break space in place of the space", SPACES, (t, b) => `${b}\u00a0${t}`],
  ["colon", "a colon after Bearer", SYNTAX, (t, b) => `${b}: ${t}`],
  ["equals", "an equals sign in place of the space", SYNTAX, (t, b) => `${b}=${t}`],
  ["comma", "a comma after Bearer", SYNTAX, (t, b) => `${b}, ${t}`],
  ["parameter", "the token as a parameter", SYNTAX, (t, b) => `${b} token="${t}"`],
  ["quotes", "the token in quotes", SYNTAX, (t, b) => `${b} "${t}"`],
  ["quotes-single", "the token in single quotes", SYNTAX, (t, b) => `${b} '${t}'`],
  ["angle-brackets", "the token in angle brackets", SYNTAX, (t, b) => `${b} <${t}>`],
  ["two-tokens", "two tokens", SYNTAX, (t, b) => `${b} ${t} ${t}`],
  ["two-tokens-comma", "two tokens with a comma between", SYNTAX, (t, b) => `${b} ${t},${t}`],
  ["two-schemes", "two schemes with a comma between", SYNTAX, (t, b) => `Basic am9objpjaGFuZ2VpdA==, ${b} ${t}`],
  ["bad-then-good", "a bad token and a good one with a comma between", SYNTAX, (t, b) => `${b} x.y.z, ${b} ${t}`],
  ["scheme-twice", "Bearer written twice", SYNTAX, (t, b) => `${b} ${b} ${t}`],
  ["word-before", "a word before Bearer", SYNTAX, (t, b) => `The ${b} ${t}`],
  ["word-behind", "a word after the token", SYNTAX, (t, b) => `${b} ${t} please`],
  ["comma-behind", "a comma after the token", SYNTAX, (t, b) => `${b} ${t},`],
  ["semicolon-behind", "a semicolon after the token", SYNTAX, (t, b) => `${b} ${t};`],
  ["letter-behind", "a letter after the token that is not ASCII", SYNTAX, (t, b) => `${b} ${t}\u00e9`],
  ["scheme-longer", "the scheme Bearers", SCHEME, (t, b) => `${b}s ${t}`],
  ["scheme-prefixed", "the scheme XBearer", SCHEME, (t, b) => `X${b} ${t}`],
  ["basic", "the credentials of Basic", SCHEME, () => "Basic am9objpjaGFuZ2VpdA=="],
  ["basic-token", "a good token under Basic", SCHEME, (t) => `Basic ${t}`],
  ["digest-token", "a good token under Digest", SCHEME, (t) => `Digest ${t}`],
  ["token-scheme", "a good token under Token", SCHEME, (t) => `Token ${t}`],
  ["jwt-scheme", "a good token under JWT", SCHEME, (t) => `JWT ${t}`],
  ["undefined", "Bearer undefined", SYNTAX, (_t, b) => `${b} undefined`],
  ["null", "Bearer null", SYNTAX, (_t, b) => `${b} null`],
  ["object", "Bearer [object Object]", SYNTAX, (_t, b) => `${b} [object Object]`],
  ["long-scheme", "a scheme of 4,000 characters", SYNTAX, (t) => `${"B".repeat(4000)} ${t}`],
  ["long-spaces", "8,000 spaces and no token", SYNTAX, (_t, b) => `${b}${" ".repeat(8000)}x y`],
  ["long-token", "8,000 characters that are not a token", SYNTAX, (_t, b) => `${b} ${"a.".repeat(4000)}`],
];

// oxfmt-ignore
const elsewhere: [name: string, what: string, source: string, make: (token: string) => { headers?: Headers; query?: string }][] = [
  ["missing", "a request without the header", "RFC 6750 §3", () => ({})],
  ["in-query", "a good token in the query only", "RFC 6750 §5.3", (t) => ({ query: `access_token=${t}&token=${t}` })],
  ["in-query-header", "a header written into the query", "RFC 6750 §5.3", (t) => ({ query: `authorization=Bearer%20${t}` })],
  ["in-cookie", "a good token in a cookie only", "RFC 6750 §5.3", (t) => ({ headers: { Cookie: `token=${t}; access_token=${t}; Authorization=Bearer ${t}` } })],
  ["in-proxy", "a good token for the proxy only", "RFC 9110 §11.7.2", (t) => ({ headers: { "Proxy-Authorization": `Bearer ${t}` } })],
  ["in-other-header", "a good token in headers of other names", SYNTAX, (t) => ({ headers: { "X-Access-Token": t, "X-Authorization": `Bearer ${t}`, Token: t } })],
  ["in-subprotocol", "a good token as a WebSocket subprotocol only", SYNTAX, (t) => ({ headers: { "Sec-WebSocket-Protocol": `bearer, ${t}` } })],
  ["twice-bad-first", "two headers, the first of them bad", "RFC 9110 §5.3", (t) => ({ headers: { Authorization: ["Bearer x.y.z", `Bearer ${t}`] } })],
];

/** A target that takes its token from there may take it from there at the self path as well. */
const NOT_WHERE: Record<string, Capability[]> = {
  "in-query": ["no-query"],
  "in-query-header": ["no-query"],
  "in-cookie": ["no-cookie"],
};

const names = ["authorization", "AUTHORIZATION"];

export const headerCases: Case[] = [
  ...accepted.map(([name, what, source, make]): Case => ({
    id: `header.${name}`,
    title: `accepts ${what}`,
    source,
    needs: ["bearer"],
    remedy: MATCH_IT_ALL,
    run: async (probe) =>
      expectHeaderAccepted(probe, {
        Authorization: make(await goodToken(probe), probe.target.scheme),
      }),
  })),
  ...names.map((name): Case => ({
    id: `header.name-${name === "authorization" ? "lower" : "upper"}-case`,
    title: `accepts the header's name written ${name}`,
    source: "RFC 9110 §5.1",
    needs: ["bearer"],
    run: async (probe) =>
      expectHeaderAccepted(probe, { [name]: `${probe.target.scheme} ${await goodToken(probe)}` }),
  })),
  ...refused.map(([name, what, source, make]): Case => ({
    id: `header.${name}`,
    title: `refuses ${what}`,
    source,
    needs: ["bearer"],
    remedy: MATCH_IT_ALL,
    run: async (probe) =>
      expectHeaderRefused(probe, {
        Authorization: make(await goodToken(probe), probe.target.scheme),
      }),
  })),
  ...elsewhere.map(([name, what, source, make]): Case => ({
    id: `header.${name}`,
    title: `refuses ${what}`,
    source,
    needs: ["bearer", ...(NOT_WHERE[name] ?? [])],
    run: async (probe) => {
      const { headers = {}, query } = make(await goodToken(probe));
      await expectHeaderRefused(probe, headers, query);
    },
  })),
];
