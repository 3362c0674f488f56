// What the bench says is wrong with a token is what the server says: it names a reason exactly where the server refuses.
import { createHmac } from "node:crypto";
import { expect, it } from "vitest";
import { claimMeaning, countdown } from "../../public/page/bench/claim-meanings.ts";
import { type Fault, findFaults } from "../../public/page/bench/faults.ts";
import { decodeToken, dropSignature, replaceClaims } from "../../public/page/bench/token-text.ts";
import { findForgery, signatureOf } from "../../scripts/lab/named-tokens.ts";
import { distanceWords, headerWords } from "../../scripts/model/words/token.ts";
import { createRevoked } from "../../variants/ts/revoked.ts";
import { readSettings } from "../../variants/ts/settings.ts";
import { createTokens } from "../../variants/ts/tokens.ts";
import { mint, type TokenParts } from "../conformance/mint.ts";
import { makeKey, signWithKey, signWithSecret } from "../conformance/signer.ts";

const SECRET = "a secret of the tests, long enough for HS256";
const tokens = createTokens(readSettings({ JWT_SECRET: SECRET }), createRevoked(3600));
const { algorithms, issuer, audience } = tokens.rules;

// The server looks at its clock by itself: no row is nearer to it than a minute.
const now = Math.floor(Date.now() / 1000);
const CLAIMS = {
  data: { id: 1, username: "john" },
  iat: now,
  exp: now + 60,
  iss: issuer,
  aud: audience,
};

function signed(changes: Record<string, unknown>, parts: Partial<TokenParts> = {}): string {
  return mint({ payload: { ...CLAIMS, ...changes }, signer: signWithSecret(SECRET), ...parts });
}

/** A good token with other claims and the signature of before. */
function changed(changes: Record<string, unknown>): string {
  return replaceClaims(signed({}), { ...CLAIMS, ...changes });
}

/** A good token whose claims are this JSON. */
function withClaims(json: string): string {
  const [header] = signed({}).split(".");
  const input = `${header}.${Buffer.from(json).toString("base64url")}`;
  return `${input}.${createHmac("sha256", SECRET).update(input).digest("base64url")}`;
}

// oxfmt-ignore
const ACCEPTED: [what: string, token: string][] = [
  ["as the server issues it", signed({})],
  ["for several audiences, this server among them", signed({ aud: ["elsewhere", audience] })],
  ["that ends in milliseconds, read as seconds", signed({ exp: (now + 60) * 1000 })],
  ["that was issued in the future", signed({ iat: now + 60 })],
  ["that does not say when it was issued", signed({ iat: undefined })],
  ["that has begun", signed({ nbf: now - 60 })],
  ["with an unknown field in its header", signed({}, { header: { alg: "HS256", color: "green" } })],
];

// oxfmt-ignore
const REFUSED: [what: string, about: string, token: string][] = [
  ["with HS384", "alg", signed({}, { signer: signWithSecret(SECRET, "HS384") })],
  ["with ES256", "alg", signed({}, { signer: signWithKey(makeKey("ES256"), "ES256") })],
  ["with a field that it calls critical", "crit", signed({}, { header: { alg: "HS256", crit: ["color"], color: "green" } })],
  ["signed with another secret", "signature", signed({}, { signer: signWithSecret(`not ${SECRET}`) })],
  ["whose user was changed after signing", "data", changed({ data: { id: 2, username: "jane" } })],
  ["whose end was changed after signing", "signature", changed({ exp: now + 120 })],
  ["without its signature", "signature", dropSignature(signed({}))],
  ["that has ended", "exp", signed({ exp: now - 60 })],
  ["that never ends", "exp", signed({ exp: undefined })],
  ["that ends in words", "exp", signed({ exp: "tomorrow" })],
  ["that has not begun", "nbf", signed({ nbf: now + 60 })],
  ["that begins in words", "nbf", signed({ nbf: "yesterday" })],
  ["of another issuer", "iss", signed({ iss: "elsewhere" })],
  ["of a list of issuers", "iss", signed({ iss: [issuer] })],
  ["for another audience", "aud", signed({ aud: "elsewhere" })],
  ["for nobody", "aud", signed({ aud: undefined })],
  ["without a user", "data", signed({ data: undefined })],
  ["with a list for a user", "data", signed({ data: [1, "john"] })],
  ["with an id in words", "data", signed({ data: { id: "1", username: "john" } })],
  ["with half an id", "data", signed({ data: { id: 1.5, username: "john" } })],
  ["with an empty username", "data", signed({ data: { id: 1, username: "" } })],
];

