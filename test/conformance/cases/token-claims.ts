// Issuer, audience and the times of a token (RFC 7519 §4.1).
import type { Case } from "../case.ts";
import { createForge } from "../forge.ts";
import { nearMisses } from "../near-miss.ts";
import { acceptedTokens, refusedTokens } from "../token-case.ts";
import { expectRefusedInTurn } from "../verdicts.ts";

const EXP = "RFC 7519 §4.1.4";
const NBF = "RFC 7519 §4.1.5";
const IAT = "RFC 7519 §4.1.6";
const EXP_REQUIRED = "RFC 9068 §2.2";
const ISS = "RFC 8725 §3.8";
const AUD = "RFC 7519 §4.1.3";
const CASE = "RFC 7519 §2, StringOrURI";

const LOOK_AT_THE_CLOCK =
  "Have exp and nbf compared with the clock where tokens are verified, and refuse one that is not a number.";
const LOOK_FOR_EXP =
  "Libraries compare exp with the clock where it is there; that it is there is for the server to see to.";

// oxfmt-ignore
const times = [
  ...acceptedTokens([
    ["good", "a good token", "RFC 7519 §7.2", (f) => f.token()],
    ["exp-ahead", "a token that expires in a minute", EXP, (f) => f.token({ exp: f.now + 60 })],
    ["exp-fraction", "an expiry with a fraction of a second", "RFC 7519 §2, NumericDate", (f) => f.token({ exp: f.now + 60.5 })],
    ["nbf-past", "a token that was good a minute ago already", NBF, (f) => f.token({ nbf: f.now - 60 })],
    ["iat-missing", "a token that does not say when it was issued", IAT, (f) => f.token({ iat: undefined })],
    ["claims-unknown", "a token with claims that nobody knows", "RFC 7519 §4", (f) => f.token({ admin: true, "https://example.com/x": [1] })],
    ["jti", "a token with an id of its own", "RFC 7519 §4.1.7", (f) => f.token({ jti: "b2f1", sub: "somebody" })],
  ]),
  ...refusedTokens([
    ["exp-past", "a token that expired ten minutes ago", EXP, (f) => f.token({ exp: f.now - 600 })],
    ["exp-zero", "a token that expired in 1970", EXP, (f) => f.token({ exp: 0 })],
    ["exp-negative", "an expiry before 1970", EXP, (f) => f.token({ exp: -1 })],
    ["exp-text", "an expiry that is a text", EXP, (f) => f.token({ exp: String(f.now + 600) })],
    ["exp-boolean", "an expiry that is true", EXP, (f) => f.token({ exp: true })],
    ["exp-array", "an expiry that is a list", EXP, (f) => f.token({ exp: [f.now + 600] })],
    ["nbf-ahead", "a token that is good in ten minutes only", NBF, (f) => f.token({ nbf: f.now + 600, exp: f.now + 1200 })],
    ["nbf-text", "a not-before that is a text", NBF, (f) => f.token({ nbf: String(f.now - 60) })],
  ], [], LOOK_AT_THE_CLOCK),
  ...refusedTokens(
    [
      ["exp-missing", "a token without an expiry", EXP_REQUIRED, (f) => f.token({ exp: undefined })],
      ["exp-null", "an expiry that is null", EXP_REQUIRED, (f) => f.token({ exp: null })],
    ],
    [],
    LOOK_FOR_EXP,
  ),
  // RFC 7519 lets a server be late by a little.
  ...refusedTokens(
    [
      ["exp-just-past", "a token that expired a second ago", EXP, (f) => f.token({ exp: f.now - 1 })],
      ["exp-now", "a token in the second of its expiry", EXP, (f) => f.token({ exp: f.now })],
    ],
    ["no-leeway"],
  ),
];

// oxfmt-ignore
const issuer = refusedTokens(
  [
    ["iss-wrong", "the token of another issuer", ISS, (f) => f.token({ iss: "accounts.example.org" })],
    ["iss-missing", "a token without an issuer", ISS, (f) => f.token({ iss: undefined })],
    ["iss-empty", "an issuer that is empty", ISS, (f) => f.token({ iss: "" })],
    ["iss-null", "an issuer that is null", ISS, (f) => f.token({ iss: null })],
    ["iss-array", "a list of issuers with the right one in it", "RFC 7519 §4.1.1", (f) => f.token({ iss: [f.issuer] })],
  ],
  ["issuer"],
  "Name the issuer where tokens are verified: libraries compare iss only with what they are given.",
);

// oxfmt-ignore
const audience = [
  ...acceptedTokens(
    [
      ["aud-array", "a list of audiences with the right one in it", AUD, (f) => f.token({ aud: ["example.org", f.audience] })],
      ["aud-array-single", "a list with the right audience alone", AUD, (f) => f.token({ aud: [f.audience] })],
    ],
    ["audience"],
  ),
  ...refusedTokens(
    [
      ["aud-wrong", "a token for another audience", AUD, (f) => f.token({ aud: "example.org" })],
      ["aud-missing", "a token without an audience", AUD, (f) => f.token({ aud: undefined })],
      ["aud-empty", "an audience that is empty", AUD, (f) => f.token({ aud: "" })],
      ["aud-null", "an audience that is null", AUD, (f) => f.token({ aud: null })],
      ["aud-array-wrong", "a list of other audiences", AUD, (f) => f.token({ aud: ["example.org", "example.com"] })],
      ["aud-array-empty", "an empty list of audiences", AUD, (f) => f.token({ aud: [] })],
      ["aud-array-nested", "the right audience in a list inside a list", AUD, (f) => f.token({ aud: [[f.audience]] })],
      ["aud-subdomain", "a name below the right audience", AUD, (f) => f.token({ aud: `www.${f.audience}` })],
      ["aud-object", "an audience that is an object", AUD, (f) => f.token({ aud: { 0: f.audience, length: 1 } })],
    ],
    ["audience"],
    "Name the audience where tokens are verified: libraries compare aud only with what they are given.",
  ),
];

const EQUAL = "Compare it for equality: the whole text, with its capitals and spaces.";

/** One case for all that is nearly the right text: a server that accepts one of them compares loosely. */
function nearMissCase(claim: "iss" | "aud", needs: "issuer" | "audience", source: string): Case {
  return {
    id: `token.${claim}-near-miss`,
    title: `refuses each ${needs} that is nearly the right one`,
    source,
    needs: ["mint", "checks-token", needs],
    remedy: EQUAL,
    run: async (probe) => {
      const forge = createForge(probe);
      const texts = nearMisses(forge[needs]).map(({ text }) => text);
      // An audience may be a list.
      const lists = claim === "aud" ? texts.slice(0, 3).map((text) => [text]) : [];
      const tokens = [...texts, ...lists].map((value) => forge.token({ [claim]: value }));
      await expectRefusedInTurn(probe, tokens);
    },
  };
}

export const tokenClaimCases = [
  ...times,
  ...issuer,
  nearMissCase("iss", "issuer", ISS),
  ...audience,
  nearMissCase("aud", "audience", CASE),
];