function faultsOf(token: string): Fault[] {
  const decoded = decodeToken(token);
  if ("problem" in decoded) throw new Error(decoded.problem);
  const expects = { algorithm: algorithms.join(), issuer, audience };
  const [signature, forged] = [signatureOf(token, SECRET), findForgery(token, SECRET)];
  return findFaults(decoded, { now, report: { signature, forged, expects } });
}

function reasonsFor(token: string): string[] {
  return faultsOf(token)
    .filter(({ isReason }) => isReason)
    .map(({ about }) => about);
}

it.each(ACCEPTED)("names no reason against a token %s, which the server accepts", (_, token) => {
  expect(tokens.verifyToken(token).user).toEqual(CLAIMS.data);
  expect(reasonsFor(token)).toEqual([]);
});

it.each(REFUSED)(
  "names the reason against a token %s, which the server refuses",
  (_, about, token) => {
    expect(() => tokens.verifyToken(token)).toThrow(Error);
    expect(reasonsFor(token)).toEqual([about]);
  },
);

it("tells whose token was changed, and that the signature was not", () => {
  const [fault] = faultsOf(changed({ data: { id: 2, username: "jane" } }));
  expect(fault?.sentence).toBe(
    "It was changed after signing: was john, now jane; signature unchanged.",
  );
  const [other] = faultsOf(changed({ data: "nobody" }));
  expect(other?.sentence).toMatch(/was john, now nobody; signature unchanged\.$/);
});

it("tells of a claim that stands twice, of which this server takes the last", () => {
  const twice = withClaims(JSON.stringify(CLAIMS).replace("{", '{"iss":"elsewhere",'));
  expect(tokens.verifyToken(twice).user).toEqual(CLAIMS.data);
  const faults = faultsOf(twice);
  expect(faults.map(({ about, isReason }) => [about, isReason])).toEqual([["iss", false]]);
  expect(faults[0]?.sentence).toMatch(/more than once.*RFC 7519 §4/);
});

it.each([
  ["one part", "abc", "this has one."],
  ["five parts", "a.b.c.d.e", "an encrypted token (JWE, RFC 7516)"],
])("says what is wrong with a text of %s", (_, text, problem) => {
  expect(decodeToken(text)).toEqual({ problem: expect.stringContaining(problem) as string });
});

it("recognises a claim and a type by what they are, not by their names", () => {
  expect(claimMeaning("exp")).toMatch(/RFC 7519 §4\.1\.4/);
  for (const name of ["constructor", "__proto__"])
    expect(claimMeaning(name)).toMatch(/^A claim that the demo server does not know/);
  const sentences = ["jwt", "at+jwt"].map((typ) => headerWords({ header: { typ } })[0]?.sentence);
  expect(sentences).toEqual([
    "A JSON Web Token.",
    "The type it claims. The demo server ignores it.",
  ]);
});

it("counts no days to a moment that nobody lives to see", () => {
  expect(distanceWords(1e300)).toBe("in more than 1000 years");
  expect(countdown(1e15)).toBe("more than 1000 years");
  expect([distanceWords(-86_400 * 400), countdown(86_400)]).toEqual(["400 days ago", "1 day"]);
  expect(distanceWords(-86_400 * 20_786)).toBe("56 years ago");
});
